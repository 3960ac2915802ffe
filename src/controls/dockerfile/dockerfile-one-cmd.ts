import { defineControl } from '../../model/control.ts';
import { judgeOverruled, removeOverruled } from './overruled-instructions.ts';

export const dockerfileOneCmd = defineControl({
  id: 'dockerfile-one-cmd',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'A stage has one CMD', zh: '每个阶段只有一条 CMD' },
  why: {
    en: 'Only the last CMD of a stage counts. Whoever reads or changes an earlier one is misled.',
    zh: '一个阶段中只有最后一条 CMD 生效。阅读或修改前面的 CMD 会被误导。',
  },
  how: {
    en: 'Counts CMD in each stage by itself: one that a stage inherits may be replaced. ONBUILD is not counted. Every CMD but the last one fails.',
    zh: '按阶段分别统计 CMD：从其他阶段继承的可以被取代。ONBUILD 不计入。除最后一条外的 CMD 均判为未通过。',
  },
  references: {
    aliases: ['DL4003', 'DS-0016'],
    links: ['https://docs.docker.com/reference/dockerfile/#cmd'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCMD ["web"]\nCMD ["web", "--verbose"]\n',
    good: 'FROM debian:13\nCMD ["web", "--verbose"]\n',
  },

  judge: (dockerfile) => judgeOverruled(dockerfile, 'cmd'),
  remedy: (dockerfile, _context, failure) => removeOverruled(dockerfile, 'cmd', failure),
});
