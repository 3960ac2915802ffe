import type { Distribution } from '../../model/image-contents.ts';
import { debianCodenameOf } from '../../model/release-names.ts';

/** Of what is a line in a report: an image may have anything there. */
const longest = 200;

export function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** `3.20.1`; edge has the version that is to come, `3.21.0_alpha20240923`. */
export function fromAlpine(text: string): Distribution | undefined {
  const version = shortened(text.trim());
  if (!/^\d/.test(version)) return undefined;
  return { id: 'alpine', version, name: `Alpine Linux ${version}`, idLike: [] };
}

/** `12.5`, of which `os-release` has the `12`; `trixie/sid` in testing and unstable, which have no version. */
export function fromDebian(text: string): Distribution | undefined {
  const line = shortened(text.trim());
  const [, coming] = /^([a-z]+)\/sid$/.exec(line) ?? [];
  if (coming !== undefined) {
    return { id: 'debian', version: '', name: `Debian GNU/Linux ${line}`, codename: coming, idLike: [] };
  }
  const [, major = '', minor = ''] = /^(\d+)(?:\.(\d+))?/.exec(line) ?? [];
  if (major === '') return undefined;
  // Up to 3.1 the second number told releases apart.
  const version = Number(major) < 4 && minor !== '' ? `${major}.${minor}` : major;
  const codename = debianCodenameOf(version);
  return { id: 'debian', version, name: `Debian GNU/Linux ${line}`, ...(codename ? { codename } : {}), idLike: [] };
}
