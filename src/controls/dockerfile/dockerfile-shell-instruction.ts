import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';

export const dockerfileShellInstruction = defineControl({
  id: 'dockerfile-shell-instruction',
  subject: 'dockerfile',
  severity: 'info',
  title: {
    en: 'SHELL chooses the shell, not a link over /bin/sh',
    zh: '用 SHELL 指令选择 shell，而不是覆盖 /bin/sh 链接',
  },
  why: {
    en: 'A link over /bin/sh changes the shell of every program in the image, at run time too, and an update of the package may put it back.',
    zh: '覆盖 /bin/sh 会改变镜像中所有程序（包括运行时）使用的 shell，软件包更新还可能把它还原。',
  },
  how: {
    en: 'No ln of a RUN has /bin/sh or /usr/bin/sh as the name of the link.',
    zh: 'RUN 中的 ln 不以 /bin/sh 或 /usr/bin/sh 作为链接名。',
  },
  references: {
    aliases: ['DL4005'],
    links: ['https://docs.docker.com/reference/dockerfile/#shell'],
  },
  counterexample: {
    bad: 'FROM ubuntu:24.04\nRUN ln -sf /bin/bash /bin/sh\n',
    good: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Nothing replaces /bin/sh.',
      zh: '没有替换 /bin/sh 的命令。',
    });
  },

  remedy() {
    return byHand(
      { en: 'Take the link out and set the shell for the build.', zh: '去掉该链接，并为构建设置 shell。' },
      ['SHELL ["/bin/bash", "-c"]'],
    );
  },
});

function places({ instructions }: Dockerfile): readonly Place[] {
  return runsOf(instructions).flatMap((run) =>
    commandsOf(run)
      .filter(({ program, words }) => {
        const operands = words.slice(1).filter(({ text }) => !/^-./.test(text));
        return program === 'ln' && operands.length > 1 && /^\/(?:usr\/)?bin\/sh$/.test(operands.at(-1)?.text ?? '');
      })
      .map(({ words, span }) => ({
        span,
        value: words.map(({ text }) => text).join(' '),
        message: { en: 'It puts another shell in the place of /bin/sh.', zh: '用另一个 shell 替换了 /bin/sh。' },
      })),
  );
}
