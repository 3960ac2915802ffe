import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { pass } from '../../model/verdict.ts';
import { effectiveSettings } from './effective-setting.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsLinuxPod } from './workload-pod.ts';

export const kubernetesUidHigh = defineControl({
  id: 'kubernetes-uid-high',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Containers run as a user whose number the node does not use',
    zh: '容器以节点未使用的用户编号运行',
  },
  why: {
    en: 'Without a user namespace a number means the same user inside the container and on the node. A process that breaks out with a low number owns whatever that account of the node owns.',
    zh: '没有用户命名空间时，同一编号在容器内和节点上指的是同一用户。以小编号运行的进程一旦逃逸，便拥有节点上该账户的一切。',
  },
  how: {
    en: 'runAsUser in force for every container, its own before that of the pod, is greater than the parameter. A container that sets none leaves it to its image, and fails. A pod with hostUsers: false has numbers of its own and passes.',
    zh: '每个容器实际生效的 runAsUser（容器自身的设置优先于 Pod 的设置）须大于参数值。两处都未设置时由镜像决定，判为未通过。hostUsers 为 false 的 Pod 有自己的编号空间，判为通过。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-uid-high', 'KSV-0020', 'CKV_K8S_40'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  parameters: {
    above: {
      default: 10000,
      description: { en: 'The number must be greater than this.', zh: '编号须大于此值。' },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsUser: 1000
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
  appliesTo: holdsLinuxPod,

  judge(object, { parameters: { above } }) {
    if (object.pod?.spec.hostUsers === false) {
      return pass({ en: 'The pod has a user namespace of its own.', zh: 'Pod 拥有独立的用户命名空间。' });
    }
    const breaches = effectiveSettings(object.pod, 'runAsUser')
      .filter(({ value }) => !(typeof value === 'number' && value > above))
      .map(({ value, path, words }) => ({
        path,
        value,
        message:
          value === undefined
            ? { en: `${words.en} sets no runAsUser.`, zh: `${words.zh} 未设置 runAsUser。` }
            : {
                en: `${words.en} runs as user ${JSON.stringify(value)}, which may be one of the node.`,
                zh: `${words.zh} 以用户 ${JSON.stringify(value)} 运行，节点上可能存在该用户。`,
              },
      }));
    return verdictsOn(breaches, object, {
      en: `Its containers run as users above ${above}.`,
      zh: `其容器均以大于 ${above} 的用户编号运行。`,
    });
  },

  remedy(_object, { parameters: { above } }) {
    return byHand({
      en: `Set runAsUser to a number above ${above}, and fsGroup where it writes to volumes. See that the files of the image can be read by that user. Or set hostUsers: false.`,
      zh: `将 runAsUser 设为大于 ${above} 的编号；若要写入卷，再设置 fsGroup。请确认该用户能读取镜像中的文件。也可设置 hostUsers: false。`,
    });
  },
});
