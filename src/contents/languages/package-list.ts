import type { Text } from '../../model/text.ts';
import type { CatalogerReading, FoundPackage, ReadingGap } from '../cataloger.ts';

/** An entry as a file has it: what makes a package of it may be missing. */
export type Entry = Omit<FoundPackage, 'type' | 'name' | 'version'> & {
  readonly name: string | undefined;
  readonly version: string | undefined;
};

/** More packages than any project has; what comes after them is one gap. */
const mostPackages = 100_000;

/** Gaps that are told one by one. */
const mostGaps = 20;

/** Characters of a name, a version or a qualifier; registries allow far less. */
const longest = 1024;

const need: Text = {
  en: 'a file as its package manager writes it',
  zh: '由对应的包管理器生成的文件',
};

/**
 * Gathers what one file tells: each package once, and what was not understood. A package that is there twice is only for
 * development if it is so in both places.
 */
export class PackageList {
  readonly #common: Pick<FoundPackage, 'type' | 'state'>;
  readonly #packages = new Map<string, FoundPackage>();
  readonly #gaps: ReadingGap[] = [];
  #furtherGaps = 0;
  #furtherPackages = 0;

  constructor(common: Pick<FoundPackage, 'type' | 'state'>) {
    this.#common = common;
  }

  /** An entry without a name or a version becomes a gap. */
  add({ name: writtenName = '', version: writtenVersion = '', development, ...more }: Entry): void {
    const [name, version] = [writtenName.trim(), writtenVersion.trim()];
    const called = fullName(more.namespace, name);
    // What ends in a slash has no last part, and that is the name.
    const isNameless = name === '' || name.endsWith('/');
    if (isNameless || version === '') return this.#withoutIdentity(called, isNameless);
    const identity = [more.namespace ?? '', name, version, ...Object.entries(more.qualifiers ?? {}).flat()];
    if (identity.some((part) => part.length > longest)) {
      return this.gap({
        en: `the name or version of an entry is longer than ${longest} characters: ${shortened(called)}`,
        zh: `某个条目的名称或版本超过 ${longest} 个字符：${shortened(called)}`,
      });
    }
    const key = identity.join('\0');
    const before = this.#packages.get(key);
    if (before === undefined && this.#packages.size >= mostPackages) {
      this.#furtherPackages += 1;
    } else if (before === undefined) {
      const found = { ...this.#common, ...more, name, version };
      this.#packages.set(key, development ? { ...found, development } : found);
    } else if (before.development && !development) {
      const { development: _, ...found } = before;
      this.#packages.set(key, found);
    }
  }

  gap(reason: Text, wanted: Text = need): void {
    if (this.#gaps.length < mostGaps) this.#gaps.push({ reason, need: wanted });
    else this.#furtherGaps += 1;
  }

  #withoutIdentity(called: string, isNameless: boolean): void {
    if (isNameless) this.gap({ en: 'an entry has no name', zh: '某个条目缺少名称' });
    else {
      const name = shortened(called);
      this.gap({ en: `the entry ${name} has no exact version`, zh: `条目 ${name} 没有确切的版本` });
    }
  }

  reading(): CatalogerReading {
    const gaps = [...this.#gaps];
    if (this.#furtherGaps > 0) {
      const count = this.#furtherGaps;
      gaps.push({
        reason: { en: `${count} more entries are like that`, zh: `另有 ${count} 个条目存在类似问题` },
        need,
      });
    }
    if (this.#furtherPackages > 0) {
      const count = this.#furtherPackages;
      gaps.push({
        reason: {
          en: `it names more than ${mostPackages} packages; ${count} entries were left out`,
          zh: `所列软件包超过 ${mostPackages} 个，有 ${count} 个条目未列入`,
        },
        need,
      });
    }
    const packages = [...this.#packages.values()];
    return { ...(packages.length > 0 ? { packages } : {}), ...(gaps.length > 0 ? { gaps } : {}) };
  }
}

function fullName(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** For a sentence that names it. */
export function shortened(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
