import { isObject, type JsonObject, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';

/** NuGet packages of a published .NET program, and the runtimes that lie beside it or in .NET's own folder. */
export const dotnetDeps = defineCataloger({
  id: 'dotnet-deps',
  version: 1,
  reads: {
    en: '`*.deps.json` of .NET programs and shared runtimes; packages without a file in the program count as declared only',
    zh: '.NET 程序与共享运行时的 `*.deps.json`；程序中没有对应文件的软件包仅视为声明',
  },
  globs: ['**/*.deps.json'],

  read(file): CatalogerReading {
    const deps = readJson(file);
    const libraries = isObject(deps) ? deps['libraries'] : undefined;
    if (!isObject(libraries)) throw new CatalogerError({ en: 'it has no `libraries`', zh: '缺少 `libraries`' });
    const target = targetOf(deps);
    const list = new PackageList({ type: 'nuget' });
    for (const [key, library] of Object.entries(libraries)) {
      const kind = textIn(library, 'type')?.toLowerCase();
      // `project` and `reference` are parts of the program itself.
      if (kind !== 'package' && kind !== 'runtimepack') continue;
      const isThere = kind === 'runtimepack' || !target || hasFiles(objectIn(target, key));
      const slash = key.lastIndexOf('/');
      list.add({
        name: key.slice(0, Math.max(slash, 0)).replace(/^runtimepack\./, ''),
        version: key.slice(slash + 1),
        ...(isThere ? {} : { state: 'declared' as const }),
      });
    }
    return list.reading();
  },
});

/** What the program loads on the platform that it was published for. */
function targetOf(deps: unknown): JsonObject | undefined {
  if (!isObject(deps as JsonObject)) return undefined;
  const name = textIn(objectIn(deps as JsonObject, 'runtimeTarget'), 'name') ?? '';
  const targets = objectIn(deps as JsonObject, 'targets');
  return Object.hasOwn(targets, name) ? objectIn(targets, name) : undefined;
}

const kindsOfFiles = ['runtime', 'runtimeTargets', 'native', 'resources'];

/**
 * Many packages are there to compile against only, or are replaced by the runtime's own: `System.Net.Http/4.3.0` of a program for
 * .NET 8 is no file of that age.
 */
function hasFiles(library: JsonObject): boolean {
  return kindsOfFiles.some((kind) => Object.keys(objectIn(library, kind)).length > 0);
}
