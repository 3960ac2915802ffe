import { ecosystemsOf } from '../advisories/distribution-ecosystem.ts';
import { splitEcosystem } from '../advisories/package-name.ts';
import { fromAssignments } from '../contents/distribution/assignments.ts';
import { feedKey } from '../feeds/feed-key.ts';
import { seenEcosystems } from '../feeds/seen-ecosystems.ts';
import { nearest } from '../judge/nearest.ts';
import { PlimsollError } from '../model/error.ts';
import { readTextIn } from '../sources/host/file.ts';
import { ecosystemNames } from '../versions/ecosystems.ts';

/**
 * The ecosystems whose advisories are fetched, as osv.dev calls them: those that were named; else those that were seen, and that of
 * this machine's own system.
 *
 * @param folder of the store
 * @throws PlimsollError for a name that is none, and where there is nothing to go by
 */
export function chosenEcosystems(named: readonly string[] | undefined, folder: string): readonly string[] {
  if (named) return distinct(named.map(known));
  const seen = [...seenEcosystems(folder), ...systemEcosystems()];
  const chosen = distinct(seen.flatMap((name) => knownName(name) ?? []));
  if (chosen.length === 0) throw nothingToGoBy();
  return chosen;
}

/** The ecosystems of the system that is below `root`; none where advisories of it are not told, or it is not known. */
export function systemEcosystems(root = ''): readonly string[] {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const distribution = fromAssignments(readIfThere(root, path));
    const answer = distribution && ecosystemsOf(distribution);
    if (typeof answer === 'object') return answer.ecosystems.map((each) => splitEcosystem(each)[0]);
  }
  return [];
}

function readIfThere(root: string, path: string): string {
  try {
    return readTextIn(root, path);
  } catch {
    return '';
  }
}

/** A name as people write it: `debian`, `Debian:12`, `rockylinux`. */
function knownName(name: string): string | undefined {
  const key = feedKey(splitEcosystem(name)[0]);
  return ecosystemNames.find((each) => feedKey(each) === key);
}

function known(name: string): string {
  const found = knownName(name);
  if (found !== undefined) return found;
  const near = nearest(name, ecosystemNames);
  const all = ecosystemNames.join(', ');
  throw new PlimsollError(
    'usage',
    { en: `"${name}" is no ecosystem of osv.dev that is matched here`, zh: `“${name}”不是可匹配的 osv.dev 生态系统` },
    near === undefined
      ? { en: `These are: ${all}`, zh: `可用的有：${all}` }
      : { en: `Did you mean ${near}?`, zh: `您是否想输入 ${near}？` },
  );
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted((left, right) => (feedKey(left) < feedKey(right) ? -1 : 1));
}

function nothingToGoBy(): PlimsollError {
  return new PlimsollError(
    'usage',
    {
      en: 'nothing says which ecosystems to fetch: none was fetched before, and there are no advisories of this system',
      zh: '无法确定要获取哪些生态系统：此前没有获取过，且本机系统没有对应的漏洞公告',
    },
    {
      en: 'Name them, for example: plimsoll feeds update --ecosystem Debian --ecosystem npm',
      zh: '请指定，例如：plimsoll feeds update --ecosystem Debian --ecosystem npm',
    },
  );
}
