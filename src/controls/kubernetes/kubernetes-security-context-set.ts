import { defineControl } from '../../model/control.ts';
import { objectIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod, wholeContainers } from './workload-pod.ts';

export const kubernetesSecurityContextSet = defineControl({
  id: 'kubernetes-security-context-set',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Every container has a security context', zh: '每个容器都设有安全上下文' },
  why: {
    en: 'Without one nobody has decided which user, which capabilities and which filter the container gets: the defaults of the image and of the runtime hold, and they are made to fit everything.',
    zh: '没有安全上下文，就意味着没有人决定容器使用哪个用户、哪些 capability 和哪种过滤器：生效的是镜像和运行时为兼容一切而设的默认值。',
  },
  how: {
    en: 'The securityContext of every container, or that of its pod, has at least one field. Which values are good is asked field by field by other controls.',
    zh: '每个容器自身或其所在 Pod 的 securityContext 至少含有一个字段。各字段的取值由其他控制项逐一判断。',
  },
  references: {
    cisKubernetes: ['5.6.3'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-security-context-set', 'KSV-0118', 'C-0211', 'CKV_K8S_29', 'CKV_K8S_30'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
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
  securityContext:
    runAsNonRoot: true
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    const { pod } = object;
    const containers = pod && isEmpty(pod.spec) ? wholeContainers(pod).filter(({ value }) => isEmpty(value)) : [];
    const breaches = containers.map((entry) => {
      const words = containerWords(entry);
      return {
        path: [...entry.path, 'securityContext'],
        value: entry.value.securityContext,
        message: { en: `${words.en} has no security context.`, zh: `${words.zh} 未设置安全上下文。` },
      };
    });
    return verdictsOn(breaches, object, {
      en: 'Each of its containers has a security context.',
      zh: '其每个容器都设有安全上下文。',
    });
  },

  remedy() {
    return byHand({
      en: 'Begin with runAsNonRoot: true and seccompProfile RuntimeDefault for the pod, and with allowPrivilegeEscalation: false, readOnlyRootFilesystem: true and capabilities.drop [ALL] for each container; give back what the program turns out to need.',
      zh: '先为 Pod 设置 runAsNonRoot: true 和 RuntimeDefault 类型的 seccompProfile，再为每个容器设置 allowPrivilegeEscalation: false、readOnlyRootFilesystem: true 和 capabilities.drop [ALL]，然后按程序的实际需要逐项放开。',
    });
  },
});

function isEmpty(holder: Parameters<typeof objectIn>[0]): boolean {
  return Object.values(objectIn(holder, 'securityContext')).every((value) => value === null || value === undefined);
}
