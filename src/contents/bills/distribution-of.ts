import type { Distribution } from '../../model/image-contents.ts';
import { isSystemPackage } from '../../model/package.ts';
import { type Purl, parsePurl } from '../purl.ts';

/** What scanners call a distribution, and what it calls itself in os-release. */
const ownIds: ReadonlyMap<string, string> = new Map([
  ['alma', 'almalinux'],
  ['amazon', 'amzn'],
  ['cbl-mariner', 'mariner'],
  ['opensuse.leap', 'opensuse-leap'],
  ['opensuse.tumbleweed', 'opensuse-tumbleweed'],
  ['oracle', 'ol'],
  ['redhat', 'rhel'],
  ['suse linux enterprise micro', 'sle-micro'],
  ['suse linux enterprise server', 'sles'],
]);

/** The `ID` of os-release for a name that a bill gives. */
export function distributionId(name: string): string {
  const lowered = name.trim().toLowerCase();
  return ownIds.get(lowered) ?? lowered;
}

/**
 * The distribution that most of the operating system's packages name in the qualifier `distro`: `debian-12`, `alpine-3.20.1`, or a
 * codename alone, which goes with the purl's namespace.
 */
export function distributionOfPurls(purls: Iterable<string>): Distribution | undefined {
  const counted = new Map<string, { count: number; readonly purl: Purl }>();
  for (const text of purls) {
    if (!/[?&]distro=/.test(text)) continue;
    const purl = parsePurl(text);
    const named = purl && isSystemPackage(purl) ? purl.qualifiers.get('distro') : undefined;
    if (!purl || named === undefined) continue;
    const entry = counted.get(named);
    if (entry) entry.count++;
    // Whoever names a thousand distributions names none.
    else if (counted.size < 100) counted.set(named, { count: 1, purl });
  }
  const [most] = [...counted].toSorted(([, a], [, b]) => b.count - a.count);
  return most ? distributionNamed(most[0], most[1].purl.namespace) : undefined;
}

function distributionNamed(named: string, namespace: string | undefined): Distribution {
  const [, name = named, version = ''] = /^(.+?)-(\d.*)$/.exec(named) ?? [];
  if (version === '' && namespace !== undefined && distributionId(namespace) !== distributionId(named)) {
    return { id: distributionId(namespace), version: '', name: `${namespace} ${named}`, codename: named, idLike: [] };
  }
  return { id: distributionId(name), version, name: `${name} ${version}`.trim(), idLike: [] };
}
