import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { editText } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';

export const dockerfileNoApt = defineControl({
  id: 'dockerfile-no-apt',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Scripts use apt-get, not apt', zh: '脚本使用 apt-get 而不是 apt' },
  why: {
    en: 'apt is made for people: its options and output change between releases without notice, and a build that relies on them breaks.',
    zh: 'apt 面向人工使用：其选项和输出会在版本之间变化而不作通知，依赖它们的构建会因此失败。',
  },
  how: {
    en: 'No command of a RUN, those inside of other commands included, has apt as its program.',
    zh: 'RUN 中的任何命令（含嵌套在其他命令中的命令）都不得以 apt 作为程序。',
  },
  references: { aliases: ['DL3027', 'CKV_DOCKER_9'], links: ['https://manpages.debian.org/stable/apt/apt.8.en.html'] },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt update\n',
    good: 'FROM debian:13\nRUN apt-get update\n',
  },

  judge({ instructions, locate }) {
    const failures = instructionsOf(instructions, ['run'], { onbuild: true }).flatMap(({ script }) =>
      (script?.commands ?? [])
        .filter(({ program }) => program === 'apt')
        .map(({ words: [word], span }) => {
          const at = word?.span ?? span;
          return failAt({ en: 'It calls apt.', zh: '调用了 apt。' }, locate(at), 'apt', at);
        }),
    );
    return failures.length > 0 ? failures : pass({ en: 'No command calls apt.', zh: '没有命令调用 apt。' });
  },

  remedy(_dockerfile, _context, { span }) {
    return editText(span ? [{ start: span.end, end: span.end, text: '-get' }] : [], {
      en: 'Write apt-get.',
      zh: '改用 apt-get。',
    });
  },
});
