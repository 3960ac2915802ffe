import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { notApplicable, unknownFrom, type Verdict } from '../../model/verdict.ts';

/** The verdict on a question about the images of an engine that has none, or does not list them; else undefined. */
export function withoutImages({ images }: EngineFacts): Verdict | undefined {
  if (!images.known) return unknownFrom(images);
  return images.value.length === 0
    ? notApplicable({ en: 'The engine has no images.', zh: '引擎中没有镜像。' }, evidenceOf(images, []))
    : undefined;
}
