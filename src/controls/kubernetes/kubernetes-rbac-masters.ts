import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { isOwnBinding } from './rbac-binding.ts';
import { subjectVerdicts } from './rbac-group.ts';

export const kubernetesRbacMasters = defineControl({
  id: 'kubernetes-rbac-masters',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Nothing is built on the group system:masters', zh: '不得使用 system:masters 用户组' },
  why: {
    en: 'The API server lets system:masters do everything and asks no rule or webhook: no role takes away from it, and a certificate with it cannot be revoked. It is for emergencies.',
    zh: 'API 服务器允许 system:masters 做任何事，不询问任何规则或 Webhook：角色无法限制它，带有该组的证书也无法吊销。它只应用于紧急情况。',
  },
  how: {
    en: 'Looks for bindings with the group system:masters as a subject, other than the ones that come with the cluster.',
    zh: '查找主体为用户组 system:masters 的绑定，集群自带的绑定除外。',
  },
  references: {
    cisKubernetes: ['5.1.7'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-masters', 'k8s-rbac-specific-subjects', 'KSV-0123', 'C-0246'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-admins
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: shop-admin
subjects:
  - kind: Group
    name: system:masters
    apiGroup: rbac.authorization.k8s.io
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-admins
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: shop-admin
subjects:
  - kind: Group
    name: shop-admins
    apiGroup: rbac.authorization.k8s.io
`,
  },
  appliesTo: (object) => isOwnBinding(object) && object.name !== 'cluster-admin',

  judge(binding) {
    return subjectVerdicts(binding, ({ kind, name }) => kind === 'Group' && name === 'system:masters', {
      en: 'It does not use system:masters.',
      zh: '未使用 system:masters。',
    });
  },

  remedy() {
    return byHand({
      en: 'Give the role to a group of your own, and keep certificates of system:masters locked away.',
      zh: '把角色授予自建的用户组，并妥善封存 system:masters 的证书。',
    });
  },
});
