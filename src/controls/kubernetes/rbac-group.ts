import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';
import { type BoundSubject, roleIn, roleOf, subjectsOf } from './rbac-binding.ts';
import { effectiveRulesOf, type RoleRule } from './rbac-role.ts';

/** One failure for each subject of a binding that is meant; where there is none, a pass that says `good`. */
export function subjectVerdicts(
  binding: KubernetesObject,
  isMeant: (subject: BoundSubject) => boolean,
  good: Text,
): Verdict | readonly Verdict[] {
  const meant = subjectsOf(binding).filter(isMeant);
  if (meant.length === 0) return pass(good);
  const role = roleOf(binding);
  return meant.map(({ name, path }) => {
    const message = {
      en: `It gives ${role.kind} ${role.name} to ${name}.`,
      zh: `将 ${role.kind} ${role.name} 授予 ${name}。`,
    };
    return failAt(message, binding.locate([...path, 'name']), name);
  });
}

/** Roles of the cluster that only tell what there is, or what one may do oneself. */
const harmless = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

/** Roles of the cluster that everybody may have: they tell nothing that is worth hiding. */
export function isHarmlessRole(name: string): boolean {
  return harmless.has(name);
}

/** What the role of a binding allows; undefined where it was not read. */
export function rulesGivenBy(binding: KubernetesObject): RoleRule[] | undefined {
  const role = roleIn(binding);
  return role && effectiveRulesOf(role);
}

/** Whether a rule only reads addresses that are no objects: health, version, the list of APIs. */
export function readsOnlyUrls({ resources, nonResourceUrls, verbs }: RoleRule): boolean {
  return (
    resources.length === 0 &&
    !nonResourceUrls.includes('*') &&
    verbs.every((verb) => ['get', 'head', 'options'].includes(verb))
  );
}
