import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = ['users', 'groups', 'serviceaccounts'].map((resource) => ({
  groups: ['', 'authentication.k8s.io'],
  resource,
  verbs: ['impersonate'],
  evenNamed: ['system:masters'],
}));

export const kubernetesRbacImpersonate = defineControl({
  id: 'kubernetes-rbac-impersonate',
  subject: 'kubernetes-object',
  severity: severityByReach('critical', 'high'),
  title: { en: 'Roles impersonate nobody', zh: '角色不得冒充他人' },
  why: {
    en: 'Whoever may impersonate users, groups or service accounts has all of their rights: with the group system:masters, every right there is.',
    zh: '能冒充用户、用户组或服务账号的人拥有他们的全部权限：冒充 system:masters 组则拥有一切权限。',
  },
  how: {
    en: 'Looks for rules that allow impersonate, or every verb, on users, groups or serviceaccounts. Rules that name whom they impersonate are left alone, unless that is system:masters.',
    zh: '查找对 users、groups、serviceaccounts 允许 impersonate 或所有操作的规则。点名冒充对象的规则不受限制，除非对象是 system:masters。',
  },
  references: {
    cisKubernetes: ['5.1.8'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-impersonate', 'KSV-0043', 'C-0065', 'CKV2_K8S_3'],
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
    resources: [users, groups]
    verbs: [impersonate]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [users]
    resourceNames: [deployer]
    verbs: [impersonate]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'verbs',
      allowed,
      good: { en: 'It impersonates nobody, or only those whom it names.', zh: '不冒充他人，或仅限其点名的对象。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Take impersonate away, or name in resourceNames whom the role may stand for.',
      zh: '去掉 impersonate，或用 resourceNames 点名可代表的对象。',
    });
  },
});
