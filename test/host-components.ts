import type { Machine } from '../src/model/control.ts';
import { known, type UnreadableFact } from '../src/model/fact.ts';
import type { HostComponent } from '../src/model/host-component.ts';
import type { Distribution } from '../src/model/image-contents.ts';
import type { UncoveredPackages, Vulnerability } from '../src/model/vulnerability.ts';
import { host, machine } from './subjects.ts';

const purl = 'pkg:deb/debian/runc@1.1.4-1';

/** A high flaw that the distribution has mended, but for `change`. */
export function flaw(change: Partial<Vulnerability> = {}): Vulnerability {
  return {
    id: 'CVE-2024-1',
    aliases: [],
    advisory: 'DSA-1',
    purl,
    path: '/var/lib/dpkg/status',
    layer: 0,
    status: 'fixed',
    fixedIn: '2-1',
    severity: { level: 'high', source: 'debian' },
    summary: '',
    reason: {
      ecosystem: 'Debian:13',
      name: 'runc',
      compared: 'source',
      version: '1.1.4-1',
      ordering: 'dpkg',
      doubts: [],
    },
    ...change,
  };
}

/** A reason for which nothing is known of one package. */
export function uncovered(code: string): UncoveredPackages {
  return { code, reason: { en: 'why', zh: '原因' }, count: 1, example: purl, ofSystem: true };
}

/** What is known of a component: flaws, or why nothing is. */
export type Told = readonly Vulnerability[] | UnreadableFact;

/** A component that the distribution built, but for `change`. */
export function component(
  part: HostComponent['part'],
  told: Told,
  change: Partial<HostComponent> = {},
  open: readonly UncoveredPackages[] = [],
): HostComponent {
  const asked = [{ ecosystem: 'Debian:13', packages: 1, newest: 1_780_000_000, read: 1_780_300_000 }];
  return {
    part,
    name: part,
    version: '1.1.4-1',
    path: `/usr/bin/${part}`,
    package: purl,
    judgedBy: 'distribution',
    gaps: [],
    flaws: 'known' in told ? told : known({ found: told, uncovered: open, asked }, 'file', `/usr/bin/${part}`),
    ...change,
  };
}

export const trixie: Distribution = { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)', idLike: [] };

/** The exemplary host with these components, and with no others. */
export function hostOf(components: readonly HostComponent[], distribution: Distribution = trixie) {
  return host({
    components: known(
      { distribution: known(distribution, 'file', '/etc/os-release'), components },
      'file',
      'advisories',
    ),
  });
}

/** The exemplary machine on such a host. */
export function machineOf(components: readonly HostComponent[], distribution?: Distribution): Machine {
  return machine({ host: hostOf(components, distribution) });
}
