import { defineControl } from '../../model/control.ts';
import { objectIn, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsWholePod } from './whole-pod.ts';

const ttlOfCronJob = ['spec', 'jobTemplate', 'spec', 'ttlSecondsAfterFinished'];

export const kubernetesJobTtl = defineControl({
  id: 'kubernetes-job-ttl',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Jobs that are done are cleared away', zh: '已完成的 Job 会被清理' },
  why: {
    en: 'Finished Jobs and their pods stay until somebody deletes them. They fill the API with objects, and keep what they mounted in use. A CronJob without a deadline stops for good after a hundred starts that it missed.',
    zh: '已完成的 Job 及其 Pod 会一直保留到有人删除为止，既占用 API 存储，也使其挂载的资源无法释放。没有截止期限的 CronJob 错过一百次启动后会彻底停止。',
  },
  how: {
    en: 'A Job has ttlSecondsAfterFinished, unless it has an owner or is a hook, which are deleted by others. A CronJob has startingDeadlineSeconds, and no ttlSecondsAfterFinished in its jobs, whose history it keeps itself.',
    zh: 'Job 设置了 ttlSecondsAfterFinished；有属主的 Job 和钩子由他方删除，不计。CronJob 设置了 startingDeadlineSeconds，且其 Job 不设 ttlSecondsAfterFinished，因为历史由它自行维护。',
  },
  references: {
    aliases: ['k8s-job-ttl', 'kube-linter:job-ttl-seconds-after-finished'],
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/'],
  },
  counterexample: {
    bad: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: import
spec:
  schedule: '0 3 * * *'
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      ttlSecondsAfterFinished: 3600
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: import
              image: registry.example/shop/import:1.4.2
`,
    good: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: import
spec:
  schedule: '0 3 * * *'
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: import
              image: registry.example/shop/import:1.4.2
`,
  },
  appliesTo: (object) => object.group === 'batch' && ['Job', 'CronJob'].includes(object.kind) && holdsWholePod(object),

  judge(object) {
    return verdictsOn(object.kind === 'Job' ? ofJob(object) : ofCronJob(object), object, {
      en: 'What is done is cleared away.',
      zh: '完成后会被清理。',
    });
  },

  remedy(object) {
    if (object.kind === 'CronJob' && valueAt(object.value, ttlOfCronJob) !== undefined) {
      return changeObject([{ path: ttlOfCronJob }], {
        en: 'Take ttlSecondsAfterFinished away; successfulJobsHistoryLimit and failedJobsHistoryLimit say what is kept.',
        zh: '去掉 ttlSecondsAfterFinished；保留多少由 successfulJobsHistoryLimit 和 failedJobsHistoryLimit 决定。',
      });
    }
    return object.kind === 'Job'
      ? byHand({
          en: 'Set ttlSecondsAfterFinished, unless a program applies this file again and again: it would then run the Job once more.',
          zh: '设置 ttlSecondsAfterFinished；但若有程序反复应用该文件，Job 删除后会被再次运行，此时不宜设置。',
        })
      : byHand({
          en: 'Set startingDeadlineSeconds to how late a start still makes sense.',
          zh: '将 startingDeadlineSeconds 设为仍可接受的最大启动延迟。',
        });
  },
});

function ofJob({ value }: KubernetesObject): Breach[] {
  const { ownerReferences, annotations } = objectIn(value, 'metadata');
  const isHook = Object.keys(objectIn({ annotations }, 'annotations')).some((name) => name.endsWith('/hook'));
  const path = ['spec', 'ttlSecondsAfterFinished'];
  if (ownerReferences !== undefined || isHook || typeof valueAt(value, path) === 'number') return [];
  const message = { en: 'It stays for ever when it is done.', zh: '它完成后会一直保留。' };
  return [{ path, value: undefined, message }];
}

function ofCronJob({ value }: KubernetesObject): Breach[] {
  const ttl = valueAt(value, ttlOfCronJob);
  const deadline = ['spec', 'startingDeadlineSeconds'];
  return [
    ...(ttl === undefined
      ? []
      : [
          {
            path: ttlOfCronJob,
            value: ttl,
            message: {
              en: 'Its jobs vanish before the history that it should keep is full.',
              zh: '其 Job 会在达到应保留的历史数量之前消失。',
            },
          },
        ]),
    ...(typeof valueAt(value, deadline) === 'number'
      ? []
      : [
          {
            path: deadline,
            value: undefined,
            message: {
              en: 'It has no deadline, and stops for good after a hundred missed starts.',
              zh: '它没有截止期限，错过一百次启动后会彻底停止。',
            },
          },
        ]),
  ];
}
