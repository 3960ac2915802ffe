import { type Dockerfile, type InstructionOf, instructionsOf } from '../../model/dockerfile.ts';
import { editText, type Remedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import type { Verdict } from '../../model/verdict.ts';
import { withoutInstruction } from './instruction-removal.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';

type Single = 'cmd' | 'entrypoint' | 'healthcheck';

interface Overruled extends Place {
  readonly instruction: InstructionOf<Single>;
}

/** A failure for each instruction that a later one of its stage puts out of force. */
export function judgeOverruled(dockerfile: Dockerfile, keyword: Single): Verdict | readonly Verdict[] {
  const name = keyword.toUpperCase();
  return verdictsAt(dockerfile, overruled(dockerfile, keyword), {
    en: `No stage has more than one ${name}.`,
    zh: `没有包含多条 ${name} 的阶段。`,
  });
}

/** Taking it out cannot change the image: only the last one of a stage is kept. */
export function removeOverruled(dockerfile: Dockerfile, keyword: Single, failure: Verdict): Remedy {
  const place = placeOf(overruled(dockerfile, keyword), failure);
  const name = keyword.toUpperCase();
  const summary: Text = {
    en: `Take out the earlier ${name}: it has no effect.`,
    zh: `删除前面的 ${name}：它不起作用。`,
  };
  return editText(place ? [withoutInstruction(dockerfile, place.instruction)] : [], summary);
}

function overruled(dockerfile: Dockerfile, keyword: Single): readonly Overruled[] {
  const name = keyword.toUpperCase();
  return dockerfile.stages.flatMap(({ instructions }) => {
    const all = instructionsOf(instructions, [keyword]);
    const last = all.at(-1);
    if (!last) return [];
    const { line } = dockerfile.locate(last.span);
    return all.slice(0, -1).map((instruction) => ({
      instruction,
      span: instruction.keywordSpan,
      value: name,
      message: {
        en: `It has no effect: the ${name} in line ${line} replaces it.`,
        zh: `不起作用：第 ${line} 行的 ${name} 会取代它。`,
      },
    }));
  });
}
