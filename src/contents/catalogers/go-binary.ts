import type { Binary } from '../binary/binary.ts';
import { readBinaries } from '../binary/read-binaries.ts';
import { goBuildInfo, type GoBuildInfo, isGoProgram } from '../binary/go-build-info.ts';
import { isPackedByUpx } from '../binary/upx.ts';
import { type CatalogerReading, defineCataloger, type FoundPackage, type ReadingGap } from '../cataloger.ts';
import { type GoBuild, type GoModule, readBuildLines } from '../go/build-lines.ts';
import { versionInFlags } from '../go/version-flags.ts';

/**
 * Modules in Go programs. Paths and versions are kept as Go writes them: `v1.2.3`, `v0.0.0-20220715151400-c0bba94af5f8`, upper-case
 * letters and all. The standard library is a package of its own, with what the toolchain says after `go`: `1.21.3`,
 * `1.21rc2`, `1.21.13 (Red Hat 1.21.13-2.el9)`, `1.22.1 X:boringcrypto`; a toolchain between releases is `devel …` throughout. A main
 * module without a version (`(devel)`) has none here either, unless the build's flags set one: a revision is not a version.
 */
export const goBinary = defineCataloger({
  id: 'go-binary',
  version: 1,
  reads: {
    en: 'build information of Go programs: main module, dependencies and standard library',
    zh: 'Go 程序的构建信息：主模块、依赖模块与标准库',
  },
  globs: [],
  binaries: true,
  limit: 4 * 1024 ** 3,

  read: ({ content }) =>
    readBinaries(content, readBinary, ({ namespace, name, version }) => `${namespace} ${name} ${version}`),
});

function readBinary(binary: Binary): CatalogerReading {
  if (isPackedByUpx(binary)) return { gaps: [packed] };
  const info = goBuildInfo(binary);
  if (!info) return isGoProgram(binary) ? { gaps: [withoutBuildInfo] } : {};
  const build = readBuildLines(info.modules);
  const gaps: ReadingGap[] = [];
  const packages: FoundPackage[] = [];
  const library = standardLibrary(info);
  if (library) packages.push(library);
  else gaps.push(withoutToolchain);
  const main = mainModule(build);
  if (main) packages.push(packageOf(main.path, main.version));
  for (const dependency of build.dependencies) packages.push(dependencyOf(dependency));
  if (build.isCut) gaps.push(withTooManyModules);
  if (build.main === undefined && !isOfToolchain(build.path)) gaps.push(withoutModules);
  return { packages, gaps };
}

function standardLibrary({ version }: GoBuildInfo): FoundPackage | undefined {
  if (!/^(?:go\d|devel )/.test(version)) return undefined;
  return { type: 'golang', name: 'stdlib', version: version.replace(/^go/, '').trim() };
}

/** The programs of Go itself are built from its standard library. */
function isOfToolchain(path: string): boolean {
  return path === 'command-line-arguments' || path.startsWith('cmd/');
}

function mainModule({ path, main, settings }: GoBuild): Pick<GoModule, 'path' | 'version'> | undefined {
  const flags = settings.get('-ldflags') ?? '';
  if (main) {
    const version = versionOf(main.replacement ?? main);
    return { path: main.path, version: version === '' ? (versionInFlags(flags, main.path) ?? '') : version };
  }
  // Built without modules, from a tree of repositories: on GitHub a repository's path has three parts.
  const repository = /^github\.com\/[^/]+\/[^/]+(?=\/|$)/.exec(path)?.[0];
  return repository === undefined ? undefined : { path: repository, version: versionInFlags(flags, repository) ?? '' };
}

function dependencyOf({ path, version, replacement }: GoModule): FoundPackage {
  if (!replacement) return packageOf(path, versionOf({ version }));
  // A folder: it is this module, in a state that nobody else knows.
  if (/^(?:\.{1,2}(?:[/\\]|$)|\/|[a-z]:[/\\])/i.test(replacement.path)) return packageOf(path, '');
  return packageOf(replacement.path, versionOf(replacement));
}

function versionOf({ version }: Pick<GoModule, 'version'>): string {
  return version === '(devel)' ? '' : version;
}

function packageOf(path: string, version: string): FoundPackage {
  const slash = path.lastIndexOf('/');
  return {
    type: 'golang',
    ...(slash > 0 ? { namespace: path.slice(0, slash) } : {}),
    name: path.slice(slash + 1),
    version,
  };
}

const packed: ReadingGap = {
  reason: { en: 'packed by UPX: what is in it cannot be read', zh: '已用 UPX 压缩，无法读取其中内容' },
  need: { en: 'the program as it was before (`upx -d`)', zh: '压缩前的程序（`upx -d`）' },
};

const withoutBuildInfo: ReadingGap = {
  reason: { en: 'a Go program without build information', zh: '不含构建信息的 Go 程序' },
  need: {
    en: 'a program built by Go 1.13 or later whose build information was not taken out',
    zh: '由 Go 1.13 或更新版本构建且未去除构建信息的程序',
  },
};

const withoutToolchain: ReadingGap = {
  reason: { en: 'a Go program that does not tell the version of Go', zh: 'Go 程序未说明所用的 Go 版本' },
  need: { en: 'a program whose build information was not obscured', zh: '构建信息未经混淆的程序' },
};

const withoutModules: ReadingGap = {
  reason: {
    en: 'a Go program that was built without modules: its dependencies are not recorded',
    zh: 'Go 程序未使用模块构建，未记录其依赖',
  },
  need: { en: 'a program that was built with Go modules', zh: '使用 Go 模块构建的程序' },
};

const withTooManyModules: ReadingGap = {
  reason: { en: 'it lists too many Go modules; the rest was left out', zh: '列出的 Go 模块过多，其余已略去' },
  need: { en: 'a program with fewer modules', zh: '模块数量较少的程序' },
};
