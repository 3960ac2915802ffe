import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [{ groups: [''], resource: 'serviceaccounts/token', verbs: ['create'] }];

export const kubernetesRbacTokenCreate = defineControl({
  id: 'kubernetes-rbac-token-create',
  subject: 'kubernetes-object',
  severity: severityByReach('high', 'medium'),
  title: { en: 'Roles make no tokens of service accounts', zh: '角色不得签发服务账号令牌' },
  why: {
    en: 'A token of a service account is that account, for as long as it was asked for.',
    zh: '持有服务账号的令牌，就等于在其有效期内成为该账号。',
  },
  how: {
    en: 'Looks for rules that allow create on serviceaccounts/token without resourceNames.',
    zh: '查找不带 resourceNames、对 serviceaccounts/token 允许 create 的规则。',
  },
  references: {
    cisKubernetes: ['5.1.13'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-token-create', 'C-0282'],
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
    resources: [serviceaccounts/token]
    verbs: [create]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [serviceaccounts/token]
    resourceNames: [shop-web]
    verbs: [create]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: {
        en: 'It makes no tokens, or only of the accounts that it names.',
        zh: '不签发令牌，或仅限其点名的账号。',
      },
    });
  },

  remedy() {
    return byHand({
      en: 'Name the single accounts in resourceNames, or take serviceaccounts/token away.',
      zh: '用 resourceNames 点名单个账号，或去掉 serviceaccounts/token。',
    });
  },
});
