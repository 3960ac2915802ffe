import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { annotationsOf, holdsStandardPod } from './pod-security-pod.ts';
import { holdersIn, settingOf } from './security-context.ts';

export const kubernetesPssApparmor = defineControl({
  id: 'kubernetes-pss-apparmor',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: AppArmor is not switched off',
    zh: 'Pod 安全标准：不关闭 AppArmor',
  },
  why: {
    en: 'The AppArmor profile forbids what capabilities and namespaces do not cover: mounts, writing to /proc and /sys, tracing processes outside of the container.',
    zh: 'AppArmor 配置文件禁止了 capability 和命名空间未能覆盖的操作：挂载、写入 /proc 和 /sys、跟踪容器之外的进程。',
  },
  how: {
    en: 'Baseline, every version: appArmorProfile of the pod and of every container has the type RuntimeDefault or Localhost where it is set, and every annotation container.apparmor.security.beta.kubernetes.io/… of the pod is runtime/default, localhost/… or empty.',
    zh: '基线级，所有版本：Pod 及每个容器的 appArmorProfile 若已设置，类型须为 RuntimeDefault 或 Localhost；Pod 的每个 container.apparmor.security.beta.kubernetes.io/… 注解须为 runtime/default、localhost/… 或空。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-apparmor', 'KSV-0002'],
    links: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tutorials/security/apparmor/',
    ],
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
      securityContext:
        appArmorProfile:
          type: Unconfined
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      securityContext:
        appArmorProfile:
          type: RuntimeDefault
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn([...profileBreaches(object.pod), ...annotationBreaches(object.pod)], object, {
      en: 'Nothing switches AppArmor off.',
      zh: '没有关闭 AppArmor 的设置。',
    });
  },

  remedy({ pod }) {
    // Without a profile of its own a container gets the runtime's, on nodes that have AppArmor.
    const profiles = profileBreaches(pod).map(({ path }) => ({ path: path.slice(0, -1) }));
    const annotations = annotationBreaches(pod).map(({ path }) => ({ path }));
    return changeObject([...profiles, ...annotations], {
      en: "Take the profile away: the runtime's own applies then. For a service that needs more, load a profile of its own on the nodes.",
      zh: '去掉该配置文件设置，此时采用运行时自带的配置文件。服务若需要更多权限，请在节点上加载其专用的配置文件。',
    });
  },
});

function profileBreaches(pod: PodTemplate | undefined): Breach[] {
  return holdersIn(pod).flatMap((holder): Breach[] => {
    if (settingOf(holder, ['appArmorProfile']) === undefined) return [];
    const type = settingOf(holder, ['appArmorProfile', 'type']);
    if (type === 'RuntimeDefault' || type === 'Localhost') return [];
    const message = {
      en: `${holder.words.en} does not leave an AppArmor profile on.`,
      zh: `${holder.words.zh} 没有保留 AppArmor 配置文件。`,
    };
    return [{ path: [...holder.path, 'appArmorProfile', 'type'], value: type, message }];
  });
}

const prefix = 'container.apparmor.security.beta.kubernetes.io/';

function annotationBreaches(pod: PodTemplate | undefined): Breach[] {
  if (!pod) return [];
  return Object.entries(annotationsOf(pod)).flatMap(([key, value]): Breach[] => {
    if (!key.startsWith(prefix) || isAllowed(value ?? '')) return [];
    const name = key.slice(prefix.length);
    const message = {
      en: `The annotation for the container ${name} does not leave an AppArmor profile on.`,
      zh: `容器 ${name} 的注解没有保留 AppArmor 配置文件。`,
    };
    return [{ path: [...pod.path, 'metadata', 'annotations', key], value, message }];
  });
}

function isAllowed(profile: unknown): boolean {
  if (typeof profile !== 'string') return false;
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}
