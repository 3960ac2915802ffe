import { defineControl } from '../../model/control.ts';
import { listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { holdsWholePod } from './whole-pod.ts';

/** Annotations of pods that a program makes and takes away again: Helm, Argo CD, the kubelet from a file of its own. */
const hooks = ['helm.sh/hook', 'argocd.argoproj.io/hook', 'kubernetes.io/config.source', 'kubernetes.io/config.mirror'];

export const kubernetesNakedPod = defineControl({
  id: 'kubernetes-naked-pod',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Pods are made by a controller, not by themselves', zh: 'Pod 由控制器创建，而非单独创建' },
  why: {
    en: 'Nobody makes a bare pod again when its node is drained or dies. Nodes are then not drained for updates, or the service is gone afterwards.',
    zh: '节点被排空或失效后，裸 Pod 不会被重新创建。结果要么节点迟迟不能排空更新，要么服务从此消失。',
  },
  how: {
    en: 'A Pod has ownerReferences. Static pods of the control plane, tests and hooks of Helm and Argo CD, and pods that are meant to end by themselves (restartPolicy Never or OnFailure) are left out.',
    zh: 'Pod 应有 ownerReferences。控制面的静态 Pod、Helm 与 Argo CD 的测试和钩子，以及本就会自行结束的 Pod（restartPolicy 为 Never 或 OnFailure）不计。',
  },
  references: {
    aliases: ['k8s-naked-pod', 'C-0073'],
    links: ['https://kubernetes.io/docs/concepts/configuration/overview/'],
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
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) => object.group === '' && object.kind === 'Pod' && holdsWholePod(object),

  judge(object) {
    if (listIn(object.value.metadata, 'ownerReferences').length > 0) {
      return pass({ en: 'A controller made it.', zh: '由控制器创建。' });
    }
    if (isStaticOrHook(object) || endsByItself(object)) {
      return pass({ en: 'It is not meant to be kept running.', zh: '它不需要由控制器维持运行。' });
    }
    const message = { en: 'Nothing makes this pod again when it is gone.', zh: '该 Pod 消失后不会被重新创建。' };
    return [failAt(message, object.locate(['kind']), 'Pod')];
  },

  remedy() {
    return byHand({
      en: 'Make it the template of a Deployment, or of a Job where it ends by itself.',
      zh: '改写为 Deployment 的模板；若会自行结束，则改为 Job。',
    });
  },
});

function isStaticOrHook({ value }: KubernetesObject): boolean {
  const annotations = objectIn(value.metadata, 'annotations');
  return (
    objectIn(value.metadata, 'labels').tier === 'control-plane' ||
    hooks.some((hook) => Object.hasOwn(annotations, hook))
  );
}

function endsByItself({ value }: KubernetesObject): boolean {
  return ['Never', 'OnFailure'].includes(textIn(value.spec, 'restartPolicy') ?? '');
}
