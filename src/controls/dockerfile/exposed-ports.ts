import { type Instruction, instructionsOf } from '../../model/dockerfile.ts';
import type { Span } from '../../model/source-text.ts';

export interface ExposedPort {
  /** As written. */
  readonly text: string;
  readonly from: number;
  /** The same as `from` unless it is a range. */
  readonly to: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly span: Span;
}

/** The ports of EXPOSE that can be read; what a variable without a value hides is not among them. */
export function exposedPorts(instructions: readonly Instruction[]): ExposedPort[] {
  return instructionsOf(instructions, ['expose'], { onbuild: true }).flatMap(({ words }) =>
    words.flatMap(({ text, value, span }) =>
      // One variable may hold several ports.
      (value ?? '').split(/\s+/).flatMap((part): ExposedPort[] => {
        // In `22:22` the host's side comes first; it is refused by some builders and ignored by others.
        const found = /^(?:[\d.]+:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(part);
        if (!found) return [];
        const from = Number(found[1]);
        const protocol = (found[3]?.toLowerCase() ?? 'tcp') as ExposedPort['protocol'];
        return [{ text, from, to: Number(found[2] ?? from), protocol, span }];
      }),
    ),
  );
}
