import { type Control, isAskedOf, type JudgeContext, type Machine, type Subject } from '../model/control.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { Remedy } from '../model/remedy.ts';
import { reaches, type Severity } from '../model/severity.ts';
import { type FindingStatus, notApplicable, pass, unknown, type Verdict } from '../model/verdict.ts';
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

/** The subjects of a machine: its engine, then its containers. */
export function subjectsOf(machine: Machine): Subject[] {
  const engineName = machine.engine.info.known ? machine.engine.info.value.name : undefined;
  return [
    { kind: 'engine', id: `engine/${engineName ?? 'local'}`, value: machine.engine },
    ...machine.containers.map((container): Subject => ({
      kind: 'container',
      id: `container/${container.name || (container.id ?? '').slice(0, 12)}`,
      value: container,
    })),
  ];
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
  const { policy } = circumstances;
  const byKind = Map.groupBy(policy.controls, ({ subject }) => subject);
  return subjects.flatMap((subject) =>
    (byKind.get(subject.kind) ?? [])
      .filter((control) => asks(control, subject))
      .flatMap((control) => judgeOne(control, subject, circumstances))
      .filter(({ severity }) => reaches(severity, policy.severity)),
  );
}

/** A fault in the question is one in the control, and said where it is judged. */
function asks(control: Control, subject: Subject): boolean {
  try {
    return isAskedOf(control, subject);
  } catch {
    return true;
  }
}

function judgeOne(control: Control, subject: Subject, circumstances: Circumstances): JudgedFinding[] {
  const { policy, now, machine, kubernetesVersion } = circumstances;
  const context: JudgeContext = {
    parameters: policy.parametersOf(control) as never,
    now,
    ...(machine ? { machine } : {}),
    ...(kubernetesVersion ? { kubernetesVersion } : {}),
  };
  const severity = severityOf(control, subject, context);
  return verdictsOf(control, subject, context).map((verdict) => {
    const finding = { control, subject, verdict, severity };
    if (verdict.status !== 'fail') {
      if (circumstances.brief && verdict.status !== 'unknown')
        return counted(control, subject, severity, verdict.status);
      return { ...finding, status: verdict.status };
    }
    const remedy = remedyOf(control, subject, context, verdict);
    const waiver = circumstances.acceptedBeside?.(finding) ?? findWaiver(policy.waivers, control.id, subject.id, now);
    if (!waiver) return { ...finding, ...remedy, status: 'fail' };
    const waiverExpired = isExpired(waiver, now);
    return { ...finding, ...remedy, waiver, waiverExpired, status: waiverExpired ? 'fail' : 'waived' };
  });
}

const nothing = { en: '', zh: '' };
const withoutWords = { pass: pass(nothing), 'not-applicable': notApplicable(nothing) } as const;
const countedFindings = new WeakMap<Control, Map<string, JudgedFinding>>();

/** Something to count: the same for every subject, of which nothing is kept. */
function counted(
  control: Control,
  subject: Subject,
  severity: Severity,
  status: keyof typeof withoutWords,
): JudgedFinding {
  const known = countedFindings.get(control) ?? new Map<string, JudgedFinding>();
  countedFindings.set(control, known);
  const key = `${severity} ${status}`;
  const finding = known.get(key) ?? { control, subject, severity, verdict: withoutWords[status], status };
  known.set(key, finding);
  return finding;
}

function verdictsOf(control: Control, subject: Subject, context: JudgeContext): readonly Verdict[] {
  const kind = context.machine?.engine.kind;
  if (control.engines && kind && !control.engines.includes(kind)) {
    return [notApplicable({ en: `It is not a question for ${kind}.`, zh: `不适用于 ${kind}。` })];
  }
  try {
    return [control.judge(subject.value, context)].flat().map((verdict) => resolved(verdict, subject));
  } catch (error) {
    // A fault in one control must not cost the user all the others.
    return [
      unknown(
        {
          en: `This control itself failed: ${(error as Error).message}`,
          zh: `该检查项自身出错：${(error as Error).message}`,
        },
        { en: 'please report it to the project', zh: '请向项目报告此问题' },
      ),
    ];
  }
}

/** A field that only a run would fill in is absent from the model, and absent is not what it is. */
function resolved(verdict: Verdict, subject: Subject): Verdict {
  const open = subject.kind === 'container' ? (subject.value.unresolved ?? []) : [];
  if (subject.kind !== 'container' || open.length === 0) return verdict;
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
