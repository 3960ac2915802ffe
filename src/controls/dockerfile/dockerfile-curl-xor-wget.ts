import { defineControl } from '../../model/control.ts';
import type { Stage } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';

export const dockerfileCurlXorWget = defineControl({
  id: 'dockerfile-curl-xor-wget',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'A stage fetches with curl or with wget, not with both', zh: '同一阶段只用 curl 或只用 wget 下载' },
  why: {
    en: 'Both do the same. Using both puts one more program into the image, with its own options, certificates and security fixes.',
    zh: '两者功能相同。同时使用会在镜像中多放一个程序，其选项、证书和安全修复都要另行处理。',
  },
  how: {
    en: 'No stage calls both in its RUNs. What HEALTHCHECK calls and what is only installed does not count. The failure stands at the first call of the second program.',
    zh: '同一阶段的 RUN 不同时调用两者。HEALTHCHECK 中的调用以及仅安装而未调用的程序不计。失败位置是第二个程序的首次调用。',
  },
  references: { aliases: ['DL4001', 'DS-0014'], links: ['https://curl.se/docs/comparison-table.html'] },
  counterexample: {
    bad: 'FROM debian:13\nRUN curl -fsSLO https://shop.example/a.tar.gz && wget -q https://shop.example/b.tar.gz\n',
    good: 'FROM debian:13\nRUN curl -fsSLO https://shop.example/a.tar.gz && curl -fsSLO https://shop.example/b.tar.gz\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, dockerfile.stages.flatMap(secondProgram), {
      en: 'No stage calls both curl and wget.',
      zh: '没有同时调用 curl 和 wget 的阶段。',
    });
  },

  remedy() {
    return byHand({ en: 'Use one of the two for all downloads of the stage.', zh: '该阶段的所有下载只用其中之一。' });
  },
});

function secondProgram({ instructions }: Stage): readonly Place[] {
  const calls = runsOf(instructions)
    .flatMap(commandsOf)
    .filter(({ program }) => program === 'curl' || program === 'wget');
  const [first] = calls;
  const second = calls.find(({ program }) => program !== first?.program);
  if (!first || !second) return [];
  return [
    {
      span: second.words[0]?.span ?? second.span,
      value: second.program,
      message: {
        en: `It calls ${second.program}, where the stage calls ${first.program} already.`,
        zh: `该阶段已调用 ${first.program}，此处又调用 ${second.program}。`,
      },
    },
  ];
}
