import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { splitPath } from '../languages/split-name.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Modules that a Go project is built from. */
export const goMod = defineCataloger({
  id: 'go-mod',
  version: 1,
  reads: {
    // go.sum also names modules that are not part of the build, and old versions of those that are.
    en: '`go.mod` with its replacements and toolchain; not `go.sum`, which also names what is not used',
    zh: '`go.mod` 及其中的替换与工具链；不读取 `go.sum`，其中也列有未使用的模块',
  },
  globs: ['**/go.mod'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    // Go itself passes over folders that begin so.
    if (isInInstalledPackage(file.path) || /(?:^|\/)_[^/]*\//.test(file.path)) return {};
    const modules = readModules(file.text());
    if (modules.own === 'std' || modules.own === 'cmd') return {};
    const list = new PackageList({ type: 'golang', state: 'declared' });
    for (const [path, version] of modules.required) addModule(path, version, modules, list);
    const toolchain = /^go(\d[\w.]*)/.exec(modules.toolchain)?.[1];
    if (toolchain !== undefined) list.add({ name: 'stdlib', version: toolchain });
    if (modules.required.length > 0 && isBefore117(modules.language)) {
      list.gap(
        {
          en: 'written for Go before 1.17, it names only what the project itself imports',
          zh: '该文件针对 Go 1.17 之前的版本，只列出项目直接导入的模块',
        },
        { en: '`go mod tidy` with a newer `go` line', zh: '使用更新的 `go` 行并运行 `go mod tidy`' },
      );
    }
    return list.reading();
  },
});

interface Modules {
  readonly required: (readonly [path: string, version: string])[];
  /** By `path` or `path@version`; the value is empty for a folder. */
  readonly replaced: Map<string, readonly string[]>;
  /** Its own path; `std` and `cmd` are Go's own, which bring with them what they require. */
  own?: string;
  language: string;
  toolchain: string;
}

function readModules(text: string): Modules {
  const modules: Modules = { required: [], replaced: new Map(), language: '', toolchain: '' };
  let block = '';
  for (const line of linesOf(text)) {
    const [plain = ''] = line.split('//', 1);
    const words = plain.trim().split(/\s+/, 8).map(unquoted);
    if (words[0] === ')') block = '';
    else if (words[1] === '(') block = words[0] ?? '';
    else if (words[0] !== '') readDirective(block === '' ? words : [block, ...words], modules);
  }
  if (modules.own === undefined) throw new CatalogerError({ en: 'it has no line `module`', zh: '缺少 `module` 行' });
  return modules;
}

function unquoted(word: string): string {
  return /^(["`])(.*)\1$/.exec(word)?.[2] ?? word;
}

function readDirective([directive, ...words]: readonly string[], modules: Modules): void {
  const [first = '', second = ''] = words;
  if (directive === 'require') modules.required.push([first, second]);
  else if (directive === 'module') modules.own = first;
  else if (directive === 'go') modules.language = first;
  else if (directive === 'toolchain') modules.toolchain = first;
  else if (directive === 'replace') {
    const arrow = words.indexOf('=>');
    const [path = '', version] = words.slice(0, Math.max(arrow, 0));
    const target = words.slice(arrow + 1);
    modules.replaced.set(version === undefined ? path : `${path}@${version}`, target.length === 2 ? target : []);
  }
}

function addModule(path: string, version: string, { replaced }: Modules, list: PackageList): void {
  const replacement = replaced.get(`${path}@${version}`) ?? replaced.get(path);
  const [newPath, newVersion] = replacement ?? [path, version];
  // A folder beside the project.
  if (newPath === undefined) return;
  const isVersion = newVersion === undefined || /^v\d+\.\d+\.\d+/.test(newVersion);
  list.add({ ...splitPath(newPath), version: isVersion ? newVersion : undefined });
}

function isBefore117(language: string): boolean {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})/.exec(language) ?? [];
  return major === undefined || (major === '1' && Number(minor) < 17);
}
