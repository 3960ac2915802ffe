import type { RoleRule } from './rbac-role.ts';

/** What a control asks whether a rule grants it. */
export interface Permission {
  /** API groups in which the resource is served. */
  readonly groups: readonly string[];
  /** `pods`, or `pods/exec` for a subresource. */
  readonly resource: string;
  /** Any of them is asked about; `*` for every verb. */
  readonly verbs: readonly string[];
  /** Verbs that count only where the resource is named, not where `*` stands for it. */
  readonly verbsWhereNamed?: readonly string[];
  /** It is as bad for single objects: `resourceNames` do not help. */
  readonly evenNamed?: boolean | readonly string[];
  /** It is asked only of rules that name one of `evenNamed`. */
  readonly onlyNamed?: boolean;
}

/** A rule that grants something asked about. */
export interface Grant {
  readonly rule: RoleRule;
  /** The entries of `resources` that grant it, as written: resources themselves, or wildcards. */
  readonly resources: readonly string[];
  /** The first of them. */
  readonly resourceIndex: number;
  /** The entries of `verbs` that grant it, as written. */
  readonly verbs: readonly string[];
  readonly verbIndex: number;
}

/** What a rule grants of these permissions; undefined where it is nothing. */
export function grantOf(rule: RoleRule, permissions: readonly Permission[]): Grant | undefined {
  const single = permissions.flatMap((permission) => entriesFor(rule, permission) ?? []);
  if (single.length === 0) return undefined;
  const verbs = rule.verbs.filter((verb) => single.some((each) => each.verbs.includes(verb)));
  const indexes = new Set(single.map(({ resource }) => resource));
  const resources = rule.resources.filter((_entry, index) => indexes.has(index));
  return {
    rule,
    resources,
    resourceIndex: Math.min(...indexes),
    verbs,
    verbIndex: rule.verbs.findIndex((verb) => verbs.includes(verb)),
  };
}

/** The entry of `resources`, and those of `verbs`, by which a rule grants a permission. */
function entriesFor(rule: RoleRule, permission: Permission): { resource: number; verbs: string[] } | undefined {
  if (!rule.apiGroups.some((group) => group === '*' || permission.groups.includes(group))) return undefined;
  if (isNarrowed(rule, permission)) return undefined;
  const resource = entryFor(rule.resources, permission.resource);
  if (resource < 0) return undefined;
  const isNamed = rule.resources[resource] === permission.resource;
  const wanted = new Set(['*', ...permission.verbs, ...(isNamed ? (permission.verbsWhereNamed ?? []) : [])]);
  const anyVerb = permission.verbs.includes('*');
  const verbs = rule.verbs.filter((verb) => wanted.has(verb) || (anyVerb && verb !== ''));
  return verbs.length === 0 ? undefined : { resource, verbs };
}

function isNarrowed({ resourceNames }: RoleRule, { evenNamed = false, onlyNamed = false }: Permission): boolean {
  if (resourceNames.length === 0) return onlyNamed;
  if (evenNamed === true) return false;
  return evenNamed === false || !resourceNames.some((name) => evenNamed.includes(name));
}

/**
 * The entry of `resources` that covers a resource, the most exact one first; -1 without one. Read as the cluster's
 * authorizer does: a star is everything with its subresources, a star before `/exec` that subresource of everything.
 * A star after `pods/` is no pattern, and covers nothing.
 */
function entryFor(resources: readonly string[], wanted: string): number {
  const exact = resources.indexOf(wanted);
  if (exact >= 0) return exact;
  const slash = wanted.indexOf('/');
  const ofEach = slash < 0 ? -1 : resources.indexOf(`*${wanted.slice(slash)}`);
  return ofEach >= 0 ? ofEach : resources.indexOf('*');
}

/** Whether a rule allows everything to everything in its API groups: a matter of wildcards, whatever is asked about. */
export function isFullWildcard(rule: RoleRule): boolean {
  return rule.resources.includes('*') && rule.verbs.includes('*') && rule.resourceNames.length === 0;
}
