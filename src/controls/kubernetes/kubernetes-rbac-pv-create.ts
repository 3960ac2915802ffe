import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [{ groups: [''], resource: 'persistentvolumes', verbs: ['create'] }];

export const kubernetesRbacPvCreate = defineControl({
  id: 'kubernetes-rbac-pv-create',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Roles create no persistent volumes without need', zh: '角色不得随意创建持久卷' },
  why: {
    en: 'A persistent volume can be a folder of the node: with a claim on it, a pod mounts what admission would refuse as hostPath.',
    zh: '持久卷可以是节点上的目录：Pod 通过 PVC 即可挂载本会被准入控制拒绝的 hostPath。',
  },
  how: {
    en: 'Looks for rules that allow create on persistentvolumes. Provisioners need it: put their roles on the list of allowed ones.',
    zh: '查找对 persistentvolumes 允许 create 的规则。供给器（provisioner）需要此权限：请将其角色列入许可清单。',
  },
  references: {
    cisKubernetes: ['5.1.9'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-pv-create', 'C-0278'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [persistentvolumes]
    verbs: [get, create]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [persistentvolumeclaims]
    verbs: [get, create]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It creates no persistent volumes.', zh: '不创建持久卷。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Let a provisioner make the volumes, and give people the right to claims only.',
      zh: '由供给器创建卷，只授予用户操作 PVC 的权限。',
    });
  },
});
