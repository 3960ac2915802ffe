import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [
  { groups: ['certificates.k8s.io'], resource: 'certificatesigningrequests/approval', verbs: ['update', 'patch'] },
];

export const kubernetesRbacCsrApproval = defineControl({
  id: 'kubernetes-rbac-csr-approval',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Roles approve no certificates', zh: '角色不得批准证书签名请求' },
  why: {
    en: 'An approved request becomes a certificate of the cluster for any user and group that it asks for, and nothing can take it back.',
    zh: '一经批准，请求即成为集群签发的证书，可代表其所申请的任何用户和用户组，且无法吊销。',
  },
  how: {
    en: 'Looks for rules that allow update or patch on certificatesigningrequests/approval.',
    zh: '查找对 certificatesigningrequests/approval 允许 update、patch 的规则。',
  },
  references: {
    cisKubernetes: ['5.1.11'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-csr-approval', 'CKV_K8S_156', 'C-0280'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [update]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests]
    verbs: [create, get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It approves no certificates.', zh: '不批准证书签名请求。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Take certificatesigningrequests/approval away.',
      zh: '去掉 certificatesigningrequests/approval。',
    });
  },
});
