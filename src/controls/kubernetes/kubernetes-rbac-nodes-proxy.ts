import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [{ groups: [''], resource: 'nodes/proxy', verbs: ['*'], evenNamed: true }];

export const kubernetesRbacNodesProxy = defineControl({
  id: 'kubernetes-rbac-nodes-proxy',
  subject: 'kubernetes-object',
  severity: 'critical',
  title: { en: 'Roles do not reach the kubelets through nodes/proxy', zh: '角色不得通过 nodes/proxy 访问 kubelet' },
  why: {
    en: 'nodes/proxy is the API of the kubelet: it runs commands in every container of the node, past admission and past the audit log. Reading is enough, since the kubelet takes commands over websockets as reads.',
    zh: 'nodes/proxy 即 kubelet 的 API：可在节点的任意容器内执行命令，绕过准入控制与审计日志。只读也足够，因为 kubelet 通过 websocket 接受的命令被视为读操作。',
  },
  how: {
    en: 'Looks for rules that allow any verb on nodes/proxy, resourceNames or not.',
    zh: '查找对 nodes/proxy 允许任意操作的规则，无论是否带 resourceNames。',
  },
  references: {
    cisKubernetes: ['5.1.10'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-nodes-proxy', 'KSV-0047', 'C-0279', 'CKV2_K8S_2'],
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
    resources: [nodes, nodes/proxy]
    verbs: [get]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [nodes, nodes/metrics]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It does not reach the kubelets.', zh: '无法访问 kubelet。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Take nodes/proxy away. For figures nodes/metrics and nodes/stats do.',
      zh: '去掉 nodes/proxy。采集指标用 nodes/metrics 与 nodes/stats 即可。',
    });
  },
});
