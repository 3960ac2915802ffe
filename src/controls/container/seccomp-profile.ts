import type { JsonValue } from '../../model/json.ts';

/** What a container's seccomp option asks for. */
export type SeccompChoice =
  | { readonly kind: 'default' }
  | { readonly kind: 'off' }
  /** A profile that is only named: a file on the client's machine, or on the node. */
  | { readonly kind: 'named'; readonly name: string }
  /** A profile's own text, as the engine keeps it; without a profile when the text is none. */
  | { readonly kind: 'inline'; readonly profile?: SeccompProfile };

export interface SeccompProfile {
  readonly defaultAction: string;
  /** System calls that some rule lets through, sorted. */
  readonly allowed: readonly string[];
}

export function seccompChoice(option: string | undefined): SeccompChoice {
  const text = option?.trim() ?? '';
  if (/^(?:|builtin|runtime\/default|RuntimeDefault)$/.test(text)) return { kind: 'default' };
  if (text === 'unconfined') return { kind: 'off' };
  if (!text.startsWith('{')) return { kind: 'named', name: text };
  const profile = parseProfile(text);
  return profile ? { kind: 'inline', profile } : { kind: 'inline' };
}

/** The option as evidence: a profile's text would fill pages, so that only its default action is shown. */
export function seccompEvidence(option: string | undefined): JsonValue {
  const choice = seccompChoice(option);
  return choice.kind === 'inline' ? { defaultAction: choice.profile?.defaultAction ?? null } : (option ?? null);
}

/** Actions after which the system call runs. */
const letThrough = new Set(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG']);

function parseProfile(text: string): SeccompProfile | undefined {
  let value: { defaultAction?: unknown; syscalls?: unknown };
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const { defaultAction, syscalls } = value;
  if (typeof defaultAction !== 'string') return undefined;
  const rules = Array.isArray(syscalls) ? (syscalls as readonly SeccompRule[]) : [];
  const allowed = rules.filter(({ action = '' }) => letThrough.has(action)).flatMap(namesOf);
  return { defaultAction, allowed: [...new Set(allowed)].toSorted() };
}

interface SeccompRule {
  readonly names?: readonly string[];
  /** In profiles from before 2016. */
  readonly name?: string;
  readonly action?: string;
}

function namesOf({ names = [], name }: SeccompRule): readonly string[] {
  return name === undefined ? names : [...names, name];
}
