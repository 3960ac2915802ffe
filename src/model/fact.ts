import type { JsonValue } from './json.ts';
import type { Text } from './text.ts';

/**
 * Where a fact comes from, the most trustworthy first: what the kernel says outranks what the
 * engine's API says, which outranks a file on disk or in a registry, which outranks a command line or an environment.
 */
export const factSources = ['kernel', 'engine-api', 'file', 'registry', 'command-line', 'environment'] as const;
export type FactSource = (typeof factSources)[number];

/** What a verdict rests on: a source, the place in it and the value seen there. Never a secret's value. */
export interface Evidence {
  readonly source: FactSource;
  /** A file, an API field or an option: `/proc/412/status NoNewPrivs`, `HostConfig.PidMode`, `--icc`. */
  readonly path: string;
  readonly value: JsonValue;
}

/** One thing read from a source, with where it was read; or why it could not be read. */
export type Fact<T> = KnownFact<T> | UnreadableFact;

export interface KnownFact<T> {
  readonly known: true;
  readonly value: T;
  readonly source: FactSource;
  readonly path: string;
}

export interface UnreadableFact {
  readonly known: false;
  readonly source: FactSource;
  readonly path: string;
  /** Why it could not be read. */
  readonly reason: Text;
  /** What would make it readable: a permission, a file, an option. */
  readonly need: Text;
  /** There are packages in it of which nothing else is told. */
  readonly hidesPackages?: true;
}

export function known<T>(value: T, source: FactSource, path: string): KnownFact<T> {
  return { known: true, value, source, path };
}

export function unreadable(source: FactSource, path: string, reason: Text, need: Text): UnreadableFact {
  return { known: false, source, path, reason, need };
}

/** The same fact seen through `change`; an unreadable fact stays as it is. */
export function mapFact<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  return fact.known ? { ...fact, value: change(fact.value) } : fact;
}

/** A known fact as evidence. `value` and `path` narrow it to the part that was judged. */
export function evidenceOf(
  fact: KnownFact<unknown>,
  value: JsonValue = fact.value as JsonValue,
  path = fact.path,
): Evidence {
  return { source: fact.source, path, value };
}
