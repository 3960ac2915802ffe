import type { Package } from '../model/package.ts';
import type { MatchDoubt } from '../model/vulnerability.ts';
import type { Question, Questions } from './question.ts';

/**
 * What is asked about a module of Go. The standard library is the package `stdlib` of its ecosystem, with the version of the toolchain that
 * built the program; flaws of the toolchain's own programs are told of `toolchain`, which is asked where the program is `go` itself.
 * A module without a version was built from a folder, and is not an old one.
 */
export function goQuestions(each: Package): Questions {
  const name = modulePath(each);
  const isToolchain = name === 'stdlib' || name === 'toolchain';
  const version = isToolchain ? toolchainVersion(each.version) : each.version;
  if (!isTold(version)) return { kind: 'not-asked', reason: 'unversioned-go-module' };
  const names = name === 'stdlib' && isGoItself(each) ? ['stdlib', 'toolchain'] : [name];
  const doubts: readonly MatchDoubt[] = isPseudoVersion(version) ? ['pseudo-version'] : [];
  return {
    kind: 'asked',
    questions: names.map((asked): Question => ({ ecosystem: 'Go', name: asked, version, compared: 'package', doubts })),
  };
}

/** Syft writes the end of `github.com/go-jose/go-jose/v4` as the purl's subpath. */
function modulePath({ namespace, name, purl }: Package): string {
  const path = namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
  const [, major] = /#(v\d{1,4})(?=\/|$)/.exec(purl) ?? [];
  return major === undefined || path.endsWith(`/${major}`) ? path : `${path}/${major}`;
}

/** What a vendor adds (`1.21.13 (Red Hat 1.21.13-2.el9)`) is only understood behind the `go` that the toolchain itself writes. */
function toolchainVersion(version: string): string {
  const plain = version.replace(/^(?:v|go)(?=\d)/, '');
  return /^\d/.test(plain) && !/^[\d.]+(?:(?:beta|rc)\d+)?$/.test(plain) ? `go${plain}` : plain;
}

/** `v0.0.0` alone is what `go.mod` says where the module is replaced by a folder. */
function isTold(version: string): boolean {
  return (
    version !== '' && version !== 'v0.0.0' && !/^\(devel\)|^(?:go)?devel\b|^v0\.0\.0-00010101000000-/.test(version)
  );
}

/** `v0.0.0-20220715151400-c0bba94af5f8`, `v1.2.4-0.20191109021931-daa7c04131f5+incompatible`. https://go.dev/ref/mod#pseudo-versions */
function isPseudoVersion(version: string): boolean {
  return /^v\d+\.\d+\.\d+-(?:.*\.)?\d{14}-[\da-f]{12}(?:\+|$)/.test(version.slice(0, 300));
}

/** The command `go` is installed with all other programs of the toolchain. */
function isGoItself({ path, state }: Package): boolean {
  return state === 'installed' && path.endsWith('/bin/go');
}
