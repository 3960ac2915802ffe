import { askedOfPerson } from '../asked-of-person.ts';
import { findTimer } from './site-programs.ts';

export const operationsRegularAudit = askedOfPerson({
  id: 'operations-regular-audit',
  severity: 'low',
  title: { en: 'The host and its containers are audited on a schedule', zh: '主机及其容器按计划定期审计' },
  why: {
    en: 'Every deployment and every update can undo what was hardened. Only a look that comes by itself finds that before others do.',
    zh: '每次部署和更新都可能使已有的加固失效。只有自动进行的定期检查才能先于他人发现。',
  },
  how: {
    en: 'An enabled timer of systemd that is named after an auditing tool passes. Where there is none a person answers: the audit may come from elsewhere.',
    zh: '存在以审计工具命名且已启用的 systemd 定时器则通过；没有则由人回答，因为审计可能由别处发起。',
  },
  question: {
    en: 'Are this host and its containers audited at least every week, and does somebody read the result?',
    zh: '本机及其容器是否至少每周审计一次，且有人查看结果？',
  },
  references: { cisDocker: ['1.2.1'], nist800190: ['4.5.1'], aliases: ['ops-regular-audit'] },
  parameters: {
    timers: {
      default: ['plimsoll', '*plimsoll*audit*', '*docker-bench*', '*lynis*', '*openscap*', '*oscap*'] as string[],
      description: {
        en: 'Names of timers that audit, without .timer; `*` stands for any text.',
        zh: '执行审计的定时器名称，不含 .timer；`*` 匹配任意文本。',
      },
    },
  },
  proof(host, { parameters }) {
    const timer = findTimer(host, parameters.timers);
    return (
      timer && {
        message: { en: `${timer.name} audits on a schedule.`, zh: `${timer.name} 按计划执行审计。` },
        evidence: timer.evidence,
      }
    );
  },
  summary: {
    en: 'Have a timer such as plimsoll-audit.timer run the audit every week, and send its result to somebody who acts on it.',
    zh: '用定时器（例如 plimsoll-audit.timer）每周运行审计，并将结果发给负责处理的人。',
  },
});
