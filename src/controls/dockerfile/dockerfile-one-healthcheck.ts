import { defineControl } from '../../model/control.ts';
import { judgeOverruled, removeOverruled } from './overruled-instructions.ts';

export const dockerfileOneHealthcheck = defineControl({
  id: 'dockerfile-one-healthcheck',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'A stage has one HEALTHCHECK', zh: '每个阶段只有一条 HEALTHCHECK' },
  why: {
    en: 'Only the last HEALTHCHECK of a stage counts: what an earlier one watches is not watched.',
    zh: '一个阶段中只有最后一条 HEALTHCHECK 生效：前面的检查实际上并未执行。',
  },
  how: {
    en: 'Counts HEALTHCHECK in each stage by itself, NONE too: one that a stage inherits may be replaced. Every HEALTHCHECK but the last one fails.',
    zh: '按阶段分别统计 HEALTHCHECK（含 NONE）：从其他阶段继承的可以被取代。除最后一条外的 HEALTHCHECK 均判为未通过。',
  },
  references: {
    aliases: ['DL3012', 'DS-0023'],
    links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  counterexample: {
    bad: 'FROM debian:13\nHEALTHCHECK CMD ["check", "web"]\nHEALTHCHECK CMD ["check", "database"]\n',
    good: 'FROM debian:13\nHEALTHCHECK CMD ["check", "web", "database"]\n',
  },

  judge: (dockerfile) => judgeOverruled(dockerfile, 'healthcheck'),
  remedy: (dockerfile, _context, failure) => removeOverruled(dockerfile, 'healthcheck', failure),
});
