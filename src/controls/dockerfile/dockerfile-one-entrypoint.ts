import { defineControl } from '../../model/control.ts';
import { judgeOverruled, removeOverruled } from './overruled-instructions.ts';

export const dockerfileOneEntrypoint = defineControl({
  id: 'dockerfile-one-entrypoint',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'A stage has one ENTRYPOINT', zh: '每个阶段只有一条 ENTRYPOINT' },
  why: {
    en: 'Only the last ENTRYPOINT of a stage counts. An earlier one that drops privileges or starts an init is silently left out.',
    zh: '一个阶段中只有最后一条 ENTRYPOINT 生效。若前面的 ENTRYPOINT 负责降权或启动 init，它会被悄悄忽略。',
  },
  how: {
    en: 'Counts ENTRYPOINT in each stage by itself: one that a stage inherits may be replaced. ONBUILD is not counted. Every ENTRYPOINT but the last one fails.',
    zh: '按阶段分别统计 ENTRYPOINT：从其他阶段继承的可以被取代。ONBUILD 不计入。除最后一条外的 ENTRYPOINT 均判为未通过。',
  },
  references: {
    aliases: ['DL4004', 'DS-0007'],
    links: ['https://docs.docker.com/reference/dockerfile/#entrypoint'],
  },
  counterexample: {
    bad: 'FROM debian:13\nENTRYPOINT ["init"]\nENTRYPOINT ["web"]\n',
    good: 'FROM debian:13\nENTRYPOINT ["web"]\n',
  },

  judge: (dockerfile) => judgeOverruled(dockerfile, 'entrypoint'),
  remedy: (dockerfile, _context, failure) => removeOverruled(dockerfile, 'entrypoint', failure),
});
