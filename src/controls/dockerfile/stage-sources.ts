import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import type { Span } from '../../model/source-text.ts';

/** A `--from` of COPY or of a mount: what it names, and the stage in which it stands. */
export interface StageSource {
  readonly name: string;
  readonly span: Span;
  readonly stage: number;
  readonly onbuild: boolean;
}

/** Every `--from` whose name is known. */
export function stageSources({ instructions }: Dockerfile): readonly StageSource[] {
  const copies = instructionsOf(instructions, ['copy'], { onbuild: true }).flatMap(({ from, stage, onbuild }) =>
    from?.value === undefined || from.value === '' ? [] : [{ name: from.value, span: from.span, stage, onbuild }],
  );
  const mounts = instructionsOf(instructions, ['run'], { onbuild: true }).flatMap((run) => {
    const flags = run.flags.filter(({ name }) => name === 'mount');
    return run.mounts.flatMap(({ from }, index) => {
      const { value } = flags[index] ?? {};
      if (!value || from === undefined || from === '' || from.includes('$')) return [];
      return [{ name: from, span: value.span, stage: run.stage, onbuild: run.onbuild }];
    });
  });
  return [...copies, ...mounts].toSorted((left, right) => left.span.start - right.span.start);
}
