import type { Package, PackageType } from '../model/package.ts';
import { goQuestions } from './go-questions.ts';
import { packageName } from './package-name.ts';
import type { Questions } from './question.ts';

type Named = Pick<Package, 'namespace' | 'name'>;

interface LanguageEcosystem {
  readonly ecosystem: string;
  /** `undefined` for what cannot be in it. */
  readonly nameOf: (named: Named) => string | undefined;
}

/** By the type of the purl. Others have no advisories that name them: `generic`, `conan`, `conda`, `cocoapods`, `jsr`, `oci`. */
const ecosystems: ReadonlyMap<PackageType, LanguageEcosystem> = new Map<PackageType, LanguageEcosystem>([
  ['bioconductor', { ecosystem: 'Bioconductor', nameOf: ({ name }) => name }],
  ['bitnami', { ecosystem: 'Bitnami', nameOf: ({ name }) => name }],
  ['cargo', { ecosystem: 'crates.io', nameOf: ({ name }) => name }],
  ['composer', { ecosystem: 'Packagist', nameOf: slashed }],
  ['cran', { ecosystem: 'CRAN', nameOf: ({ name }) => name }],
  ['gem', { ecosystem: 'RubyGems', nameOf: ({ name }) => name }],
  // Both are written for actions. A repository that is none is not named there.
  ['github', { ecosystem: 'GitHub Actions', nameOf: slashed }],
  ['githubactions', { ecosystem: 'GitHub Actions', nameOf: slashed }],
  ['hackage', { ecosystem: 'Hackage', nameOf: ({ name }) => name }],
  // With a namespace it is the private package of an organization, whatever else has its name.
  ['hex', { ecosystem: 'Hex', nameOf: ({ namespace, name }) => (namespace === undefined ? name : undefined) }],
  ['julia', { ecosystem: 'Julia', nameOf: ({ name }) => name }],
  ['maven', { ecosystem: 'Maven', nameOf: ({ namespace, name }) => `${namespace ?? ''}:${name}` }],
  ['npm', { ecosystem: 'npm', nameOf: scoped }],
  ['nuget', { ecosystem: 'NuGet', nameOf: ({ name }) => name }],
  ['opam', { ecosystem: 'opam', nameOf: ({ name }) => name }],
  ['pub', { ecosystem: 'Pub', nameOf: ({ name }) => name }],
  ['pypi', { ecosystem: 'PyPI', nameOf: ({ name }) => name }],
  ['swift', { ecosystem: 'SwiftURL', nameOf: (named) => slashed(named).replace(/\.git$/, '') }],
  ['vscode-extension', { ecosystem: 'VSCode', nameOf: ({ namespace, name }) => `${namespace ?? ''}.${name}` }],
]);

/**
 * What is asked about a package of a language. One that a package of the system owns is asked about as well, and so is what a lock file
 * only asks for: what follows from it is for others to decide.
 */
export function languageQuestions(each: Package): Questions {
  if (each.type === 'golang') return goQuestions(each);
  const found = ecosystems.get(each.type);
  const name = found?.nameOf(each);
  if (!found || name === undefined || name === '') return { kind: 'not-asked', reason: 'no-ecosystem' };
  if (each.type === 'maven' && !each.namespace) return { kind: 'not-asked', reason: 'no-group' };
  const { ecosystem } = found;
  if (each.version === '' || isMovingTag(ecosystem, each.version)) return { kind: 'not-asked', reason: 'no-version' };
  return {
    kind: 'asked',
    questions: [
      { ecosystem, name: packageName(ecosystem, name), version: each.version, compared: 'package', doubts: [] },
    ],
  };
}

function slashed({ namespace, name }: Named): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

function scoped({ namespace, name }: Named): string {
  if (namespace === undefined || namespace === '') return name;
  return `${namespace.startsWith('@') ? '' : '@'}${namespace}/${name}`;
}

/** `v4` of an action is set anew with every release: which version runs is not told. */
function isMovingTag(ecosystem: string, version: string): boolean {
  return ecosystem === 'GitHub Actions' && /^v?\d+(?:\.\d+)?$/.test(version);
}
