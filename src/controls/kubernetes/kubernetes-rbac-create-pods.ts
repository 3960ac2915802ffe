import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const writes = ['create', 'update', 'patch'];

const permissions: readonly Permission[] = [
  ...['pods', 'pods/ephemeralcontainers', 'replicationcontrollers', 'podtemplates'].map((resource) => ({
    groups: [''],
    resource,
    verbs: writes,
  })),
  ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({
    groups: ['apps', 'extensions'],
    resource,
    verbs: writes,
  })),
  ...['jobs', 'cronjobs'].map((resource) => ({ groups: ['batch'], resource, verbs: writes })),
];

export const kubernetesRbacCreatePods = defineControl({
  id: 'kubernetes-rbac-create-pods',
  subject: 'kubernetes-object',
  severity: severityByReach('high', 'medium'),
  title: {
    en: 'Roles create and change no pods or workloads without need',
    zh: '角色不得随意创建或更改 Pod 与工作负载',
  },
  why: {
    en: "Whoever creates a pod chooses its service account, its Secrets and its mounts: the right to create pods is the right to all that any account of the namespace may do, and often to the node. A change of a workload's template does the same.",
    zh: '能创建 Pod 的人可以选择其服务账号、Secret 和挂载：创建 Pod 的权限等于拥有该命名空间内任何账号的权限，往往还包括节点。更改工作负载的模板效果相同。',
  },
  how: {
    en: 'Looks for rules that allow create, update or patch on pods, on workloads (Deployments, DaemonSets, StatefulSets, ReplicaSets, Jobs, CronJobs, replication controllers) or on ephemeral containers of pods. Roles on the list of allowed ones are left alone.',
    zh: '查找对 Pod、工作负载（Deployment、DaemonSet、StatefulSet、ReplicaSet、Job、CronJob、ReplicationController）或 Pod 的临时容器允许 create、update、patch 的规则。列入许可清单的角色不受限制。',
  },
  references: {
    cisKubernetes: ['5.1.4'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-create-pods', 'C-0188', 'KSV-0048', 'kube-linter:access-to-create-pods'],
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
    resources: [pods]
    verbs: [get, create]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It creates and changes no pods or workloads.', zh: '不创建或更改 Pod 与工作负载。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Leave only the verbs that are needed, or move the rule to a Role of the one namespace that it is for.',
      zh: '只保留必要的操作，或把规则移到所需命名空间的 Role 中。',
    });
  },
});
