import type { ContainerSpec } from '../../model/container-spec.ts';
import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { lineEndOf, type TextEdit } from '../../model/source-text.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';

/**
 * A change of an image's container as edits of its Dockerfile. Only its user can be changed without knowing the
 * program: as the last thing before the stage says what it runs, so that installing is still root's.
 */
export function dockerfileEdits(container: ContainerSpec, change: SpecChange, dockerfile: Dockerfile): TextEdit[] {
  const { user } = applySpecChange(container, change);
  const { target, text } = dockerfile;
  if (!('user' in change) || user === undefined || !target) return [];
  const [last] = instructionsOf(target.instructions, ['user']).slice(-1);
  if (last) {
    const [word] = last.words;
    return word ? [{ start: word.span.start, end: word.span.end, text: user }] : [];
  }
  const lineEnd = lineEndOf(text);
  const program = instructionsOf(target.instructions, ['entrypoint', 'cmd'])[0];
  if (program) {
    const { start } = program.span;
    return [{ start, end: start, text: `USER ${user}${lineEnd}` }];
  }
  const end = (target.instructions.at(-1) ?? target.from).span.end;
  return [{ start: end, end, text: `${lineEnd}USER ${user}` }];
}
