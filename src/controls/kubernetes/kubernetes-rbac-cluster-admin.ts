import { defineControl } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { isOwnBinding, roleOf, subjectsOf, subjectText } from './rbac-binding.ts';

const nobody: readonly string[] = [];

export const kubernetesRbacClusterAdmin = defineControl({
  id: 'kubernetes-rbac-cluster-admin',
  subject: 'kubernetes-object',
  severity: {
    usual: 'critical',
    note: {
      en: 'High where a RoleBinding gives it within one namespace.',
      zh: '由 RoleBinding 在单个命名空间内授予时为高。',
    },
    of: ({ kind }) => (kind === 'ClusterRoleBinding' ? 'critical' : 'high'),
  },
  title: { en: 'cluster-admin is given to nobody without need', zh: '不得随意授予 cluster-admin' },
  why: {
    en: 'cluster-admin may do everything with everything. Whoever takes over one program that has it has the whole cluster.',
    zh: 'cluster-admin 可对一切执行任何操作。只要攻陷一个拥有它的程序，就掌控了整个集群。',
  },
  how: {
    en: 'Looks for bindings to the ClusterRole cluster-admin with a subject that is not on the list of allowed ones. The binding that comes with the cluster is left alone.',
    zh: '查找绑定到 ClusterRole cluster-admin 且主体不在许可清单中的绑定。集群自带的绑定不受限制。',
  },
  references: {
    cisKubernetes: ['5.1.1'],
    nist800190: ['4.3.1'],
    aliases: [
      'k8s-rbac-cluster-admin',
      'k8s-no-broad-cluster-admin',
      'KSV-0111',
      'C-0035',
      'C-0185',
      'C-0272',
      'kube-linter:cluster-admin-role-binding',
    ],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  parameters: {
    allowed: {
      default: nobody,
      description: {
        en: 'Who may have cluster-admin, as "Kind name" or "ServiceAccount namespace/name"; * stands for any text.',
        zh: '可拥有 cluster-admin 的主体，写作“Kind name”或“ServiceAccount namespace/name”；* 代表任意文本。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-deployer
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: shop
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-deployer
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: shop-deployer
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: shop
`,
  },
  // The cluster's own binding has the name of the role, and only the group that is made for it.
  appliesTo: (object) =>
    isOwnBinding(object) &&
    !(object.name === 'cluster-admin' && subjectsOf(object).every(({ name }) => name === 'system:masters')),

  judge(binding, { parameters: { allowed } }) {
    const { kind, name } = roleOf(binding);
    if (kind !== 'ClusterRole' || name !== 'cluster-admin') {
      return pass({ en: 'It gives another role.', zh: '授予的是其他角色。' });
    }
    const subjects = subjectsOf(binding).map(subjectText);
    const others = subjects.filter((subject) => !allowed.some((pattern) => matchesGlob(pattern, subject)));
    if (others.length === 0) {
      return pass({ en: 'It gives cluster-admin to nobody else than allowed.', zh: '仅授予许可清单中的主体。' });
    }
    const message = {
      en: `It gives cluster-admin to ${others.join(', ')}.`,
      zh: `将 cluster-admin 授予 ${others.join('、')}。`,
    };
    return failAt(message, binding.locate(['roleRef', 'name']), others);
  },

  remedy(binding) {
    const what = binding.kind === 'ClusterRoleBinding' ? 'clusterrolebinding' : 'rolebinding';
    return byHand(
      {
        en: 'Bind a role with only the rules that are needed. A binding cannot be changed to another role: make a new one and delete this one.',
        zh: '改为绑定只含必要规则的角色。绑定的 roleRef 不可修改：请新建绑定并删除此绑定。',
      },
      [`kubectl get ${what} ${binding.name} -o yaml`],
    );
  },
});
