import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type WordsInstruction } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { TextEdit } from '../../model/source-text.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';

const label = 'org.opencontainers.image.authors';

export const dockerfileNoMaintainer = defineControl({
  id: 'dockerfile-no-maintainer',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'The author is named by a label, not by MAINTAINER', zh: '用标签而不是 MAINTAINER 标明作者' },
  why: {
    en: 'MAINTAINER is deprecated. What it says is in a field of its own that few tools show, while labels can be asked for.',
    zh: 'MAINTAINER 已弃用。它写入单独的字段，很少有工具显示，而标签可以查询。',
  },
  how: { en: 'No stage has a MAINTAINER.', zh: '任何阶段都没有 MAINTAINER。' },
  references: {
    aliases: ['DL4000', 'DS-0022', 'CKV_DOCKER_6'],
    links: ['https://docs.docker.com/reference/dockerfile/#maintainer-deprecated'],
  },
  counterexample: {
    bad: 'FROM debian:13\nMAINTAINER Shop Team <team@shop.example>\n',
    good: 'FROM debian:13\nLABEL org.opencontainers.image.authors="Shop Team <team@shop.example>"\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), { en: 'There is no MAINTAINER.', zh: '没有 MAINTAINER。' });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const edit = place && asLabel(dockerfile, place.instruction);
    return edit
      ? editText([edit], { en: `Write the label ${label}.`, zh: `改用标签 ${label}。` })
      : byHand({ en: `Write the label ${label} below FROM.`, zh: `在 FROM 之后改用标签 ${label}。` }, [
          `LABEL ${label}="NAME <MAIL>"`,
        ]);
  },
});

function places({ instructions }: Dockerfile) {
  return instructionsOf(instructions, ['maintainer']).map(
    (instruction): Place & { readonly instruction: WordsInstruction } => ({
      instruction,
      span: instruction.keywordSpan,
      value: 'MAINTAINER',
      message: { en: 'It uses MAINTAINER.', zh: '使用了 MAINTAINER。' },
    }),
  );
}

/** Before the first FROM there can be no label, and where there is one already it is for a person to join them. */
function asLabel({ text, escape, stages }: Dockerfile, instruction: WordsInstruction): TextEdit | undefined {
  const { words, stage, keywordSpan, span } = instruction;
  const author = words[0]?.text;
  const others = instructionsOf(stages[stage]?.instructions ?? [], ['label']);
  const isLabelled = others.some(({ pairs }) => pairs.some(({ name }) => name.text === label));
  if (author === undefined || stage < 0 || isLabelled || /[\r\n]/.test(author)) return undefined;
  const isLower = text.slice(keywordSpan.start, keywordSpan.end) === 'maintainer';
  const quoted = author.replaceAll(/["$\\`]/g, (character) =>
    character === '"' || character === '$' || character === escape ? escape + character : character,
  );
  return { ...span, text: `${isLower ? 'label' : 'LABEL'} ${label}="${quoted}"` };
}
