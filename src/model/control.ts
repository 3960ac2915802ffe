import type { Answer } from './answer.ts';
import type { ComposeProject } from './compose-project.ts';
import type { ContainerSpec, Dialect } from './container-spec.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { EngineFacts } from './engine.ts';
import type { UnreadableFact } from './fact.ts';
import type { HostFacts } from './host.ts';
import type { ImageFacts } from './image.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { KubernetesObject, KubernetesVersion } from './kubernetes.ts';
import type { NetworkFacts } from './network.ts';
import type { Remedy } from './remedy.ts';
import type { Severity } from './severity.ts';
import type { SpecChange } from './spec-change.ts';
import type { Text } from './text.ts';
import type { Verdict } from './verdict.ts';

/** Where a control belongs; the first word of its id. */
export const levels = [
  'kernel',
  'host',
  'daemon',
  'network',
  'image',
  'container',
  'dockerfile',
  'compose',
  'registry',
  'runtime',
  'kubernetes',
  'operations',
] as const;
export type Level = (typeof levels)[number];

/** What a control can be asked about, and the shape that it is given. */
export interface Subjects {
  readonly host: HostFacts;
  readonly engine: EngineFacts;
  readonly network: NetworkFacts;
  readonly image: ImageFacts;
  readonly container: ContainerSpec;
  readonly dockerfile: Dockerfile;
  readonly 'compose-project': ComposeProject;
  readonly 'kubernetes-object': KubernetesObject;
}
export type SubjectKind = keyof Subjects;

/** Subjects that are a text: what is wrong with them is wrong at a place, and may be so at several. */
export const writtenKinds = ['dockerfile', 'compose-project', 'kubernetes-object'] as const;
export type WrittenKind = (typeof writtenKinds)[number];

export function isWritten(kind: SubjectKind): kind is WrittenKind {
  return (writtenKinds as readonly SubjectKind[]).includes(kind);
}

/** One subject to judge, with the id that reports and waivers use. */
export type Subject = {
  [K in SubjectKind]: {
    readonly kind: K;
    /** `container/web`, `dockerfile/Dockerfile`: unique within a report. */
    readonly id: string;
    readonly value: Subjects[K];
    /** Where it was read, where that is a file. */
    readonly file?: string;
  };
}[SubjectKind];

/** Everything read of one machine at one moment. */
export interface Machine {
  readonly host: HostFacts;
  readonly engine: EngineFacts;
  readonly images: readonly ImageFacts[];
  readonly containers: readonly ContainerSpec[];
  /** Why the engine did not list its containers, so that none are known. */
  readonly unlisted?: UnreadableFact;
}

export interface JudgeContext<P extends ParameterDefinitions = ParameterDefinitions> {
  readonly parameters: ParameterValues<P>;
  readonly now: Date;
  /** Absent where a subject is judged on paper: a file, a request. */
  readonly machine?: Machine;
  /** What a person said of this control, if anybody did and it still counts. */
  readonly answer?: Answer;
  /** The last one that no longer does. */
  readonly expiredAnswer?: Answer;
  /** The version that manifests are written for; absent: the newest one known. */
  readonly kubernetesVersion?: KubernetesVersion;
}

/** What a user may tune, by name. */
export type ParameterDefinitions = Readonly<Record<string, ParameterDefinition>>;

export interface ParameterDefinition<T extends JsonValue = JsonValue> {
  readonly default: T;
  readonly description: Text;
}

export type ParameterValues<P extends ParameterDefinitions> = {
  readonly [K in keyof P]: Widened<P[K]['default']>;
};

/** A default of `false` may be set to `true`: the literal's own type is too narrow. */
type Widened<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : T;

/** Where else the same question is asked. Numbers and names only: the texts are their owners'. */
export interface References {
  /** CIS Docker Benchmark, numbers of 1.6. */
  readonly cisDocker?: readonly string[];
  /** CIS Kubernetes Benchmark, numbers of 1.12. */
  readonly cisKubernetes?: readonly string[];
  /** Sections of NIST SP 800-190. */
  readonly nist800190?: readonly string[];
  /** Pod Security Standards: the mildest level that demands it. */
  readonly podSecurity?: 'baseline' | 'restricted';
  /** Ids that other tools, and our own merged rows, use for the same question. */
  readonly aliases?: readonly string[];
  /** Where to read more. */
  readonly links?: readonly string[];
}

/** A severity that depends on the subject. */
export interface ContextualSeverity<K extends SubjectKind> {
  /** Used where no subject is at hand: lists and documentation. */
  readonly usual: Severity;
  /** When it differs, in words. */
  readonly note: Text;
  of(subject: Subjects[K], context: JudgeContext): Severity;
}

/** What makes a good subject fail: shown in the documentation, and proven by the test of all controls. */
export type Counterexample<K extends SubjectKind> = K extends 'container'
  ? SpecChange
  : K extends WrittenKind
    ? Sample
    : K extends 'engine'
      ? JsonObject
      : Partial<Subjects[K]>;

/** Two whole texts: one that fails, and the same one mended. */
export interface Sample {
  readonly bad: string;
  readonly good: string;
}

/** What a control says of a subject. Of a text: one verdict, or one for each place where it is broken. */
export type Judgement<K extends SubjectKind> = K extends WrittenKind ? Verdict | readonly Verdict[] : Verdict;

/** A text can be broken at several places: a remedy mends the one that its verdict names. */
type Failure<K extends SubjectKind> = K extends WrittenKind ? [failure: Verdict] : [];

/** One rule. `judge` is a pure function of what is handed to it. */
export interface Control<K extends SubjectKind = SubjectKind, P extends ParameterDefinitions = ParameterDefinitions> {
  /** `<level>-<slug>`, the name of its file; permanent. */
  readonly id: string;
  readonly subject: K;
  readonly severity: Severity | ContextualSeverity<K>;
  /** The rule as a short statement of how things should be. */
  readonly title: Text;
  /** What goes wrong when it does not hold. */
  readonly why: Text;
  /** How it is judged: which facts, which condition, in which order of trust. */
  readonly how: Text;
  readonly references: References;
  /** What a person must answer where no program can tell; the answer stands in `plimsoll.yaml`. */
  readonly question?: Text;
  readonly parameters?: P;
  /** Engines that it makes sense for; absent: all. */
  readonly engines?: readonly EngineFacts['kind'][];
  /** For a container: the dialects that can say it; absent: every one that writes down a whole container. */
  readonly dialects?: readonly Dialect[];
  /** For an image: what it looks at, without which it is not asked; absent: the configuration. */
  readonly looksAt?: 'configuration' | 'contents' | 'either';
  /** Of which subjects it is a question at all; of any other nothing is said. Absent: of all. */
  appliesTo?(subject: Subjects[K]): boolean;
  /**
   * For a container: a change to a hardened one. For an engine: `daemon.json` keys. For a text: a bad and a good one. For
   * a host, a network or an image: the facts that differ from the exemplary one's.
   * Absent where no configuration can bring the failure about (a process that runs, a version).
   */
  readonly counterexample?: Counterexample<K>;
  judge(subject: Subjects[K], context: JudgeContext<P>): Judgement<K>;
  /** What would make it pass. Asked only after a failure; of a text, with the verdict that names the place. */
  remedy(subject: Subjects[K], context: JudgeContext<P>, ...failure: Failure<K>): Remedy;
}

/** The dialects that write down a whole container. A Dockerfile only writes down its image. */
export const containerDialects: readonly Dialect[] = ['engine-api', 'compose', 'pod', 'docker-run'];

/** Whether a control has something to say of a subject. */
export function isAskedOf(control: Control, { kind, value }: Subject): boolean {
  if (control.subject !== kind) return false;
  if (kind === 'container' && !(control.dialects ?? containerDialects).includes(value.dialect)) return false;
  if (kind === 'image' && !isThere(value, control.looksAt ?? 'configuration')) return false;
  return control.appliesTo?.(value) ?? true;
}

/** An image of an engine is not opened by an audit; a folder has no configuration. */
function isThere({ contents, bare }: ImageFacts, part: NonNullable<Control['looksAt']>): boolean {
  if (part === 'either') return true;
  return part === 'contents' ? contents !== undefined : bare !== true;
}

/** Checks the shape of one control while its types are still exact. */
export function defineControl<K extends SubjectKind, P extends ParameterDefinitions = ParameterDefinitions>(
  control: Control<K, P>,
): Control<K, P> {
  return control;
}

/** The level is the id's first word. */
export function levelOf(control: Pick<Control, 'id'>): Level {
  const level = control.id.slice(0, control.id.indexOf('-'));
  if (!(levels as readonly string[]).includes(level)) throw new TypeError(`no level in the id ${control.id}`);
  return level as Level;
}

/** The severity to show where no subject is at hand. */
export function usualSeverity(control: Pick<Control, 'severity'>): Severity {
  return typeof control.severity === 'string' ? control.severity : control.severity.usual;
}

/** Every parameter at its default. */
export function defaultParameters<P extends ParameterDefinitions>(
  control: Pick<Control<SubjectKind, P>, 'parameters'>,
): ParameterValues<P> {
  const entries = Object.entries(control.parameters ?? {}).map(([name, each]) => [name, each.default]);
  return Object.fromEntries(entries) as ParameterValues<P>;
}
