import { defineControl } from '../../model/control.ts';
import { type KubernetesVersion, podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { changeObject, type FieldChange } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { annotationsOf, holdsStandardPod } from './pod-security-pod.ts';
import { runtimeDefault, worthOfSeccomp } from './pod-security-seccomp.ts';
import { since } from './pod-security-version.ts';
import { type Holder, holdersIn, settingOf } from './security-context.ts';

export const kubernetesPssSeccompBaseline = defineControl({
  id: 'kubernetes-pss-seccomp-baseline',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Pod Security Standards: seccomp is not switched off',
    zh: 'Pod 安全标准：不关闭 seccomp',
  },
  why: {
    en: 'The default profile blocks system calls that services do not need and that attacks on the kernel begin with. Without it every call of the kernel can be attacked.',
    zh: '默认配置文件禁止了一批服务用不到、却常被用来攻击内核的系统调用。没有它，内核的每个系统调用都可能遭到攻击。',
  },
  how: {
    en: 'Baseline. From 1.19 on: seccompProfile of the pod and of every container has the type RuntimeDefault or Localhost where it is set. Before: the annotations seccomp.security.alpha.kubernetes.io/pod and container.seccomp.security.alpha.kubernetes.io/… of its containers are runtime/default, docker/default or localhost/… where they are set.',
    zh: '基线级。自 1.19 版起：Pod 及每个容器的 seccompProfile 若已设置，类型须为 RuntimeDefault 或 Localhost。此前：seccomp.security.alpha.kubernetes.io/pod 注解及各容器的 container.seccomp.security.alpha.kubernetes.io/… 注解若已设置，须为 runtime/default、docker/default 或 localhost/…。',
  },
  references: {
    cisKubernetes: ['5.6.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-seccomp-baseline', 'KSV-0104'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    seccompProfile:
      type: Unconfined
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
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion }) {
    return verdictsOn(breachesIn(object.pod, kubernetesVersion), object, {
      en: 'Nothing switches seccomp off.',
      zh: '没有关闭 seccomp 的设置。',
    });
  },

  remedy({ pod }, { kubernetesVersion }) {
    const fields: FieldChange[] = since(kubernetesVersion, 19)
      ? unconfined(pod).flatMap(runtimeDefault)
      : annotationBreaches(pod).map(({ path }) => ({ path, value: 'runtime/default' }));
    return changeObject(fields, {
      en: "Use the runtime's profile; if it forbids a call that the service needs, allow that call in a profile of its own.",
      zh: '使用运行时的配置文件；若它禁止了服务所需的某个系统调用，请使用自定义配置文件单独放行。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined, version: KubernetesVersion | undefined): Breach[] {
  if (!since(version, 19)) return annotationBreaches(pod);
  return unconfined(pod).map((holder) => ({
    path: [...holder.path, 'seccompProfile', 'type'],
    value: settingOf(holder, ['seccompProfile', 'type']),
    message: {
      en: `${holder.words.en} does not leave a seccomp profile on.`,
      zh: `${holder.words.zh} 没有保留 seccomp 配置文件。`,
    },
  }));
}

function unconfined(pod: PodTemplate | undefined): Holder[] {
  return holdersIn(pod).filter((holder) => worthOfSeccomp(holder) === 'bad');
}

/** Annotations for containers that the pod does not have mean nothing. */
function annotationBreaches(pod: PodTemplate | undefined): Breach[] {
  if (!pod) return [];
  const annotations = annotationsOf(pod);
  const keys = new Set([
    'seccomp.security.alpha.kubernetes.io/pod',
    ...podContainers(pod).map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`),
  ]);
  return [...keys].flatMap((key): Breach[] => {
    if (!Object.hasOwn(annotations, key)) return [];
    const value = annotations[key];
    if (value === 'runtime/default' || value === 'docker/default') return [];
    if (typeof value === 'string' && value.startsWith('localhost/')) return [];
    const message = {
      en: `The annotation ${key} does not leave a seccomp profile on.`,
      zh: `注解 ${key} 没有保留 seccomp 配置文件。`,
    };
    return [{ path: [...pod.path, 'metadata', 'annotations', key], value, message }];
  });
}
