import { componentsOf, type ComponentPart } from '../model/host-component.ts';
import type { HostFacts } from '../model/host.ts';
import { parsePurl } from '../model/purl.ts';

/** As every package manager writes names: what stands in a database is not put into a command otherwise. */
const plainName = /^[a-z\d][\w+.-]{0,100}$/i;

/** The packages of the distribution that have these parts of the host. */
export function packagesWith({ components }: HostFacts, ...parts: readonly ComponentPart[]): readonly string[] {
  const names = componentsOf(components, ...parts).flatMap(({ judgedBy, package: purl = '' }) =>
    judgedBy === 'distribution' ? (parsePurl(purl)?.name ?? []) : [],
  );
  return [...new Set(names)].filter((name) => plainName.test(name));
}

/** The commands that bring packages up to date; none for a distribution whose package manager is not known here, or for no package. */
export function upgradeCommands({ distribution }: HostFacts, names: readonly string[]): readonly string[] {
  if (!distribution.known || names.length === 0) return [];
  const all = names.join(' ');
  switch (managers[distribution.value.id]) {
    case 'apt':
      return ['apt-get update', `apt-get install --only-upgrade ${all}`];
    case 'dnf':
      return [`dnf upgrade ${all}`];
    case 'zypper':
      return [`zypper update ${all}`];
    case 'apk':
      return [`apk upgrade ${all}`];
    default:
      return [];
  }
}

const managers: Readonly<Record<string, 'apk' | 'apt' | 'dnf' | 'zypper'>> = {
  almalinux: 'dnf',
  alpine: 'apk',
  amzn: 'dnf',
  azurelinux: 'dnf',
  centos: 'dnf',
  debian: 'apt',
  fedora: 'dnf',
  'opensuse-leap': 'zypper',
  raspbian: 'apt',
  rhel: 'dnf',
  rocky: 'dnf',
  sles: 'zypper',
  ubuntu: 'apt',
};
