import { lifeOf } from '../model/distribution-life.ts';
import type { ImageFacts } from '../model/image.ts';
import type { Distribution, ImageContents } from '../model/image-contents.ts';
import type { ReportContents, ReportDistribution, ReportTarget } from '../model/report-contents.ts';

/** What was scanned, and how it was found. */
export interface ScannedSubject {
  readonly id: string;
  readonly target: Pick<ReportTarget, 'kind' | 'name' | 'source' | 'platform'>;
  readonly image: ImageFacts;
  readonly contents: ImageContents;
}

/** What a scan found, in the form in which it is published. */
export function reportContentsOf({ id, target, image, contents }: ScannedSubject, now: Date): ReportContents {
  const { distribution, layers, packages } = contents;
  const brought = Map.groupBy(packages, ({ layer }) => layer);
  return {
    subject: id,
    target: {
      ...target,
      ...(image.id === '' ? {} : { digest: image.id }),
      tags: image.tags,
      repoDigests: image.digests,
    },
    distribution: distribution.known ? distributionOf(distribution.value, now) : null,
    layers: layers.map(({ unread, ...layer }, index) => ({
      ...layer,
      packages: brought.get(index)?.length ?? 0,
      ...(unread ? { unread: true } : {}),
    })),
    packages,
    secrets: contents.secrets,
    files: contents.files,
    fileCount: contents.fileCount,
    bytes: contents.bytes,
    wastedBytes: contents.wastedBytes,
  };
}

function distributionOf(distribution: Distribution, now: Date): ReportDistribution {
  const life = lifeOf(distribution, now);
  if (life.state === 'unknown' || life.state === 'rolling') return distribution;
  const { state, ends = null, extendedEnds } = life;
  return { ...distribution, life: { state, ends, ...(extendedEnds === undefined ? {} : { extendedEnds }) } };
}
