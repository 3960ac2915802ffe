import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileOnbuildValid = defineControl({
  id: 'dockerfile-onbuild-valid',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'ONBUILD carries an instruction that it may carry', zh: 'ONBUILD 携带的是允许的指令' },
  why: {
    en: 'A build refuses ONBUILD with FROM, MAINTAINER or another ONBUILD.',
    zh: '构建会拒绝携带 FROM、MAINTAINER 或另一个 ONBUILD 的 ONBUILD。',
  },
  how: {
    en: 'Reads the word behind every ONBUILD.',
    zh: '检查每个 ONBUILD 之后的指令名。',
  },
  references: {
    aliases: ['DL3043'],
    links: ['https://docs.docker.com/reference/dockerfile/#onbuild'],
  },
  counterexample: {
    bad: 'FROM debian:13\nONBUILD FROM debian:12\n',
    good: 'FROM debian:13\nONBUILD COPY . /srv/web/\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every ONBUILD carries an instruction that it may carry.',
      zh: '所有 ONBUILD 携带的指令均被允许。',
    });
  },

  remedy() {
    return byHand({ en: 'Take it out: it cannot be built.', zh: '删除该指令：它无法构建。' });
  },
});

function places({ instructions, text }: Dockerfile): readonly Place[] {
  return instructionsOf(instructions, ['onbuild']).flatMap(({ keywordSpan, span }) => {
    const rest = text.slice(keywordSpan.end, span.end);
    const carried = /^(?:[\s\\`])+(ONBUILD|FROM|MAINTAINER)(?=\s|$)/i.exec(rest)?.[1]?.toUpperCase();
    if (carried === undefined) return [];
    return [
      {
        span: keywordSpan,
        value: `ONBUILD ${carried}`,
        message: { en: `ONBUILD cannot carry ${carried}.`, zh: `ONBUILD 不能携带 ${carried}。` },
      },
    ];
  });
}
