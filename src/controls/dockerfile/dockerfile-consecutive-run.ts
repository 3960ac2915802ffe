import { defineControl } from '../../model/control.ts';
import { type Dockerfile, type Instruction, lineage, type RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';

export const dockerfileConsecutiveRun = defineControl({
  id: 'dockerfile-consecutive-run',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'Small RUNs that follow each other are one', zh: '相邻的小型 RUN 合并为一条' },
  why: {
    en: 'Every RUN is a layer. What one adds and the next deletes or changes is in the image twice.',
    zh: '每条 RUN 都是一层。前一条添加而后一条删除或修改的内容会在镜像中存两份。',
  },
  how: {
    en: 'In the final image no RUN of one or two commands directly follows another one of that kind. RUNs with a here-document or with flags such as --mount, and those of three commands or more, were parted on purpose and are left alone.',
    zh: '在最终镜像中，只有一两个命令的 RUN 不紧跟在另一条同类 RUN 之后。带有 here-document 或 --mount 等标志的 RUN，以及包含三个以上命令的 RUN，视为有意分开，不作判断。',
  },
  references: {
    aliases: ['DL3059'],
    links: ['https://docs.docker.com/build/building/best-practices/#run'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN mkdir /srv/shop\nRUN chown 10001 /srv/shop\n',
    good: 'FROM debian:13\nRUN mkdir /srv/shop && chown 10001 /srv/shop\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No small RUNs follow each other.',
      zh: '没有相邻的小型 RUN。',
    });
  },

  remedy() {
    return byHand({
      en: 'Join the commands by && in one RUN, unless the cache of the build is worth the layer.',
      zh: '用 && 把命令合并到一条 RUN 中，除非为了构建缓存值得保留这一层。',
    });
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return lineage(dockerfile)
    .toReversed()
    .flatMap(({ instructions }) =>
      instructions.flatMap((each, index) => {
        if (!isSmall(each) || !isSmall(instructions[index - 1])) return [];
        return [
          {
            span: each.keywordSpan,
            value: 'RUN',
            message: { en: 'It directly follows another small RUN.', zh: '紧跟在另一条小型 RUN 之后。' },
          },
        ];
      }),
    );
}

function isSmall(instruction: Instruction | undefined): instruction is RunInstruction {
  if (instruction?.keyword !== 'run' || instruction.flags.length > 0 || instruction.heredocs.length > 0) return false;
  const own = commandsOf(instruction).filter(({ via }) => via.length === 0);
  return own.length > 0 && own.length <= 2;
}
