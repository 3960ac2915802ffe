import type { Text } from '../model/text.ts';
import type { CatalogerReading, FoundPackage, OwnedFiles, ReadingGap } from './cataloger.ts';

/** Debian's whole archive has 65,000 packages. */
const mostPackages = 100_000;

/** Characters of what is told of all packages of one file. Those of a full desktop have a tenth of it. */
const mostPackageCharacters = 32 * 1024 ** 2;

/** Characters of all paths and digests of one file. The lists of a full desktop need half of it. */
const mostPathCharacters = 64 * 1024 ** 2;
/** What a path costs besides its characters, so that short ones are not free. */
const costOfPath = 64;

/**
 * Gathers what one file of a package manager tells, within bounds: a few megabytes can name a million packages, and make
 * gigabytes of paths out of one long folder. What goes beyond is left out and said so.
 */
export class SystemPackages {
  readonly #packages: FoundPackage[] = [];
  readonly #owned: OwnedFiles[] = [];
  readonly #gaps: ReadingGap[] = [];
  /** What it would have to be like. */
  readonly #need: Text;
  readonly #manager: string;
  #characters = mostPathCharacters;
  #packageCharacters = mostPackageCharacters;
  #left = 0;
  #nameless = 0;
  #firstName: string | undefined;

  /** `manager` is its name: `apk`. */
  constructor(manager: string) {
    this.#manager = manager;
    this.#need = {
      en: `a database that ${manager} itself accepts`,
      zh: `${manager} 自身可接受的数据库`,
    };
  }

  add(found: FoundPackage): void {
    this.#packageCharacters -= charactersOf(found);
    if (this.#packages.length < mostPackages && this.#packageCharacters >= 0) this.#packages.push(found);
    else this.#left += 1;
  }

  /** A package without a name or without a version. */
  addNameless(name: string | undefined): void {
    this.#nameless += 1;
    this.#firstName ||= name?.slice(0, 200);
  }

  /** Whether there is room for one more path, and its digest. */
  hasRoomFor(path: string, digest = ''): boolean {
    this.#characters -= path.length + digest.length + costOfPath;
    return this.#characters >= 0;
  }

  own(owned: OwnedFiles): void {
    if (owned.paths.length > 0) this.#owned.push(owned);
  }

  addGap(reason: Text): void {
    this.#gaps.push({ reason, need: this.#need });
  }

  reading(): CatalogerReading {
    if (this.#nameless > 0) this.addGap(namelessReason(this.#nameless, this.#firstName));
    if (this.#left > 0) {
      this.addGap({
        en: `it tells of more packages than any system has: ${this.#left} are left out`,
        zh: `所含软件包超出任何系统的规模：有 ${this.#left} 个未列入`,
      });
    }
    if (this.#characters < 0) {
      this.addGap({
        en: `the lists of files are too long: what comes late in them is not known to belong to a package of ${this.#manager}`,
        zh: `文件清单过长：排在后面的文件属于哪个 ${this.#manager} 软件包未知`,
      });
    }
    return {
      ...(this.#packages.length > 0 ? { packages: this.#packages } : {}),
      ...(this.#owned.length > 0 ? { owned: this.#owned } : {}),
      ...(this.#gaps.length > 0 ? { gaps: this.#gaps } : {}),
    };
  }
}

function charactersOf({ name, version, vendor = '', modularity = '', licenses = [] }: FoundPackage): number {
  // The version stands in the package's id too, and often in its source's.
  const own = name.length * 2 + version.length * 3 + vendor.length + modularity.length;
  return licenses.reduce((sum, each) => sum + each.length, own);
}

function namelessReason(count: number, first: string | undefined): Text {
  if (count === 1 && first !== undefined) {
    return { en: `the package ${first} has no version`, zh: `软件包 ${first} 没有版本` };
  }
  return count === 1
    ? { en: 'a package has no name', zh: '有一个软件包没有名称' }
    : { en: `${count} packages have no name or no version`, zh: `${count} 个软件包缺少名称或版本` };
}
