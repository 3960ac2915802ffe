import { known } from '../src/model/fact.ts';
import type { ImageFacts, ImageStep } from '../src/model/image.ts';
import { readStep } from '../src/model/image-step.ts';
import { parseShell } from '../src/syntax/shell/shell.ts';

/** A step as the reader hands it over. */
export function stepOf(createdBy: string, change: Partial<ImageStep> = {}): ImageStep {
  const { keyword, text, posix } = readStep(createdBy);
  const script = keyword === 'run' && posix ? { script: parseShell(text, 0) } : {};
  return { createdBy, size: 1, tags: [], ...script, ...change };
}

/** The history of an image, from its first step to its last. */
export function historyOf(...steps: (string | ImageStep)[]): ImageFacts['history'] {
  return known(
    steps.map((each) => (typeof each === 'string' ? stepOf(each) : each)),
    'engine-api',
    'GET /images/ID/history',
  );
}

/** The same as BuildKit writes a RUN down. */
export function run(script: string): string {
  return `RUN /bin/sh -c ${script} # buildkit`;
}
