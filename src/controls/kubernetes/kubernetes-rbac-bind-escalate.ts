import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const groups = ['rbac.authorization.k8s.io'];

const permissions: readonly Permission[] = [
  ...['roles', 'clusterroles'].map((resource) => ({
    groups,
    resource,
    verbs: ['bind', 'escalate'],
    evenNamed: ['cluster-admin', 'admin', 'edit'],
  })),
  ...['rolebindings', 'clusterrolebindings'].map((resource) => ({
    groups,
    resource,
    verbs: ['create', 'update', 'patch'],
  })),
];

export const kubernetesRbacBindEscalate = defineControl({
  id: 'kubernetes-rbac-bind-escalate',
  subject: 'kubernetes-object',
  severity: severityByReach('critical', 'high'),
  title: { en: 'Roles give themselves no further rights', zh: '角色不得为自己扩权' },
  why: {
    en: 'The cluster lets nobody hand out more rights than he has himself, but for the verbs bind and escalate, which are made to lift this. Whoever creates bindings passes on all that he has.',
    zh: '集群不允许任何人授予超出自身的权限，而 bind 与 escalate 正是用来解除此限制的。能创建绑定的人可以转授自己的全部权限。',
  },
  how: {
    en: 'Looks for rules that allow bind or escalate on roles or clusterroles, or create, update or patch on rolebindings or clusterrolebindings. Rules that name the roles that may be bound are left alone, unless cluster-admin, admin or edit is among them.',
    zh: '查找对 roles、clusterroles 允许 bind 或 escalate，或对 rolebindings、clusterrolebindings 允许 create、update、patch 的规则。点名可绑定角色的规则不受限制，除非其中有 cluster-admin、admin 或 edit。',
  },
  references: {
    cisKubernetes: ['5.1.8'],
    nist800190: ['4.3.1'],
    aliases: [
      'k8s-rbac-bind-escalate',
      'KSV-0050',
      'KSV-0051',
      'KSV-0052',
      'KSV-0055',
      'CKV_K8S_157',
      'CKV_K8S_158',
      'CKV2_K8S_1',
      'C-0191',
    ],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get, escalate]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It cannot hand out rights.', zh: '无法授予权限。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Take bind, escalate and the writing of bindings away, or name in resourceNames the roles that may be bound.',
      zh: '去掉 bind、escalate 与对绑定的写权限，或用 resourceNames 点名可绑定的角色。',
    });
  },
});
