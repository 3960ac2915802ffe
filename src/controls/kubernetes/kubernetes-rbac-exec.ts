import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = ['pods/exec', 'pods/attach'].map((resource) => ({
  groups: [''],
  resource,
  verbs: ['create'],
  verbsWhereNamed: ['get'],
}));

export const kubernetesRbacExec = defineControl({
  id: 'kubernetes-rbac-exec',
  subject: 'kubernetes-object',
  severity: severityByReach('high', 'medium'),
  title: { en: 'Roles run no commands in containers that run', zh: '角色不得在运行中的容器内执行命令' },
  why: {
    en: 'A command in a container runs with all that the container has: its Secrets, its service account and its network. It leaves little trace.',
    zh: '在容器内执行的命令拥有该容器的一切：Secret、服务账号和网络，且几乎不留痕迹。',
  },
  how: {
    en: 'Looks for rules that allow create on pods/exec or pods/attach, or get where one of them is named: over websockets clusters before 1.35 accept get.',
    zh: '查找对 pods/exec 或 pods/attach 允许 create 的规则；若明确写出该资源，则 get 也算：1.35 之前的集群通过 websocket 接受 get。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-exec', 'KSV-0053', 'KSV-0054', 'C-0002', 'CKV2_K8S_2'],
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
    resources: [pods, pods/exec]
    verbs: [get, create]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get]
`,
  },
  appliesTo: isOwnRole,

  judge(role, { parameters: { allowed } }) {
    return permissionVerdicts(role, {
      permissions,
      at: 'resources',
      allowed,
      good: { en: 'It runs no commands in containers.', zh: '不在容器内执行命令。' },
    });
  },

  remedy() {
    return byHand({
      en: 'Take pods/exec and pods/attach out of the rule; let people debug with a role that is given for the time being.',
      zh: '从规则中去掉 pods/exec 与 pods/attach；排障时临时授予专用角色。',
    });
  },
});
