import { bestDistribution, type DistributionCandidate, osRelease } from '../../contents/catalogers/os-release.ts';
import { attempt, isGap } from '../../contents/file-reader.ts';
import { type Fact, known, unreadable } from '../../model/fact.ts';
import type { Distribution } from '../../model/image-contents.ts';
import { asCataloged, withHostFile } from './database-file.ts';

/** What the host says that its operating system is: in os-release, or in what older systems have instead. */
export function readHostDistribution(root: string): Fact<Distribution> {
  const candidates: DistributionCandidate[] = [];
  for (const path of osRelease.globs.filter((glob) => !glob.includes('*'))) {
    const reading = attempt(path, osRelease.id, () =>
      withHostFile(root, `/${path}`, (content) => osRelease.read(asCataloged(path, content))),
    );
    const distribution = reading === undefined || isGap(reading) ? undefined : reading.distribution;
    if (!distribution) continue;
    candidates.push({ path, distribution });
    // The others only tell what it leaves open.
    if (distribution.version !== '') break;
  }
  const best = bestDistribution(candidates);
  if (best) return known(best.distribution, 'file', `/${best.path}`);
  return unreadable(
    'file',
    '/etc/os-release',
    { en: 'nothing says which distribution this host is', zh: '没有文件说明该主机是什么发行版' },
    { en: '/etc/os-release as its distribution brings it', zh: '发行版自带的 /etc/os-release' },
  );
}
