import { type CatalogedFile, type CatalogerReading, defineCataloger, type FoundPackage } from '../cataloger.ts';
import { linesOf } from '../languages/text-lines.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Alpine, Wolfi, Chainguard and what else is made with apk. */
export const apk = defineCataloger({
  id: 'apk',
  version: 1,
  reads: {
    en: "apk's database (`installed`), with its lists of files and checksums",
    zh: 'apk 数据库（`installed`）及其文件清单与校验和',
  },
  // It moved below /usr where /lib is a link there.
  globs: ['lib/apk/db/installed', 'usr/lib/apk/db/installed'],
  read: readInstalled,
});

/** The kernel's longest. */
const longestPath = 4096;

/** What apk takes for a version. Others cannot be compared with those that advisories name. */
const versionForm = /^\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*(?:~[\da-f]+)?(?:-r\d+)?$/;

type Algorithm = 'sha1' | 'sha256';

/** One package, as far as its lines were read. */
interface Entry {
  readonly fields: Map<string, string>;
  folder: string;
  readonly paths: string[];
  readonly digests: string[];
  algorithm?: Algorithm;
}

/**
 * Lines of a letter, a colon and a value; an empty line ends a package. Letters in the other case mean something else: `P` is the
 * name, `p` what the package provides. `F` names a folder, `R` a file in it, `Z` the checksum of the file before.
 */
function readInstalled(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('apk');
  let firstOdd: FoundPackage | undefined;
  let odd = 0;
  let entry = emptyEntry();

  function end(): void {
    const { fields, paths, digests, algorithm } = entry;
    if (fields.size === 0) return;
    const one = packageOf(fields);
    if (one) {
      found.add(one);
      if (!versionForm.test(one.version)) {
        firstOdd ??= one;
        odd += 1;
      }
      found.own({ owner: one.name, paths, ...(algorithm ? { digests, algorithm } : {}) });
    } else found.addNameless(fields.get('P'));
    entry = emptyEntry();
  }

  for (const line of linesOf(file.text())) {
    const [letter = ''] = line;
    const value = line.slice(2);
    if (line.length < 2) end();
    else if (line[1] !== ':') continue;
    else if (letter === 'F') entry.folder = value;
    else if (letter === 'R') takeFile(entry, value, found);
    else if (letter === 'Z') takeChecksum(entry, value, found);
    else if (!entry.fields.has(letter)) entry.fields.set(letter, value);
  }
  end();
  if (firstOdd) found.addGap(oddVersionReason(firstOdd, odd));
  return found.reading();
}

function emptyEntry(): Entry {
  return { fields: new Map(), folder: '', paths: [], digests: [] };
}

function packageOf(fields: ReadonlyMap<string, string>): FoundPackage | undefined {
  const name = fields.get('P');
  const version = fields.get('V');
  if (!name || !version) return undefined;
  const architecture = fields.get('A');
  const license = fields.get('L');
  const maintainer = fields.get('m');
  return {
    type: 'apk',
    name,
    version,
    ...(architecture ? { architecture, qualifiers: { arch: architecture } } : {}),
    source: { name: fields.get('o') || name, version },
    ...(maintainer ? { vendor: maintainer } : {}),
    licenses: license ? [license] : [],
    id: name,
  };
}

function takeFile({ folder, paths, digests }: Entry, name: string, found: SystemPackages): void {
  if (name === '' || folder.length + name.length > longestPath) return;
  const path = folder === '' ? name : `${folder}/${name}`;
  if (!found.hasRoomFor(path)) return;
  paths.push(path);
  digests.push('');
}

/**
 * `Q1` and a SHA-1 in base64, `Q2` and a SHA-256. `f:S` says that what looks like a SHA-1 is the beginning of a SHA-256. Files
 * below `etc` have none here: they are there to be changed, and apk itself keeps what was changed.
 */
function takeChecksum(entry: Entry, value: string, found: SystemPackages): void {
  const { fields, paths, digests } = entry;
  const last = paths.length - 1;
  if (last < 0 || paths[last]?.startsWith('etc/') || fields.get('f')?.includes('S')) return;
  const algorithm: Algorithm | undefined = value.startsWith('Q1')
    ? 'sha1'
    : value.startsWith('Q2')
      ? 'sha256'
      : undefined;
  if (algorithm === undefined || value.length !== (algorithm === 'sha1' ? 2 + 28 : 2 + 44)) return;
  const bytes = Buffer.from(value.slice(2), 'base64');
  if (bytes.length !== (algorithm === 'sha1' ? 20 : 32)) return;
  // One package was made by one apk.
  if ((entry.algorithm ?? algorithm) !== algorithm || !found.hasRoomFor('', value)) return;
  entry.algorithm = algorithm;
  digests[last] = bytes.toString('hex');
}

function oddVersionReason({ name, version }: FoundPackage, count: number) {
  const [called, written] = [name.slice(0, 200), version.slice(0, 200)];
  return count === 1
    ? {
        en: `the version ${written} of ${called} is none that apk can compare with others`,
        zh: `${called} 的版本 ${written} 不是 apk 可比较的版本`,
      }
    : {
        en: `the versions of ${count} packages, as ${written} of ${called}, are none that apk can compare with others`,
        zh: `${count} 个软件包的版本（例如 ${called} 的 ${written}）不是 apk 可比较的版本`,
      };
}
