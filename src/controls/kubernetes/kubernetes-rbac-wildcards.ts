import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';
import { reachOf } from './rbac-binding.ts';
import { isFullWildcard } from './rbac-permission.ts';
import { isOwnRole, type RoleRule, rulesOf } from './rbac-role.ts';

/** The lists of a rule that may hold a star, the gravest first. */
const lists = [
  { key: 'resources', of: (rule: RoleRule) => rule.resources },
  { key: 'verbs', of: (rule: RoleRule) => rule.verbs },
  { key: 'apiGroups', of: (rule: RoleRule) => (namesSubresources(rule) ? [] : rule.apiGroups) },
  { key: 'nonResourceURLs', of: (rule: RoleRule) => rule.nonResourceUrls },
] as const;

export const kubernetesRbacWildcards = defineControl({
  id: 'kubernetes-rbac-wildcards',
  subject: 'kubernetes-object',
  severity: {
    usual: 'high',
    note: {
      en: 'Critical where a ClusterRole allows everything on everything; medium where the role only reaches one namespace and allows less than that.',
      zh: 'ClusterRole 允许对所有资源执行所有操作时为严重；角色只作用于单个命名空间且未允许一切时为中。',
    },
    of(role) {
      const isEverything = rulesOf(role).some(isFullWildcard);
      if (reachOf(role) === 'cluster') return isEverything ? 'critical' : 'high';
      return isEverything ? 'high' : 'medium';
    },
  },
  title: { en: 'Rules of roles name what they allow', zh: '角色规则逐项写明所允许的内容' },
  why: {
    en: 'A star grants what exists today and everything that a later version or an add-on brings, Secrets and the running of commands included. Nobody can tell from it what the program needs.',
    zh: '星号不仅授予现有的一切，也包括后续版本或插件带来的一切，含 Secret 与执行命令的权限；从中也看不出程序究竟需要什么。',
  },
  how: {
    en: 'Looks for * in verbs, resources, apiGroups and nonResourceURLs of every rule; a rule fails once, at the gravest of them. Roles that come with the cluster and aggregated ones are left alone. A star before a subresource, as */scale has it, names one thing and passes, in every API group too.',
    zh: '检查每条规则的 verbs、resources、apiGroups、nonResourceURLs 中是否有 *；每条规则只报告一次，位置取其中最严重的一处。集群自带的角色与聚合角色不受限制。子资源前的星号（如 */scale）指明了单一内容，予以通过，apiGroups 为 * 时亦然。',
  },
  references: {
    cisKubernetes: ['5.1.3'],
    nist800190: ['4.3.1'],
    aliases: [
      'k8s-rbac-wildcards',
      'KSV-0044',
      'KSV-0045',
      'KSV-0046',
      'KSV-0112',
      'CKV_K8S_49',
      'C-0187',
      'kube-linter:wildcard-in-rules',
    ],
    links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  counterexample: {
    bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-web
  namespace: shop
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: ["*"]
`,
    good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-web
  namespace: shop
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch]
`,
  },
  appliesTo: isOwnRole,

  judge(role) {
    const failures = rulesOf(role).flatMap((rule) => failureIn(role, rule) ?? []);
    if (failures.length > 0) return failures;
    return pass({ en: 'Its rules name what they allow.', zh: '其规则逐项写明了所允许的内容。' });
  },

  remedy() {
    return byHand({
      en: 'Name the verbs, resources and API groups that the program uses. The audit log shows which these are.',
      zh: '写明程序所用的操作、资源与 API 组。可从审计日志得知。',
    });
  },
});

// Autoscalers need the scale of every kind that has one, in whichever group it is served.
function namesSubresources({ resources }: RoleRule): boolean {
  return resources.length > 0 && resources.every((resource) => /^\*\/[^*]/.test(resource));
}

function failureIn(role: KubernetesObject, rule: RoleRule): Verdict | undefined {
  const starred = lists.filter(({ of }) => of(rule).includes('*'));
  const [first] = starred;
  if (!first) return undefined;
  const keys = starred.map(({ key }) => key);
  const place = [...rule.path, first.key, first.of(rule).indexOf('*')];
  const message = {
    en: `The rule has * in ${keys.join(', ')}.`,
    zh: `该规则的 ${keys.join('、')} 中有 *。`,
  };
  return failAt(message, role.locate(place), keys);
}
