import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { runsOf } from './run-instructions.ts';
import { shellFaults } from './shell-faults.ts';

export const dockerfileShellcheckSubset = defineControl({
  id: 'dockerfile-shellcheck-subset',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'Scripts in RUN do what they look like', zh: 'RUN 中的脚本与其写法表达的意思一致' },
  why: {
    en: 'A slip in a script may go unnoticed in the build and do harm in it: commands run in another folder, a failure is lost, a condition never holds.',
    zh: '脚本中的疏漏可能在构建时不被察觉，却造成危害：命令在别的目录中运行、失败被忽略、条件永远不成立。',
  },
  how: {
    en: 'The script of every RUN is parsed. Judged is what its grammar can settle: what the shell cannot read, cd whose failure is ignored, rm -r of a variable followed by a slash, export of a command whose failure is lost, missing spaces at brackets, assignments that are none, == under dash. It does not replace ShellCheck, whose other rules need more than the text.',
    zh: '解析每条 RUN 的脚本，只判断语法能确定的问题：shell 无法解析的内容、忽略失败的 cd、对“变量加斜杠”执行的 rm -r、丢失命令失败的 export、方括号处缺少空格、并非赋值的赋值写法，以及 dash 下的 ==。它不能取代 ShellCheck，后者的其他规则需要文本之外的信息。',
  },
  references: {
    aliases: [
      'SC1020',
      'SC1035',
      'SC1066',
      'SC1068',
      'SC1072',
      'SC1073',
      'SC2115',
      'SC2155',
      'SC2164',
      'SC2283',
      'SC3014',
    ],
    links: ['https://www.shellcheck.net/wiki/'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN cd /opt/shop; make install\n',
    good: 'FROM debian:13\nRUN cd /opt/shop && make install\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Nothing in the scripts looks like a slip.',
      zh: '脚本中没有发现疏漏。',
    });
  },

  remedy() {
    return byHand({
      en: 'Mend the place: join by &&, write ${variable:?}, or part assignment and export.',
      zh: '修改此处：用 && 连接、写作 ${variable:?}，或把赋值与 export 分开。',
    });
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return runsOf(dockerfile.instructions).flatMap((run) => shellFaults(dockerfile, run));
}
