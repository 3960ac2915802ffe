import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Permission } from './rbac-permission.ts';
import { isOwnRole } from './rbac-role.ts';
import { allowedRoles, permissionVerdicts, severityByReach } from './rbac-verdict.ts';

const permissions: readonly Permission[] = [{ groups: [''], resource: 'secrets', verbs: ['*'] }];

export const kubernetesRbacSecrets = defineControl({
  id: 'kubernetes-rbac-secrets',
  subject: 'kubernetes-object',
  severity: severityByReach('high', 'medium'),
  title: {
    en: 'Roles read and write no Secrets, or only those that they name',
    zh: '角色不读写 Secret，或仅限其点名的 Secret',
  },
  why: {
    en: 'Secrets hold passwords and tokens, those of service accounts among them: whoever reads all of a namespace can act as everything in it. Listing and watching show the contents too, and so does the answer to a change.',
    zh: 'Secret 保存口令和令牌，其中包括服务账号的令牌：能读取命名空间内全部 Secret 的人，就能冒充其中的一切。list 与 watch 同样会返回内容，修改操作的响应也会。',
  },
  how: {
    en: 'Looks for rules of Roles and ClusterRoles that allow any verb on secrets without resourceNames. Roles that come with the cluster, aggregated ones and those on the list of allowed ones are left alone.',
    zh: '查找 Role 与 ClusterRole 中不带 resourceNames、对 secrets 允许任意操作的规则。集群自带的角色、聚合角色以及列入许可清单的角色不受限制。',
  },
  references: {
    cisKubernetes: ['5.1.2'],
    nist800190: ['4.3.1'],
    aliases: [
      'k8s-rbac-secrets',
      'KSV-0041',
      'KSV-0113',
      'C-0015',
      'C-0186',
      'CKV2_K8S_5',
      'kube-linter:access-to-secrets',
    ],
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
    resources: [secrets]
    verbs: [get, list, watch]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [shop-db]
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
        en: 'It allows nothing on Secrets, or only on those that it names.',
        zh: '不允许操作 Secret，或仅限其点名的 Secret。',
      },
    });
  },

  remedy() {
    return byHand({
      en: 'Take secrets out of the rule, or name the single ones in resourceNames and allow only get.',
      zh: '从规则中去掉 secrets，或用 resourceNames 点名单个 Secret 且只允许 get。',
    });
  },
});
