import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const permissions: readonly Permission[] = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map(
  (resource) => ({
    groups: ['admissionregistration.k8s.io'],
    resource,
    verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
  }),
);

export const kubernetesRbacWebhooks = defineControl({
  id: 'kubernetes-rbac-webhooks',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Roles change no admission webhooks', zh: '角色不得更改准入 Webhook' },
  why: {
    en: 'A webhook sees every object on its way in, Secrets included, and may change it. Whoever deletes one removes the rules that it enforces.',
    zh: 'Webhook 能看到并修改所有提交的对象，包括 Secret。能删除它的人就能解除其强制的规则。',
  },
  how: {
    en: 'Looks for rules that allow create, update, patch, delete or deletecollection on mutatingwebhookconfigurations or validatingwebhookconfigurations without resourceNames.',
    zh: '查找不带 resourceNames、对 mutatingwebhookconfigurations 或 validatingwebhookconfigurations 允许 create、update、patch、delete、deletecollection 的规则。',
  },
  references: {
    cisKubernetes: ['5.1.12'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-webhooks', 'KSV-0114', 'CKV_K8S_155', 'C-0281', 'C-0036', 'C-0039'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [mutatingwebhookconfigurations]
    verbs: [get, update]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [mutatingwebhookconfigurations]
    resourceNames: [shop-webhook]
    verbs: [get, update]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: {
        en: 'It changes no webhooks, or only those that it names.',
        zh: '不更改 Webhook，或仅限其点名的 Webhook。',
      },
    });
  },

  remedy() {
    return byHand({
      en: "Name the operator's own webhooks in resourceNames, and let the installer create them.",
      zh: '用 resourceNames 点名该 Operator 自己的 Webhook，由安装程序负责创建。',
    });
  },
});
