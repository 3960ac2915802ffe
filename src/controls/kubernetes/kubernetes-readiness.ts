import { defineControl } from '../../model/control.ts';
import { listIn } from '../../model/json.ts';
import type { PodContainerEntry } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { patienceOf, probedContainers, probeOf, questionOf, servesOn } from './pod-probe.ts';
import { containerWords } from './security-context.ts';

export const kubernetesReadiness = defineControl({
  id: 'kubernetes-readiness',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Containers say when they are ready, and are not restarted for being busy',
    zh: '容器声明何时就绪，且不会因繁忙而被重启',
  },
  why: {
    en: 'Without a readiness probe a rolling update sends requests to programs that have not started yet, and takes a broken version for a good one. A liveness probe that asks the same and waits no longer kills what should only have been spared.',
    zh: '没有就绪探针时，滚动更新会把请求发给尚未启动的程序，还会把有问题的版本当作正常版本。若存活探针检查相同内容且等待时间不更长，就会杀死本应只是暂停接收流量的程序。',
  },
  how: {
    en: 'Every container that declares ports has a readinessProbe that asks something; a livenessProbe that asks the very same waits for longer, by periodSeconds times failureThreshold. Init, sidecar and ephemeral containers are not asked, nor pods that end by themselves: those of Jobs and CronJobs, and with a restartPolicy other than Always.',
    zh: '每个声明了端口的容器都有实际执行检查的 readinessProbe；若 livenessProbe 检查完全相同的内容，其等待时间（periodSeconds 乘以 failureThreshold）须更长。init 容器、sidecar、临时容器不作判断，会自行结束的 Pod 也不作判断：包括 Job、CronJob 的 Pod，以及 restartPolicy 不为 Always 的 Pod。',
  },
  references: {
    aliases: ['k8s-readiness', 'CKV_K8S_9', 'C-0018', 'kube-linter:no-readiness-probe'],
    links: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      ports:
        - containerPort: 8080
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      ports:
        - containerPort: 8080
      readinessProbe:
        httpGet: { path: /ready, port: 8080 }
`,
  },
  appliesTo: servesOn,

  judge(object) {
    return verdictsOn(probedContainers(object).flatMap(breachesOf), object, {
      en: 'Each of its containers has a readiness probe of its own.',
      zh: '其每个容器都有独立的就绪探针。',
    });
  },

  remedy() {
    return byHand({
      en: 'Let a readiness probe ask whether the program can serve a request now, and let the liveness probe wait longer, by a higher failureThreshold, before it restarts.',
      zh: '让就绪探针检查程序此刻能否处理请求，并通过更高的 failureThreshold 让存活探针等待更久再重启。',
    });
  },
});

function breachesOf(entry: PodContainerEntry): Breach[] {
  const words = containerWords(entry);
  const ready = probeOf(entry, 'readinessProbe');
  if (!ready) {
    // What takes no requests need not say when it can.
    if (listIn(entry.value, 'ports').length === 0) return [];
    return [
      {
        path: [...entry.path, 'readinessProbe'],
        value: entry.value.readinessProbe,
        message: { en: `${words.en} has no readiness probe.`, zh: `${words.zh} 没有就绪探针。` },
      },
    ];
  }
  const alive = probeOf(entry, 'livenessProbe');
  if (!alive || questionOf(alive) !== questionOf(ready) || patienceOf(alive) > patienceOf(ready)) return [];
  return [
    {
      path: [...entry.path, 'livenessProbe'],
      value: patienceOf(alive),
      message: {
        en: `The liveness probe of ${words.en.replace(/^The/, 'the')} asks the same as its readiness probe and waits no longer.`,
        zh: `${words.zh} 的存活探针与就绪探针检查内容相同，且等待时间并不更长。`,
      },
    },
  ];
}
