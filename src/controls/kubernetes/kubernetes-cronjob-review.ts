import { defineControl } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import { valueAt } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';

export const kubernetesCronjobReview = defineControl({
  id: 'kubernetes-cronjob-review',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Every CronJob is one that somebody knows of', zh: '每个 CronJob 都有人知晓' },
  why: {
    en: 'A CronJob brings a program back after it was removed, which is why intruders leave one behind. Among those that nobody remembers it does not stand out.',
    zh: 'CronJob 能让被清除的程序卷土重来，因此入侵者常会留下一个。若有许多无人记得的 CronJob，它便不会引起注意。',
  },
  how: {
    en: 'The name of the CronJob is on the list of those that were reviewed, or it is suspended. A * on the list stands for any text.',
    zh: 'CronJob 的名称在已审查列表中，或已暂停。列表中的 * 代表任意文本。',
  },
  references: {
    aliases: ['k8s-cronjob-review', 'C-0026'],
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/'],
  },
  parameters: {
    reviewed: {
      default: [] as readonly string[],
      description: { en: 'Names of CronJobs that were reviewed.', zh: '已审查的 CronJob 名称。' },
    },
  },
  counterexample: {
    bad: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: import
spec:
  schedule: '0 3 * * *'
`,
    good: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: import
spec:
  schedule: '0 3 * * *'
  suspend: true
`,
  },
  appliesTo: ({ group, kind }) => group === 'batch' && kind === 'CronJob',

  judge(object, { parameters: { reviewed } }) {
    if (valueAt(object.value, ['spec', 'suspend']) === true) return pass({ en: 'It is suspended.', zh: '它已暂停。' });
    if (reviewed.some((pattern) => matchesGlob(pattern, object.name))) {
      return pass({ en: 'It was reviewed.', zh: '它已审查。' });
    }
    const schedule = valueAt(object.value, ['spec', 'schedule']);
    const message =
      typeof schedule === 'string'
        ? { en: `It runs at ${schedule}, and was not reviewed.`, zh: `它按 ${schedule} 运行，尚未审查。` }
        : { en: 'It was not reviewed.', zh: '它尚未审查。' };
    return [failAt(message, object.locate(['spec', 'schedule']), schedule ?? null)];
  },

  remedy({ name }) {
    return byHand({
      en: `See what it runs and for whom, then put ${name || 'its name'} on the list "reviewed".`,
      zh: `弄清它运行什么、为谁运行，然后将 ${name || '其名称'} 加入 reviewed 列表。`,
    });
  },
});
