import { defineControl } from '../../model/control.ts';
import { isObject, listIn, textIn, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { verdictsOn } from './pod-security-breach.ts';

const fields: Readonly<Record<string, string>> = {
  Deployment: 'strategy',
  DaemonSet: 'updateStrategy',
  StatefulSet: 'updateStrategy',
};

export const kubernetesRollingUpdate = defineControl({
  id: 'kubernetes-rolling-update',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'New versions replace pods one after the other', zh: '新版本逐个替换 Pod' },
  why: {
    en: 'Recreate stops every pod before the first new one starts, so that each security update is an outage and waits for a quiet hour. With OnDelete the old version runs on until somebody deletes its pods.',
    zh: 'Recreate 会先停掉所有 Pod 再启动新的，每次安全更新都意味着中断，只能等到空闲时段。OnDelete 则让旧版本一直运行，直到有人删除其 Pod。',
  },
  how: {
    en: 'strategy.type of a Deployment and updateStrategy.type of a StatefulSet or DaemonSet are RollingUpdate, which they are unless another one is written. A Deployment of at most one pod with a persistent volume is not asked: two pods may not be able to mount it.',
    zh: 'Deployment 的 strategy.type 以及 StatefulSet、DaemonSet 的 updateStrategy.type 为 RollingUpdate；未写明时默认即是。至多一个 Pod 且使用持久卷的 Deployment 不作判断：两个 Pod 可能无法同时挂载该卷。',
  },
  references: {
    aliases: ['k8s-rolling-update', 'C-0305', 'kube-linter:no-rolling-update-strategy'],
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
  },
  counterexample: {
    bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: Recreate
`,
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: RollingUpdate
`,
  },
  appliesTo: ({ group, kind }) => group === 'apps' && Object.hasOwn(fields, kind),

  judge(object) {
    const path = ['spec', fields[object.kind] ?? 'strategy', 'type'];
    const value = valueAt(object.value, path) ?? 'RollingUpdate';
    if (value === 'Recreate' && isAloneWithVolume(object)) {
      return notApplicable({
        en: 'Two of its pods may not be able to mount its volume.',
        zh: '其两个 Pod 可能无法同时挂载该卷。',
      });
    }
    const message = {
      en: `Its update strategy is ${JSON.stringify(value)}.`,
      zh: `其更新策略为 ${JSON.stringify(value)}。`,
    };
    return verdictsOn(value === 'RollingUpdate' ? [] : [{ path, value, message }], object, {
      en: 'Its pods are replaced one after the other.',
      zh: '其 Pod 会被逐个替换。',
    });
  },

  remedy() {
    return byHand({
      en: 'Use RollingUpdate, once two versions of the program can run side by side.',
      zh: '在程序的两个版本可以并存之后，改用 RollingUpdate。',
    });
  },
});

function isAloneWithVolume({ value, pod }: KubernetesObject): boolean {
  const replicas = valueAt(value, ['spec', 'replicas']) ?? 1;
  return (
    typeof replicas === 'number' &&
    replicas <= 1 &&
    listIn(pod?.spec, 'volumes').some(
      (volume) => isObject(volume) && textIn(volume.persistentVolumeClaim, 'claimName') !== undefined,
    )
  );
}
