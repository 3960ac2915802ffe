import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { probedContainers, probeOf, servesOn } from './pod-probe.ts';
import { containerWords } from './security-context.ts';

export const kubernetesLiveness = defineControl({
  id: 'kubernetes-liveness',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Containers that hang are restarted', zh: '挂起的容器会被重启' },
  why: {
    en: 'A program that hangs without ending counts as healthy for ever. A liveness probe restarts it; one that asks too much restarts healthy programs too, so that this is a remark and not a fault.',
    zh: '程序挂起而不退出时，会一直被视为健康。存活探针可使其重启；但要求过高的探针也会重启健康的程序，因此这只是提示，并非缺陷。',
  },
  how: {
    en: 'Every container has a livenessProbe that asks something. Init, sidecar and ephemeral containers are not asked, nor pods that end by themselves: those of Jobs and CronJobs, and with a restartPolicy other than Always.',
    zh: '每个容器都有实际执行检查的 livenessProbe。init 容器、sidecar、临时容器不作判断，会自行结束的 Pod 也不作判断：包括 Job、CronJob 的 Pod，以及 restartPolicy 不为 Always 的 Pod。',
  },
  references: {
    aliases: ['k8s-liveness', 'CKV_K8S_8', 'C-0056', 'kube-linter:no-liveness-probe'],
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
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      livenessProbe:
        tcpSocket: { port: 8080 }
`,
  },
  appliesTo: servesOn,

  judge(object) {
    const breaches = probedContainers(object)
      .filter((entry) => !probeOf(entry, 'livenessProbe'))
      .map((entry) => {
        const words = containerWords(entry);
        return {
          path: [...entry.path, 'livenessProbe'],
          value: entry.value.livenessProbe,
          message: { en: `${words.en} has no liveness probe.`, zh: `${words.zh} 没有存活探针。` },
        };
      });
    return verdictsOn(breaches, object, {
      en: 'Each of its containers has a liveness probe.',
      zh: '其每个容器都有存活探针。',
    });
  },

  remedy() {
    return byHand({
      en: 'Let a liveness probe ask whether the program still answers at all, never whether its database does, and give a slow start a startup probe.',
      zh: '让存活探针只检查程序是否仍有响应，切勿检查数据库等依赖；启动较慢的程序再加上启动探针。',
    });
  },
});
