import { defineControl } from '../../model/control.ts';
import { textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { accountNameOf, accountsBoundBy, bindingsOf, type BoundAccount, isRoleBinding } from './service-account.ts';
import { mayShareNamespace } from './set-index.ts';
import { holdsWholePod } from './whole-pod.ts';

export const kubernetesDefaultSaUsed = defineControl({
  id: 'kubernetes-default-sa-used',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'The default service account of a namespace has no rights',
    zh: '命名空间的 default 服务账户没有任何权限',
  },
  why: {
    en: 'Every pod that names no account runs under the default one. Rights that one program needs are then rights of every program in the namespace, those of tomorrow included.',
    zh: '未指定账户的 Pod 都使用 default 账户。为某个程序授予的权限，命名空间中所有程序都会得到，包括以后部署的程序。',
  },
  how: {
    en: 'A pod under the default account fails where a RoleBinding or ClusterRoleBinding that was read together with it names that account. A binding that names it fails where no such pod was read.',
    zh: '若一并读取的 RoleBinding 或 ClusterRoleBinding 指向 default 账户，使用该账户的 Pod 判为未通过；未读到此类 Pod 时，由绑定本身判为未通过。',
  },
  references: {
    cisKubernetes: ['5.1.5'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-default-sa-used', 'C-0189', 'CKV_K8S_41', 'CKV_K8S_42', 'kube-linter:default-service-account'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name: default
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name: web
`,
  },
  appliesTo: (object) => usesDefault(object) || isRoleBinding(object),

  judge(object) {
    const breaches = object.pod ? breachesOfPod(object) : breachesOfBinding(object);
    return verdictsOn(
      breaches,
      object,
      object.pod
        ? { en: 'No binding that was read names its account.', zh: '所读的绑定均未指向其账户。' }
        : { en: 'It gives no rights to a default account.', zh: '它未向 default 账户授予权限。' },
    );
  },

  remedy() {
    return byHand({
      en: 'Make a service account for the program, bind the role to that one, and name it in serviceAccountName.',
      zh: '为该程序创建专用服务账户，把角色绑定到该账户，并在 serviceAccountName 中指定。',
    });
  },
});

function usesDefault(object: KubernetesObject): boolean {
  return object.pod !== undefined && holdsWholePod(object) && accountNameOf(object.pod) === 'default';
}

function breachesOfPod(object: KubernetesObject): Breach[] {
  const [bound] = bindingsOf(object, 'default');
  if (!bound || !object.pod) return [];
  const { kind, name } = bound.binding;
  return [
    {
      path: [...object.pod.path, 'spec', 'serviceAccountName'],
      value: textIn(object.pod.spec, 'serviceAccountName'),
      message: {
        en: `It runs under the default account, to which the ${kind} ${name} gives rights.`,
        zh: `它使用 default 账户，而 ${kind} ${name} 向该账户授予了权限。`,
      },
    },
  ];
}

function breachesOfBinding(object: KubernetesObject): Breach[] {
  return accountsBoundBy(object)
    .filter((bound) => bound.name === 'default' && !isUsed(bound))
    .map(({ path, namespace }) => ({
      path,
      value: 'default',
      message: {
        en: `It gives rights to the default account${namespace === undefined ? '' : ` of ${namespace}`}.`,
        zh: `它向${namespace === undefined ? '' : ` ${namespace} 的`} default 账户授予权限。`,
      },
    }));
}

/** Whether a pod was read that fails for it already. */
function isUsed(bound: BoundAccount): boolean {
  return bound.binding.set.objects.some((each) => usesDefault(each) && mayShareNamespace(each, bound));
}
