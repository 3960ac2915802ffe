import type { JsonObject, KeyPath } from './json.ts';
import type { Location } from './location.ts';
import type { Secret } from './secret.ts';

/** A Compose project: its files merged, extended, included and interpolated as Compose does it. */
export interface ComposeProject {
  readonly name: string;
  /** In the order in which they were merged. */
  readonly files: readonly string[];
  readonly value: JsonObject;
  /** Files of variables that were read: `.env`, and every `env_file` of a service. */
  readonly environmentFiles: readonly EnvironmentFile[];
  /** Variables that nothing gives a value, each with the places that ask for it. */
  readonly unset: readonly { readonly name: string; readonly location: Location }[];
  /** The text as it was written, before variables were replaced; absent where the merged value has no such field. */
  readonly written: (path: KeyPath) => string | undefined;
  /**
   * Where a field was written; of a field that is absent, where the nearest one around it begins. A number behind a
   * text that is written line by line (`|`) is one of its lines, from 0.
   */
  readonly locate: (path: KeyPath) => Location;
}

export interface EnvironmentFile {
  readonly file: string;
  readonly variables: readonly EnvironmentFileVariable[];
}

export interface EnvironmentFileVariable {
  readonly name: string;
  readonly value: Secret;
  readonly location: Location;
  /** Services that take it over into their environment or labels; absent where none does. */
  readonly services?: readonly string[];
}
