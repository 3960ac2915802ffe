import type { ContextualSeverity, ParameterDefinition } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { type Severity, severityNames } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import { failAt, notApplicable, pass, type Verdict } from '../../model/verdict.ts';
import { reachOf } from './rbac-binding.ts';
import { type Grant, grantOf, isFullWildcard, type Permission } from './rbac-permission.ts';
import { rulesOf } from './rbac-role.ts';

const noNames: readonly string[] = [];

/** Roles that an owner lets have the permission. */
export const allowedRoles: ParameterDefinition<readonly string[]> = {
  default: noNames,
  description: {
    en: 'Names of Roles and ClusterRoles that may have this permission; * stands for any text.',
    zh: '允许拥有该权限的 Role 与 ClusterRole 名称；* 代表任意文本。',
  },
};

/** What a control asks of the rules of a role. */
interface PermissionQuestion {
  readonly permissions: readonly Permission[];
  /** Which entry of the rule is at fault. */
  readonly at: 'resources' | 'verbs';
  readonly allowed: readonly string[];
  /** What is said where nothing is granted. */
  readonly good: Text;
}

/** One failure for each rule of a role that grants something asked about. */
export function permissionVerdicts(
  role: KubernetesObject,
  { permissions, at, allowed, good }: PermissionQuestion,
): Verdict | readonly Verdict[] {
  if (allowed.some((pattern) => matchesGlob(pattern, role.name))) {
    return pass({ en: 'The role is allowed to have it.', zh: '该角色已被允许拥有此权限。' });
  }
  const rules = rulesOf(role);
  const granting = rules.flatMap((rule) => grantOf(rule, permissions) ?? []);
  const grants = granting.filter(({ rule }) => !isFullWildcard(rule));
  if (grants.length > 0) return grants.map((grant) => failureOf(role, grant, at));
  if (granting.length === 0) return pass(good);
  return notApplicable({
    en: 'A rule allows every verb on every resource: kubernetes-rbac-wildcards speaks of it.',
    zh: '有规则允许对所有资源执行所有操作：由 kubernetes-rbac-wildcards 判断。',
  });
}

function failureOf(role: KubernetesObject, grant: Grant, at: PermissionQuestion['at']): Verdict {
  const { rule, resources, verbs } = grant;
  const does = verbs.includes('*') ? { en: 'every verb', zh: '所有操作' } : listed(verbs);
  const what = resources.includes('*') ? { en: 'every resource', zh: '所有资源' } : listed(resources);
  const message: Text = { en: `It allows ${does.en} on ${what.en}.`, zh: `允许的操作：${does.zh}；资源：${what.zh}。` };
  const index = at === 'verbs' ? grant.verbIndex : grant.resourceIndex;
  return failAt(message, role.locate([...rule.path, at, index]), at === 'verbs' ? verbs : resources);
}

function listed(words: readonly string[]): Text {
  return { en: words.join(', '), zh: words.join('、') };
}

/** Worse where the role reaches the whole cluster than where it only reaches one namespace. */
export function severityByReach(cluster: Severity, namespace: Severity): ContextualSeverity<'kubernetes-object'> {
  const note: Text = {
    en: `Where the role only reaches one namespace: ${severityNames[namespace].en}.`,
    zh: `角色只作用于单个命名空间时：${severityNames[namespace].zh}。`,
  };
  return { usual: cluster, note, of: (role) => (reachOf(role) === 'cluster' ? cluster : namespace) };
}
