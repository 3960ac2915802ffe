import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';

export const kubernetesDefaultNamespace = defineControl({
  id: 'kubernetes-default-namespace',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Nothing runs in the namespace default', zh: 'default 命名空间中不运行任何工作负载' },
  why: {
    en: 'What is put into default lies beside everything else that nobody assigned a place: rights, network policies and quotas of a namespace cannot tell these programs apart.',
    zh: '放在 default 中的程序与所有未指定归属的东西混在一起：按命名空间划分的权限、网络策略和配额无法将其区分。',
  },
  how: {
    en: 'metadata.namespace of an object that runs pods, or of a Service, is not default. Where no namespace is written, whoever applies the file chooses it, and nothing is asked. The Service of the API itself is left out.',
    zh: '运行 Pod 的对象或 Service 的 metadata.namespace 不为 default。未写明命名空间时由应用者决定，不作判断。API 自身的 Service 不计。',
  },
  references: {
    cisKubernetes: ['5.6.1', '5.6.4'],
    nist800190: ['4.3.3'],
    aliases: [
      'k8s-default-namespace',
      'KSV-0110',
      'C-0061',
      'C-0209',
      'C-0212',
      'CKV_K8S_21',
      'kube-linter:use-namespace',
    ],
    links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
spec:
  ports:
    - port: 80
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  ports:
    - port: 80
`,
  },

  appliesTo(object) {
    return object.namespace !== undefined && (object.pod !== undefined || isService(object));
  },

  judge(object) {
    const { namespace = '' } = object;
    const breach = {
      path: ['metadata', 'namespace'],
      value: namespace,
      message: { en: 'It goes into the namespace default.', zh: '它被放入 default 命名空间。' },
    };
    return verdictsOn(namespace === 'default' ? [breach] : [], object, {
      en: `It goes into the namespace ${namespace}.`,
      zh: `它被放入 ${namespace} 命名空间。`,
    });
  },

  remedy() {
    return byHand({
      en: 'Make a namespace for what belongs together, and name it here and in everything that refers to this object.',
      zh: '为同属一处的对象创建命名空间，并在此处及所有引用该对象的地方写明。',
    });
  },
});

function isService({ group, kind, name }: KubernetesObject): boolean {
  return group === '' && kind === 'Service' && name !== 'kubernetes';
}
