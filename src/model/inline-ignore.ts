import type { Text } from './text.ts';

/** A comment or annotation in a file that accepts failures beside it. */
export interface InlineIgnore {
  readonly file: string;
  /** Ids, globs or aliases, as written. */
  readonly selectors: readonly string[];
  readonly reason: Text;
  /** Lines that it speaks for, counted from 1, both included. */
  readonly from: number;
  readonly to: number;
  /** Where it stands itself. */
  readonly line: number;
  /** Whose notation it is. Another tool's may name rules that nobody here knows. */
  readonly notation: 'plimsoll' | 'hadolint' | 'checkov' | 'trivy' | 'kube-linter';
}
