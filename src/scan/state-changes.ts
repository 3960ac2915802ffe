import type { FindingChange, FindingState } from '../model/image-change.ts';
import type { PackageState } from './package-state.ts';

/** A change without the package that it is of. */
export type StateChange = Pick<FindingChange, 'change' | 'vulnerability' | 'before' | 'after'>;

export interface KnownState {
  readonly state: PackageState;
  /** A package of the system speaks for the package. */
  readonly covered: boolean;
}

/**
 * What became of a package's vulnerabilities. A finding counts unless the vendor says that it is none, or a package of the system speaks for
 * it: what neither counted nor counts now is not told.
 */
export function stateChanges(before: KnownState, after: KnownState): StateChange[] {
  const names = new Set([...before.state.findings.keys(), ...after.state.findings.keys()]);
  return [...names].toSorted().flatMap((vulnerability) => {
    const [old, current] = [findingIn(before, vulnerability), findingIn(after, vulnerability)];
    const change = kindOf(old, current, after.state.unknown !== undefined);
    if (change === undefined) return [];
    return [{ change, vulnerability, before: old ?? unknownOf(before), after: current ?? unknownOf(after) }];
  });
}

/**
 * The state before with each finding under the name that it has after, where it was given another one, as an advisory is that is told to be about
 * a CVE: it is neither lost nor gained.
 *
 * @param nameOf - the name under which an advisory is told now
 */
export function renamed(
  before: KnownState,
  { state: after }: KnownState,
  nameOf: (name: string) => string,
): KnownState {
  const { findings } = before.state;
  const entries = Array.from(findings, ([name, finding]) => {
    const now = after.findings.has(name) ? name : nameOf(name);
    return [after.findings.has(now) && !findings.has(now) ? now : name, finding] as const;
  });
  return { ...before, state: { ...before.state, findings: new Map(entries) } };
}

function findingIn({ state, covered }: KnownState, name: string): FindingState | undefined {
  const finding = state.findings.get(name);
  return finding && covered ? { ...finding, covered } : finding;
}

function unknownOf({ state }: KnownState): FindingChange['before'] {
  return state.unknown === undefined ? null : { unknown: state.unknown };
}

function kindOf(
  before: FindingState | undefined,
  after: FindingState | undefined,
  isUnknownNow: boolean,
): FindingChange['change'] | undefined {
  if (!isCounted(before)) return isCounted(after) ? 'gained' : undefined;
  if (!isCounted(after)) return isUnknownNow ? 'unknown' : 'lost';
  return isSame(before, after) ? undefined : 'changed';
}

function isCounted(finding: FindingState | undefined): finding is FindingState {
  return finding !== undefined && finding.status !== 'not-affected' && !finding.covered;
}

function isSame(left: FindingState, right: FindingState): boolean {
  return (
    left.status === right.status &&
    left.fixedIn === right.fixedIn &&
    left.severity === right.severity &&
    left.exploitedSince === right.exploitedSince
  );
}
