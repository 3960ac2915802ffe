import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { hasUserNamespace, holdsStandardPod } from './pod-security-pod.ts';
import { notYet } from './pod-security-version.ts';
import { holdersIn, settingOf } from './security-context.ts';

export const kubernetesPssRunAsUser = defineControl({
  id: 'kubernetes-pss-run-as-user',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: no container is set to run as user 0',
    zh: 'Pod 安全标准：不将容器设为以用户 0 运行',
  },
  why: {
    en: 'With runAsUser 0 the container runs as root even where its image names another user.',
    zh: 'runAsUser 为 0 时，即使镜像指定了其他用户，容器也以 root 身份运行。',
  },
  how: {
    en: 'Restricted, from 1.23 on: runAsUser of the pod and of every container is absent or not 0. From 1.35 on a pod with hostUsers: false is let off.',
    zh: '受限级，自 1.23 版起：Pod 及每个容器的 runAsUser 须未设置或不为 0。自 1.35 版起，hostUsers 为 false 的 Pod 不受此限。',
  },
  references: {
    cisKubernetes: ['5.2.7'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: ['k8s-pss-run-as-user', 'KSV-0105'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsUser: 0
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
    runAsUser: 10001
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion: version }) {
    const relaxed = hasUserNamespace(object.pod, version);
    const breaches = holdersIn(relaxed ? undefined : object.pod)
      .filter((holder) => settingOf(holder, ['runAsUser']) === 0)
      .map(({ words, path }) => ({
        path: [...path, 'runAsUser'],
        value: 0,
        message: { en: `${words.en} is set to run as root.`, zh: `${words.zh} 被设为以 root 身份运行。` },
      }));
    return (
      notYet(version, 23) ??
      verdictsOn(breaches, object, {
        en: relaxed ? 'The pod has a user namespace of its own.' : 'Nothing sets its user to root.',
        zh: relaxed ? 'Pod 拥有独立的用户命名空间。' : '没有将其用户设为 root 的设置。',
      })
    );
  },

  remedy() {
    return byHand({
      en: 'Set runAsUser to a number other than 0 that may read and write what the program needs, or take it away if the image has a user of its own.',
      zh: '将 runAsUser 设为能够读写程序所需文件的非 0 编号；若镜像自带用户，则去掉它。',
    });
  },
});
