import { type Control, type JudgeContext, type Machine, type SubjectKind, type Subjects } from '../model/control.ts';
import type { Remedy } from '../model/remedy.ts';
import { reaches, type Severity } from '../model/severity.ts';
import { type FindingStatus, notApplicable, unknown, type Verdict } from '../model/verdict.ts';
import type { Policy } from './policy.ts';
import { findWaiver, isExpired, type Waiver } from './waivers.ts';

/** One subject to judge, with the id that reports and waivers use. */
export type JudgedSubject = {
  [K in SubjectKind]: { readonly kind: K; readonly id: string; readonly value: Subjects[K] };
}[SubjectKind];

/** What one control says of one subject, before it is put into words. */
export interface JudgedFinding {
  readonly control: Control;
  readonly subject: JudgedSubject;
  readonly verdict: Verdict;
  readonly status: FindingStatus;
  readonly severity: Severity;
  /** Only after a failure, accepted or not. */
  readonly remedy?: Remedy;
  readonly waiver?: Waiver;
  readonly waiverExpired?: boolean;
}

/** The subjects of a machine: its engine, then its containers. */
export function subjectsOf(machine: Machine): JudgedSubject[] {
  const engineName = machine.engine.info.known ? machine.engine.info.value.name : undefined;
  return [
    { kind: 'engine', id: `engine/${engineName ?? 'local'}`, value: machine.engine },
    ...machine.containers.map((container): JudgedSubject => ({
      kind: 'container',
      id: `container/${container.name || (container.id ?? '').slice(0, 12)}`,
      value: container,
    })),
  ];
}

/** Judges every subject by every control of the policy that is meant for its kind. */
export function judgeSubjects(
  subjects: readonly JudgedSubject[],
  machine: Machine | undefined,
  policy: Policy,
  now: Date,
): JudgedFinding[] {
  return subjects.flatMap((subject) =>
    policy.controls
      .filter((control) => control.subject === subject.kind)
      .map((control) => judgeOne(control, subject, machine, policy, now))
      .filter(({ severity }) => reaches(severity, policy.severity)),
  );
}

function judgeOne(
  control: Control,
  subject: JudgedSubject,
  machine: Machine | undefined,
  policy: Policy,
  now: Date,
): JudgedFinding {
  const context: JudgeContext = {
    parameters: policy.parametersOf(control) as never,
    now,
    ...(machine ? { machine } : {}),
  };
  const verdict = verdictOf(control, subject, context);
  const severity = severityOf(control, subject, context);
  const finding = { control, subject, verdict, severity };
  if (verdict.status !== 'fail') return { ...finding, status: verdict.status };
  const remedy = remedyOf(control, subject, context);
  const waiver = findWaiver(policy.waivers, control.id, subject.id, now);
  if (!waiver) return { ...finding, ...remedy, status: 'fail' };
  const waiverExpired = isExpired(waiver, now);
  return { ...finding, ...remedy, waiver, waiverExpired, status: waiverExpired ? 'fail' : 'waived' };
}

function verdictOf(control: Control, subject: JudgedSubject, context: JudgeContext): Verdict {
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

/** A failure without a remedy is still one. */
function remedyOf(control: Control, subject: JudgedSubject, context: JudgeContext): { remedy?: Remedy } {
  try {
    return { remedy: control.remedy(subject.value, context) };
  } catch {
    return {};
  }
}

function severityOf(control: Control, subject: JudgedSubject, context: JudgeContext): Severity {
  if (typeof control.severity === 'string') return control.severity;
  try {
    return control.severity.of(subject.value, context);
  } catch {
    return control.severity.usual;
  }
}
