import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList, shortened } from '../languages/package-list.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Python packages that pip is to install in one exact version. */
export const pythonRequirements = defineCataloger({
  id: 'python-requirements',
  version: 1,
  reads: {
    en: 'requirements of pip that name one exact version (`name==1.0`)',
    zh: 'pip 的 requirements 文件中指定了确切版本的条目（`name==1.0`）',
  },
  globs: ['**/requirements*.txt', '**/*requirements.txt', '**/requirements/*.txt', '**/requirements*.lock'],
  limit: 4 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'pypi', state: 'declared' });
    const open = new Set<string>();
    for (const requirement of requirementsIn(textOf(file))) readRequirement(requirement, list, open);
    if (open.size > 0)
      list.gap(withoutVersions([...open]), {
        en: 'exact versions, as `pip freeze` writes them',
        zh: '像 `pip freeze` 输出那样的确切版本',
      });
    return list.reading();
  },
});

/** PowerShell writes what a program prints as UTF-16. */
function textOf(file: CatalogedFile): string {
  const bytes = file.bytes();
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString('utf16le') : file.text();
}

/** Without comments; a backslash at the end of a line continues it. */
function* requirementsIn(text: string): Generator<string> {
  let parts: string[] = [];
  for (const line of linesOf(text)) {
    const plain = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (plain.endsWith('\\')) parts.push(plain.slice(0, -1));
    else {
      yield spaced([...parts, plain].join(' '));
      parts = [];
    }
  }
  yield spaced(parts.join(' '));
}

/** One space for many: expressions that allow any number of them in several places would try all ways to part them. */
function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

const pinned = /^([\w.-]+) ?(?:\[[^\]]*\] ?)?(?:\( ?)?={2,3} ?([^ ,;)]+) ?(?:\) ?)?(?:;|--|$)/;
const named = /^([\w.-]+) ?(?:\[[^\]]*\] ?)?(?:$|[<>=!~;(,]|--)/;

function readRequirement(text: string, list: PackageList, open: Set<string>): void {
  if (text === '') return;
  const [, name, version = ''] = pinned.exec(text) ?? [];
  if (name !== undefined && !version.includes('*')) {
    list.add({ name, version });
    return;
  }
  // Other options say where packages come from. They may hold passwords, so that nothing of them is repeated.
  if (text.startsWith('-')) {
    if (/^(?:-r|--requirement)\b/.test(text)) {
      list.gap(
        {
          en: 'it includes another file, which is only read if it is named like one of requirements',
          zh: '该文件包含另一个文件；只有文件名符合 requirements 命名时才会读取',
        },
        { en: 'all requirements in one file', zh: '所有依赖都写在同一个文件中' },
      );
    }
    return;
  }
  const [, unpinned] = named.exec(text) ?? [];
  if (unpinned !== undefined) open.add(unpinned);
  else if (/^[\w.-]+(?: ?\[[^\]]*\])? ?@/.test(text)) open.add(/^[\w.-]+/.exec(text)?.[0] ?? '');
  else if (!/^(?:\.|\/|[a-z+]+:)/.test(text))
    list.gap({ en: 'a line is no requirement', zh: '某一行不是有效的依赖声明' });
}

/** One sentence for all of them: files without any version are common. */
function withoutVersions(names: readonly string[]) {
  const shown = names.slice(0, 5).map(shortened);
  const more = names.length - shown.length;
  return {
    en: `it does not say an exact version of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    zh: `没有写明以下软件包的确切版本：${shown.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}`,
  };
}
