import type { Dialect } from '../model/container-spec.ts';
import type { Level, References, SubjectKind } from '../model/control.ts';
import type { JsonValue } from '../model/json.ts';
import type { Disruption, Remedy } from '../model/remedy.ts';
import type { Severity } from '../model/severity.ts';
import type { Language } from '../model/text.ts';

/** Everything that is to say of one control, in one language: what its page and `explain` show. */
export interface Explanation {
  readonly language: Language;
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly subject: SubjectKind;
  /** Of a container: the dialects in which it is asked. */
  readonly dialects?: readonly Dialect[];
  readonly severity: {
    readonly value: Severity;
    /** In the explanation's language. */
    readonly name: string;
    /** When it differs, in words; absent where it never does. */
    readonly note?: string;
  };
  readonly why: string;
  readonly how: string;
  /** What a person must answer, once; absent where programs can tell. */
  readonly question?: string;
  readonly parameters: readonly ExplainedParameter[];
  readonly references: References;
  /** What makes the example pass; `null` where the control has nothing to propose for it. */
  readonly remedy: ExplainedRemedy | null;
  /** One for every dialect that has words for it. */
  readonly examples: readonly Example[];
}

export interface ExplainedParameter {
  readonly name: string;
  readonly default: JsonValue;
  readonly description: string;
}

export interface ExplainedRemedy {
  readonly kind: Remedy['kind'];
  readonly summary: string;
  readonly disruption: Disruption;
  /** Only of what a person does; every other change is shown by the examples. */
  readonly commands: readonly string[];
}

export type ExampleDialect =
  | 'docker-run'
  | 'compose'
  | 'pod'
  | 'docker-update'
  | 'daemon-json'
  | 'host'
  | 'dockerfile'
  | 'manifest';

/** A good subject made bad, and mended: each as a difference, or both as whole texts where a text is judged. */
export interface Example {
  readonly dialect: ExampleDialect;
  readonly title: string;
  /** For code fences. */
  readonly syntax: 'sh' | 'yaml' | 'jsonc' | 'dockerfile';
  /** What makes it fail; empty where the dialect has no words for it. */
  readonly counterexample: readonly string[];
  readonly fix: readonly string[];
  /** Commands that make a written fix effective. */
  readonly apply: readonly string[];
}
