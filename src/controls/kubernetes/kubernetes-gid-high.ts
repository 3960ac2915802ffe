import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { pass } from '../../model/verdict.ts';
import { effectiveSettings } from './effective-setting.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsLinuxPod } from './workload-pod.ts';

export const kubernetesGidHigh = defineControl({
  id: 'kubernetes-gid-high',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Containers run in a group whose number the node does not use',
    zh: '容器以节点未使用的组编号运行',
  },
  why: {
    en: 'Low numbers belong to groups of the node, such as docker, disk or shadow. A process that breaks out with one of them may open what is kept for that group.',
    zh: '小编号属于节点上的组，例如 docker、disk、shadow。以这类编号运行的进程一旦逃逸，就能打开仅供该组使用的文件。',
  },
  how: {
    en: 'runAsGroup in force for every container, its own before that of the pod, is greater than the parameter. A container that sets none leaves it to its image, and fails. A pod with hostUsers: false has numbers of its own and passes.',
    zh: '每个容器实际生效的 runAsGroup（容器自身的设置优先于 Pod 的设置）须大于参数值。两处都未设置时由镜像决定，判为未通过。hostUsers 为 false 的 Pod 有自己的编号空间，判为通过。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-gid-high', 'KSV-0021'],
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
    runAsGroup: 1000
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
    runAsGroup: 10001
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
    const breaches = effectiveSettings(object.pod, 'runAsGroup')
      .filter(({ value }) => !(typeof value === 'number' && value > above))
      .map(({ value, path, words }) => ({
        path,
        value,
        message:
          value === undefined
            ? { en: `${words.en} sets no runAsGroup.`, zh: `${words.zh} 未设置 runAsGroup。` }
            : {
                en: `${words.en} runs in group ${JSON.stringify(value)}, which may be one of the node.`,
                zh: `${words.zh} 以组 ${JSON.stringify(value)} 运行，节点上可能存在该组。`,
              },
      }));
    return verdictsOn(breaches, object, {
      en: `Its containers run in groups above ${above}.`,
      zh: `其容器均以大于 ${above} 的组编号运行。`,
    });
  },

  remedy(_object, { parameters: { above } }) {
    return byHand({
      en: `Set runAsGroup to a number above ${above}, together with runAsUser, and see that the files of the image can be read by them. Or set hostUsers: false.`,
      zh: `将 runAsGroup 设为大于 ${above} 的编号，并同时设置 runAsUser，请确认它们能读取镜像中的文件。也可设置 hostUsers: false。`,
    });
  },
});
