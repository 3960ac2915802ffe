import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const verbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];

const permissions: readonly Permission[] = [
  { groups: [''], resource: 'services', verbs },
  { groups: [''], resource: 'endpoints', verbs },
  { groups: ['discovery.k8s.io'], resource: 'endpointslices', verbs },
  { groups: ['networking.k8s.io', 'extensions'], resource: 'ingresses', verbs },
  { groups: ['networking.k8s.io', 'extensions'], resource: 'networkpolicies', verbs },
];

export const kubernetesRbacNetworking = defineControl({
  id: 'kubernetes-rbac-networking',
  subject: 'kubernetes-object',
  severity: severityByReach('medium', 'low'),
  title: {
    en: 'Roles change no Services, Ingresses or network policies without need',
    zh: '角色不得随意更改 Service、Ingress 与网络策略',
  },
  why: {
    en: "Who writes these decides what is reachable from where: a changed selector takes over another program's traffic, a deleted policy opens a database.",
    zh: '能写入这些对象的人决定了哪些服务可从哪里访问：改动选择器即可劫持其他程序的流量，删除策略即可暴露数据库。',
  },
  how: {
    en: 'Looks for rules that allow create, update, patch, delete or deletecollection on services, endpoints, endpointslices, ingresses or networkpolicies. Roles on the list of allowed ones are left alone.',
    zh: '查找对 services、endpoints、endpointslices、ingresses、networkpolicies 允许 create、update、patch、delete、deletecollection 的规则。列入许可清单的角色不受限制。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-networking', 'KSV-0056'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: { allowed: allowedRoles },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [networking.k8s.io]
    resources: [networkpolicies]
    verbs: [get, delete]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [networking.k8s.io]
    resources: [networkpolicies]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: {
        en: 'It changes no Services, Ingresses or network policies.',
        zh: '不更改 Service、Ingress 与网络策略。',
      },
    });
  },

  remedy() {
    return byHand({
      en: 'Leave only the verbs that are needed, in the one namespace that they are needed in.',
      zh: '只在所需的命名空间内保留必要的操作。',
    });
  },
});
