import type { ContainerSpec } from '../../model/container-spec.ts';
import { type Dockerfile, type Instruction, instructionsOf, type Stage } from '../../model/dockerfile.ts';
import { lineEndOf, type TextEdit } from '../../model/source-text.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';

/**
 * A change of an image's container as edits of its Dockerfile. Only its user can be changed without knowing the
 * program: behind the last thing that is installed, so that installing is still root's.
 */
export function dockerfileEdits(container: ContainerSpec, change: SpecChange, dockerfile: Dockerfile): TextEdit[] {
  const { user } = applySpecChange(container, change);
  const { target } = dockerfile;
  if (!('user' in change) || user === undefined || !target) return [];
  const installed = target.instructions.findLastIndex(isInstalling);
  const behind = target.instructions.slice(installed + 1);
  const last = instructionsOf(behind, ['user']).at(-1);
  if (last) {
    const [word] = last.words;
    return word ? [{ start: word.span.start, end: word.span.end, text: user }] : [];
  }
  const program = instructionsOf(behind, ['entrypoint', 'cmd'])[0];
  return [program ? above(program, user, dockerfile) : atEnd(target, user, dockerfile)];
}

/** What may need root: files are copied as root whoever the user is, and what an ONBUILD carries runs in another build. */
function isInstalling({ keyword }: Instruction): boolean {
  return keyword === 'run';
}

/** On a line of its own, and above the comment that speaks of the instruction. */
function above({ span }: Instruction, user: string, { text, comments }: Dockerfile): TextEdit {
  let { start } = span;
  for (const comment of comments.toReversed()) {
    const isAttached =
      comment.span.start < start && /^[ \t]*(?:\r\n|\r|\n)?[ \t]*$/.test(text.slice(comment.span.end, start));
    if (isAttached && /(?:^|[\r\n])[ \t]*$/.test(text.slice(0, comment.span.start))) start = comment.span.start;
  }
  return { start, end: start, text: `USER ${user}${lineEndOf(text)}` };
}

function atEnd(target: Stage, user: string, { text }: Dockerfile): TextEdit {
  const { end } = (target.instructions.at(-1) ?? target.from).span;
  return { start: end, end, text: `${lineEndOf(text)}USER ${user}` };
}
