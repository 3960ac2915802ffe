import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';

export const dockerfileWorkdirNotCd = defineControl({
  id: 'dockerfile-workdir-not-cd',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'WORKDIR says where commands run, not cd', zh: '用 WORKDIR 而不是 cd 指定命令的工作目录' },
  why: {
    en: 'A cd holds for one RUN only and is easily overlooked among other commands. The next RUN starts where WORKDIR says.',
    zh: 'cd 只在一条 RUN 内有效，夹在其他命令之间容易被忽略。下一条 RUN 仍从 WORKDIR 所写的目录开始。',
  },
  how: {
    en: 'No RUN changes its directory by cd. One inside of a subshell, a function, a condition or a loop is meant for that place alone and is accepted, and so is any in a here-document, which is a script of its own. One failure for each RUN.',
    zh: 'RUN 不用 cd 切换目录。子 shell、函数、条件或循环中的 cd 只对该处有效，可以接受；here-document 本身就是脚本，其中的 cd 也可以接受。每条 RUN 只报告一次。',
  },
  references: {
    aliases: ['DL3003', 'DS-0013'],
    links: ['https://docs.docker.com/build/building/best-practices/#workdir'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN cd /opt/shop && make install\n',
    good: 'FROM debian:13\nWORKDIR /opt/shop\nRUN make install\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No RUN changes its directory.',
      zh: '没有切换目录的 RUN。',
    });
  },

  remedy() {
    return byHand({
      en: 'Set WORKDIR above the RUN, and back below it where later instructions need the former one.',
      zh: '在 RUN 之前设置 WORKDIR；若之后的指令需要原目录，再设置回去。',
    });
  },
});

function places({ instructions }: Dockerfile): readonly Place[] {
  return runsOf(instructions)
    .filter(({ heredocs }) => heredocs.length === 0)
    .flatMap((run) => {
      const first = commandsOf(run).find(
        ({ program, depth, via }) => program === 'cd' && depth === 0 && via.length === 0,
      );
      if (!first) return [];
      return [
        {
          span: first.words[0]?.span ?? first.span,
          value: first.words.map(({ source }) => source).join(' '),
          message: { en: 'It changes the directory by cd.', zh: '用 cd 切换了目录。' },
        },
      ];
    });
}
