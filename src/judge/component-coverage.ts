import { lifeOf } from '../model/distribution-life.ts';
import { type HostComponent, readAdvisories } from '../model/host-component.ts';
import type { HostFacts } from '../model/host.ts';
import type { Text } from '../model/text.ts';
import { type CoverageEntry, entryOf } from './coverage-entry.ts';

const subject = 'host';

/** Where the parts of a host that run its containers were looked up, and of which of them nothing, or not all, is known. */
export function componentEntries({ components, distribution }: HostFacts, now: Date | undefined): CoverageEntry[] {
  const ended = distribution.known && now ? endedEntry(distribution.value, now) : [];
  if (!components.known) return ended;
  return [...ended, entryOf(subject, components.value.distribution), ...components.value.components.flatMap(entriesOf)];
}

function entriesOf({ part, name, path, flaws, gaps }: HostComponent): CoverageEntry[] {
  const what = `advisories about ${[part, name].filter((word, index, all) => word !== '' && all.indexOf(word) === index).join(' ')}`;
  const unread = gaps.map((gap) => entryOf(subject, gap));
  if (!flaws.known) return [...unread, { ...entryOf(subject, flaws), what }];
  const { asked, uncovered } = flaws.value;
  return [
    { subject, what },
    ...asked.map(({ ecosystem }) => ({ subject, what: `advisories of ${ecosystem}` })),
    ...unread,
    ...uncovered.map(({ code, reason, example, count }) => ({
      subject,
      what: count === 1 ? example : `${count} packages in ${path}, such as ${example}`,
      reason,
      need: code === 'no-data' ? readAdvisories : otherSource,
    })),
  ];
}

const otherSource: Text = { en: 'somebody who knows these packages', zh: '了解这些软件包的人' };

/** Of a release that nobody mends any more no advisories are written, and silence means nothing. */
function endedEntry({ id, version }: { readonly id: string; readonly version: string }, now: Date): CoverageEntry[] {
  const called = `${id} ${version}`;
  const { state, ends = '', extendedEnds } = lifeOf({ id, version, name: called, idLike: [] }, now);
  if (state !== 'ended') return [];
  const since = extendedEnds ?? ends;
  return [
    {
      subject,
      what: `advisories of ${called}`,
      reason: {
        en: `it has had no fixes since ${since}, and flaws that were found later are in no advisory`,
        zh: `该版本自 ${since} 起不再获得修复，此后发现的漏洞不会出现在公告中`,
      },
      need: { en: 'a release that is maintained', zh: '仍在维护的发行版版本' },
    },
  ];
}
