import type { Distribution } from '../../model/image-contents.ts';
import { shortened } from './version-only.ts';

/** How the line of each begins, with what `os-release` calls it. The longer of two stands first. */
const names: readonly (readonly [beginning: string, id: string, like: readonly string[]])[] = [
  ['red hat enterprise linux', 'rhel', ['fedora']],
  ['centos', 'centos', ['rhel', 'fedora']],
  ['almalinux', 'almalinux', ['rhel', 'centos', 'fedora']],
  ['rocky linux', 'rocky', ['rhel', 'centos', 'fedora']],
  ['oracle linux', 'ol', ['fedora']],
  ['scientific linux', 'scientific', ['rhel', 'centos', 'fedora']],
  ['amazon linux', 'amzn', ['rhel', 'fedora']],
  ['fedora', 'fedora', []],
  ['vmware photon', 'photon', []],
  ['photon', 'photon', []],
  ['cbl-mariner', 'mariner', []],
  ['microsoft azure linux', 'azurelinux', []],
  ['gentoo', 'gentoo', []],
];

/**
 * `CentOS release 6.10 (Final)`, `Red Hat Enterprise Linux Server release 7.9 (Maipo)`, `VMware Photon OS 4.0`: the name, the version, and the
 * codename in brackets.
 */
export function fromReleaseLine(text: string): Distribution | undefined {
  const line = shortened(text.trimStart().split('\n', 1)[0]?.trim() ?? '');
  const lower = line.toLowerCase();
  const [, id, idLike = []] = names.find(([beginning]) => lower.startsWith(beginning)) ?? [];
  const [version] = /\b\d+(?:\.\d+)*\b/.exec(line) ?? [];
  if (id === undefined || version === undefined) return undefined;
  const [, codename] = /\(([^()]+)\)\s*$/.exec(line) ?? [];
  return { id, version, name: line, ...(codename === undefined ? {} : { codename }), idLike };
}

/** `SuSE-release`: a name, then `VERSION = 11` and, of the enterprise's, `PATCHLEVEL = 4`. */
export function fromSuse(text: string): Distribution | undefined {
  const name = shortened(text.trimStart().split('\n', 1)[0]?.trim() ?? '');
  const [, version] = /^VERSION\s*=\s*([\d.]+)\s*$/m.exec(text) ?? [];
  const [, level = '0'] = /^PATCHLEVEL\s*=\s*(\d+)\s*$/m.exec(text) ?? [];
  const [, codename] = /^CODENAME\s*=\s*(\S.*)$/m.exec(text) ?? [];
  const isEnterprise = name.startsWith('SUSE Linux Enterprise');
  if (version === undefined || (!isEnterprise && !/^open ?suse/i.test(name))) return undefined;
  return {
    id: isEnterprise ? 'sles' : 'opensuse',
    version: isEnterprise && level !== '0' ? `${shortened(version)}.${shortened(level)}` : shortened(version),
    name,
    ...(codename === undefined ? {} : { codename: shortened(codename.trim()) }),
    idLike: ['suse'],
  };
}
