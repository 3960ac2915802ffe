import { type Control, isAskedOf, type JudgeContext, type Machine, type Subject } from '../model/control.ts';
import type { ImageFacts } from '../model/image.ts';
import { distinctSubjects } from '../model/distinct-subjects.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { Remedy } from '../model/remedy.ts';
import { reaches, type Severity } from '../model/severity.ts';
import { type FindingStatus, notApplicable, pass, unknown, type Verdict } from '../model/verdict.ts';
import { answerTo } from './answers.ts';
import type { Policy } from './policy.ts';
import { findWaiver, isExpired, type Waiver } from './waivers.ts';

/** What one control says of one subject, before it is put into words. */
export interface JudgedFinding {
  readonly control: Control;
  readonly subject: Subject;
  readonly verdict: Verdict;
  readonly status: FindingStatus;
  readonly severity: Severity;
  /** Only after a failure, accepted or not. */
  readonly remedy?: Remedy;
  readonly waiver?: Waiver;
  readonly waiverExpired?: boolean;
}

/** The subjects of a machine: its host, its engine, then what the engine has. */
export function subjectsOf(machine: Machine): Subject[] {
  const { engine } = machine;
  const engineName = engine.info.known ? engine.info.value.name : undefined;
  const networks = engine.networks.known ? engine.networks.value : [];
  return distinctSubjects([
    { kind: 'host', id: 'host', value: machine.host },
    { kind: 'engine', id: `engine/${engineName ?? 'local'}`, value: engine },
    ...networks.map((value): Subject => ({ kind: 'network', id: `network/${value.name}`, value })),
    ...machine.images.map((value): Subject => ({ kind: 'image', id: `image/${nameOf(value)}`, value })),
    ...machine.containers.map((value): Subject => ({
      kind: 'container',
      id: `container/${value.name || (value.id ?? '').slice(0, 12)}`,
      value,
    })),
  ]);
}

function nameOf({ id, tags, digests }: ImageFacts): string {
  return tags[0] ?? digests[0] ?? id.replace(/^sha256:/, '').slice(0, 12);
}

/** What is the same for every subject of a run. */
export interface Circumstances {
  readonly policy: Policy;
  readonly now: Date;
  /** Absent where everything is judged on paper. */
  readonly machine?: Machine | undefined;
  readonly kubernetesVersion?: KubernetesVersion | undefined;
  /** What passes, and what is no question, is only counted: nothing is kept of why. */
  readonly brief?: boolean | undefined;
  /** The comment or annotation beside a failure that accepts it, if there is one. */
  acceptedBeside?(failure: Pick<JudgedFinding, 'control' | 'subject' | 'verdict'>): Waiver | undefined;
}

/** Judges every subject by every control of the policy that has something to say of it. */
export function judgeSubjects(subjects: readonly Subject[], circumstances: Circumstances): JudgedFinding[] {
  const questions = Map.groupBy(
    circumstances.policy.controls.map((control) => questionOf(control, circumstances)),
    ({ control }) => control.subject,
  );
  const findings: JudgedFinding[] = [];
  for (const subject of subjects) {
    for (const question of questions.get(subject.kind) ?? []) {
      if (asks(question.control, subject)) judgeOne(question, subject, circumstances, findings);
    }
  }
  return findings;
}

/** A control with what is the same for every subject of a run: there may be a hundred thousand answers. */
interface Question {
  readonly control: Control;
  readonly context: JudgeContext;
  /** Answers of which only the number is kept. */
  readonly counted: JudgedFinding[];
}

function questionOf(control: Control, { policy, now, machine, kubernetesVersion }: Circumstances): Question {
  const context = {
    parameters: policy.parametersOf(control) as never,
    now,
    ...answerTo(control.id, policy.answers, now),
    ...(machine ? { machine } : {}),
    ...(kubernetesVersion ? { kubernetesVersion } : {}),
  };
  return { control, context, counted: [] };
}

/** A fault in the question is one in the control, and said where it is judged. */
function asks(control: Control, subject: Subject): boolean {
  try {
    return isAskedOf(control, subject);
  } catch {
    return true;
  }
}

function judgeOne(question: Question, subject: Subject, circumstances: Circumstances, findings: JudgedFinding[]): void {
  const { control, context } = question;
  const severity = severityOf(control, subject, context);
  if (!reaches(severity, circumstances.policy.severity)) return;
  const judged = verdictsOf(control, subject, context);
  if (Array.isArray(judged)) {
    for (const verdict of judged as readonly Verdict[]) {
      findings.push(findingOf(question, subject, severity, verdict, circumstances));
    }
  } else findings.push(findingOf(question, subject, severity, judged as Verdict, circumstances));
}

function findingOf(
  question: Question,
  subject: Subject,
  severity: Severity,
  said: Verdict,
  circumstances: Circumstances,
): JudgedFinding {
  const { control, context } = question;
  const { policy, now } = circumstances;
  const verdict = resolved(said, subject);
  const { status } = verdict;
  if (status !== 'fail') {
    if (circumstances.brief && status !== 'unknown') return counted(question, subject, severity, status);
    return { control, subject, verdict, severity, status };
  }
  const finding = { control, subject, verdict, severity, ...remedyOf(control, subject, context, verdict) };
  const waiver = circumstances.acceptedBeside?.(finding) ?? findWaiver(policy.waivers, control.id, subject.id, now);
  if (!waiver) return { ...finding, status: 'fail' };
  const waiverExpired = isExpired(waiver, now);
  return { ...finding, waiver, waiverExpired, status: waiverExpired ? 'fail' : 'waived' };
}

const nothing = { en: '', zh: '' };
const withoutWords = { pass: pass(nothing), 'not-applicable': notApplicable(nothing) } as const;

/** Something to count: the same for every subject, of which nothing is kept. */
function counted(
  question: Question,
  subject: Subject,
  severity: Severity,
  status: keyof typeof withoutWords,
): JudgedFinding {
  const before = question.counted.find((each) => each.status === status && each.severity === severity);
  if (before) return before;
  const finding = { control: question.control, subject, severity, verdict: withoutWords[status], status };
  question.counted.push(finding);
  return finding;
}

function verdictsOf(control: Control, subject: Subject, context: JudgeContext): Verdict | readonly Verdict[] {
  const kind = context.machine?.engine.kind;
  if (control.engines && kind && !control.engines.includes(kind)) {
    return notApplicable({ en: `It is not a question for ${kind}.`, zh: `不适用于 ${kind}。` });
  }
  try {
    return control.judge(subject.value, context);
  } catch (error) {
    // A fault in one control must not cost the user all the others.
    return unknown(
      {
        en: `This control itself failed: ${(error as Error).message}`,
        zh: `该检查项自身出错：${(error as Error).message}`,
      },
      { en: 'please report it to the project', zh: '请向项目报告此问题' },
    );
  }
}

/** A field that only a run would fill in is absent from the model, and absent is not what it is. */
function resolved(verdict: Verdict, subject: Subject): Verdict {
  if (subject.kind !== 'container' || !subject.value.unresolved?.length) return verdict;
  const open = subject.value.unresolved;
  const { field, status, evidence } = verdict;
  const place = open.find((each) =>
    status === 'fail'
      ? field === each || field?.startsWith(`${each}.`)
      : status === 'pass' && evidence.some(({ path }) => path === subject.value.locate(each).path),
  );
  if (place === undefined) return verdict;
  return {
    ...unknown(
      { en: 'A variable sets it, whose value is not known here.', zh: '其值由变量设置，此处不可知。' },
      {
        en: 'give the variable a value, or judge the container once it runs',
        zh: '为该变量赋值，或在容器运行后再判断',
      },
      evidence,
    ),
    location: subject.value.locate(place),
  };
}

/** A failure without a remedy is still one. */
function remedyOf(control: Control, subject: Subject, context: JudgeContext, failure: Verdict): { remedy?: Remedy } {
  try {
    return { remedy: control.remedy(subject.value, context, failure) };
  } catch {
    return {};
  }
}

function severityOf(control: Control, subject: Subject, context: JudgeContext): Severity {
  if (typeof control.severity === 'string') return control.severity;
  try {
    return control.severity.of(subject.value, context);
  } catch {
    return control.severity.usual;
  }
}
