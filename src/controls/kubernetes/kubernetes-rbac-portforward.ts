import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [
  { groups: [''], resource: 'pods/portforward', verbs: ['create'], verbsWhereNamed: ['get'] },
];

export const kubernetesRbacPortforward = defineControl({
  id: 'kubernetes-rbac-portforward',
  subject: 'kubernetes-object',
  severity: severityByReach('medium', 'low'),
  title: { en: 'Roles forward no ports of pods', zh: '角色不得转发 Pod 端口' },
  why: {
    en: 'A forwarded port passes by Services, network policies and the authentication in front of them: it reaches what listens only inside of the pod.',
    zh: '端口转发绕过 Service、网络策略及其前面的身份验证，可直达只在 Pod 内部监听的程序。',
  },
  how: {
    en: 'Looks for rules that allow create on pods/portforward, or get where it is named.',
    zh: '查找对 pods/portforward 允许 create 的规则；若明确写出该资源，则 get 也算。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-portforward', 'C-0063'],
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
    resources: [pods/portforward]
    verbs: [create]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It forwards no ports.', zh: '不转发端口。' },
    });
  },

  remedy() {
    return byHand({ en: 'Take pods/portforward out of the rule.', zh: '从规则中去掉 pods/portforward。' });
  },
});
