import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { bindingsIn, gives } from './rbac-binding.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const changing = ['update', 'patch', 'delete', 'deletecollection'];

/** ConfigMaps of kube-system that decide who is who, where names lead, or how nodes are set up. */
const sensitive = ['aws-auth', 'coredns', 'coredns-custom', 'kube-proxy', 'kubeadm-config', 'kubelet-config'];

const permission: Permission = { groups: [''], resource: 'configmaps', verbs: changing, evenNamed: sensitive };

export const kubernetesRbacConfigmaps = defineControl({
  id: 'kubernetes-rbac-configmaps',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Roles change no ConfigMaps of the cluster itself',
    zh: '角色不得更改集群自身的 ConfigMap',
  },
  why: {
    en: 'ConfigMaps in kube-system run the cluster: aws-auth says who is an administrator, coredns where every name leads.',
    zh: 'kube-system 中的 ConfigMap 支配着集群：aws-auth 决定谁是管理员，coredns 决定每个域名解析到哪里。',
  },
  how: {
    en: 'Looks for rules that allow update, patch, delete or deletecollection on configmaps in kube-system: those of Roles there, of ClusterRoles that the same files bind cluster-wide, and of ClusterRoles that name such a ConfigMap in resourceNames. A rule that names others passes.',
    zh: '查找能在 kube-system 中对 configmaps 执行 update、patch、delete、deletecollection 的规则：该命名空间的 Role、同批文件中经 ClusterRoleBinding 绑定的 ClusterRole，以及用 resourceNames 点名此类 ConfigMap 的 ClusterRole。只点名其他 ConfigMap 的规则予以通过。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-configmaps', 'KSV-0049', 'KSV-0115', 'C-0037'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-operator
  namespace: kube-system
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, update]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-operator
  namespace: kube-system
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [shop-operator-lock]
    verbs: [get, update]
`,
  },
  appliesTo: (object) => isOwnRole(object) && (object.kind === 'ClusterRole' || object.namespace === 'kube-system'),

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions: permissionsAskedOf(role),
      at: 'resources',
      allowed,
      good: {
        en: 'It changes no ConfigMap of the cluster itself.',
        zh: '不更改集群自身的 ConfigMap。',
      },
    });
  },

  remedy() {
    return byHand({
      en: "Name the program's own ConfigMaps in resourceNames, or give it a Role in its own namespace.",
      zh: '用 resourceNames 点名程序自己的 ConfigMap，或在其自身命名空间中授予 Role。',
    });
  },
});

/** A ClusterRole that is only given in namespaces never reaches kube-system, and one without names may be meant so. */
function permissionsAskedOf(role: KubernetesObject): readonly Permission[] {
  const isEverywhere = bindingsIn(role.set).some((each) => each.kind === 'ClusterRoleBinding' && gives(each, role));
  return [{ ...permission, onlyNamed: role.kind === 'ClusterRole' && !isEverywhere }];
}
