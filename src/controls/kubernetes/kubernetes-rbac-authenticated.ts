import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { pass, unknown } from '../../model/verdict.ts';
import { type BoundSubject, isOwnBinding, roleOf, subjectsOf } from './rbac-binding.ts';
import { isHarmlessRole, readsOnlyUrls, rulesGivenBy, subjectVerdicts } from './rbac-group.ts';
import type { RoleRule } from './rbac-role.ts';

export const kubernetesRbacAuthenticated = defineControl({
  id: 'kubernetes-rbac-authenticated',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'No role of weight is given to everybody who has logged in',
    zh: '不得向所有已登录者授予有实权的角色',
  },
  why: {
    en: 'system:authenticated is every person and every pod with a token, on some hosted clusters everybody with an account at the provider. system:serviceaccounts is every pod.',
    zh: 'system:authenticated 指所有人以及所有持有令牌的 Pod，在某些托管集群上甚至包括云厂商的任何账号。system:serviceaccounts 指所有 Pod。',
  },
  how: {
    en: 'Looks for bindings with the group system:authenticated, system:serviceaccounts or the service accounts of a whole namespace. A role of the same files that only reads, and neither Secrets nor everything, passes, and so do roles by which one asks about oneself.',
    zh: '查找主体为 system:authenticated、system:serviceaccounts 或整个命名空间的服务账号组的绑定。同批文件中仅有读权限且不涉及 Secret 或全部资源的角色予以通过，查询自身权限的角色亦然。',
  },
  references: {
    nist800190: ['4.3.1'],
    aliases: ['k8s-rbac-authenticated', 'k8s-rbac-specific-subjects', 'KSV-01011', 'C-0265'],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-edit
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    name: system:authenticated
    apiGroup: rbac.authorization.k8s.io
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: shop-edit
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    name: shop-team
    apiGroup: rbac.authorization.k8s.io
`,
  },
  appliesTo: isOwnBinding,

  judge(binding) {
    const { name } = roleOf(binding);
    const weight = weightOf(binding);
    if (subjectsOf(binding).some(isEverybody) && weight !== 'heavy') {
      return weight === 'light'
        ? pass({ en: 'Its role is of no weight.', zh: '其角色没有实权。' })
        : unknown(
            { en: `What ${name} allows is not known.`, zh: `无法得知 ${name} 允许什么。` },
            { en: 'read the file that holds the role together with this one', zh: '请连同定义该角色的文件一起检查' },
            { source: 'file', path: 'roleRef.name', value: name },
          );
    }
    return subjectVerdicts(binding, isEverybody, {
      en: 'It names who gets the role.',
      zh: '写明了角色授予的对象。',
    });
  },

  remedy() {
    return byHand({
      en: 'Name the users, groups or service accounts that need the role.',
      zh: '写明需要该角色的用户、用户组或服务账号。',
    });
  },
});

function isEverybody({ kind, name }: BoundSubject): boolean {
  return kind === 'Group' && (name === 'system:authenticated' || /^system:serviceaccounts(?::|$)/.test(name));
}

function weightOf(binding: KubernetesObject): 'heavy' | 'light' | 'unknown' {
  const { kind, name } = roleOf(binding);
  if (isHarmlessRole(name)) return 'light';
  if (kind === 'ClusterRole' && ['cluster-admin', 'admin', 'edit', 'view'].includes(name)) return 'heavy';
  const rules = rulesGivenBy(binding);
  if (!rules) return 'unknown';
  return rules.every(isLight) ? 'light' : 'heavy';
}

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** Whether a rule only reads what is neither everything nor Secrets, or asks about oneself. */
function isLight(rule: RoleRule): boolean {
  if (readsOnlyUrls(rule)) return true;
  if (rule.resources.length === 0) return false;
  if (rule.resources.every((resource) => resource.startsWith('selfsubject'))) return true;
  // `use` of a policy only lets pods pass that the policy allows.
  if (rule.resources.every((resource) => resource === 'podsecuritypolicies')) return true;
  return (
    rule.verbs.every((verb) => reading.has(verb)) &&
    !rule.resources.some((resource) => ['*', 'secrets', 'nodes/proxy', 'pods/exec', 'pods/attach'].includes(resource))
  );
}
