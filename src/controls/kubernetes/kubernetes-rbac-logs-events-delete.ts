import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [
  { groups: ['', 'events.k8s.io'], resource: 'events', verbs: ['delete', 'deletecollection'] },
  { groups: [''], resource: 'pods/log', verbs: ['delete', 'deletecollection'] },
];

export const kubernetesRbacLogsEventsDelete = defineControl({
  id: 'kubernetes-rbac-logs-events-delete',
  subject: 'kubernetes-object',
  severity: severityByReach('medium', 'low'),
  title: { en: 'Roles delete no logs or events', zh: '角色不得删除日志与事件' },
  why: {
    en: 'Events and logs are what tells afterwards what happened. Whoever can delete them can hide what he did.',
    zh: '事件与日志是事后了解情况的依据。能删除它们的人就能掩盖自己的行为。',
  },
  how: {
    en: 'Looks for rules that allow delete or deletecollection on events or pods/log.',
    zh: '查找对 events 或 pods/log 允许 delete、deletecollection 的规则。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-logs-events-delete', 'KSV-0042', 'C-0031', 'C-0007'],
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
    resources: [events]
    verbs: [create, patch, delete]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [events]
    verbs: [create, patch]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It deletes no logs or events.', zh: '不删除日志与事件。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Leave only the verbs that are needed: events are written with create and patch.',
      zh: '只保留必要的操作：写入事件只需 create 与 patch。',
    });
  },
});
