import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [{ groups: [''], resource: 'services/status', verbs: ['update', 'patch'] }];

export const kubernetesServiceStatusLb = defineControl({
  id: 'kubernetes-service-status-lb',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Roles write no status of Services', zh: '角色不得写入 Service 状态' },
  why: {
    en: 'Addresses in the status of a Service take over the traffic to them on every node: whoever writes it can stand between others and any address.',
    zh: 'Service 状态中的地址会在每个节点上接管发往该地址的流量：能写入状态的人可以截获发往任意地址的流量。',
  },
  how: {
    en: 'Looks for rules that allow update or patch on services/status (CVE-2020-8554).',
    zh: '查找对 services/status 允许 update、patch 的规则（CVE-2020-8554）。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-service-status-lb', 'CKV2_K8S_4'],
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
    resources: [services/status]
    verbs: [patch]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [services/status]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It writes no status of Services.', zh: '不写入 Service 状态。' },
    });
  },

  remedy() {
    return byHand({
      en: "Take services/status away from all but the load balancer's controller.",
      zh: '除负载均衡控制器外，去掉 services/status。',
    });
  },
});
