import {
  type Control,
  defaultParameters,
  isAskedOf,
  isWritten,
  type JudgeContext,
  levelOf,
  type Subject,
  usualSeverity,
  type WrittenKind,
} from '../model/control.ts';
import { exemplarMachine } from '../model/exemplar.ts';
import type { Remedy } from '../model/remedy.ts';
import { severityNames } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import { examplesOf } from './explain-examples.ts';
import { badContainer, badEngine, badFacts, dialectsOf, sampleOf } from './explain-subjects.ts';
import type { Explanation } from './explanation.ts';

/** Reads a control's sample into subjects: what can read files lies in another room. */
export type SampleReader = (kind: WrittenKind, text: string) => readonly Subject[];

/**
 * What there is to say of a control, its examples made from the exemplary subjects. Without a reader a control of
 * a text has no remedy to show.
 */
export function explainControl(control: Control, language: Language, read: SampleReader = () => []): Explanation {
  const note = typeof control.severity === 'string' ? undefined : control.severity.note[language];
  const severity = usualSeverity(control);
  const remedy = exemplaryRemedy(control, read);
  return {
    language,
    id: control.id,
    title: control.title[language],
    level: levelOf(control),
    subject: control.subject,
    ...(control.subject === 'container' ? { dialects: dialectsOf(control) } : {}),
    severity: { value: severity, name: severityNames[severity][language], ...(note === undefined ? {} : { note }) },
    why: control.why[language],
    how: control.how[language],
    ...(control.question ? { question: control.question[language] } : {}),
    parameters: Object.entries(control.parameters ?? {}).map(([name, parameter]) => ({
      name,
      default: parameter.default,
      description: parameter.description[language],
    })),
    references: control.references,
    remedy: remedy && {
      kind: remedy.kind,
      summary: remedy.summary[language],
      disruption: remedy.disruption,
      commands: remedy.kind === 'manual' ? remedy.commands : [],
    },
    examples: examplesOf(control, remedy, language).filter(
      ({ counterexample, fix }) => counterexample.length > 0 || fix.length > 0,
    ),
  };
}

/** What the control proposes for its counterexample, or for the exemplar where it has none. */
function exemplaryRemedy(control: Control, read: SampleReader): Remedy | null {
  try {
    const remedy = sampleOf(control) ? sampleRemedy(control, read) : exemplarRemedy(control);
    return remedy === undefined || isEmpty(remedy) ? null : remedy;
  } catch {
    // A remedy is promised only after a failure; without a counterexample it may find nothing to mend.
    return null;
  }
}

function exemplarRemedy(control: Control): Remedy | undefined {
  const context = { ...contextOf(control), machine: exemplarMachine };
  if (control.subject === 'container') return control.remedy(badContainer(control), context);
  if (control.subject === 'engine') return control.remedy(badEngine(control), context);
  const bad = badFacts(control);
  return bad && control.remedy(bad, context);
}

/** For the first place at which the bad sample fails. */
function sampleRemedy(control: Control, read: SampleReader): Remedy | undefined {
  const context = contextOf(control);
  const { subject: kind } = control;
  const subjects = isWritten(kind) ? read(kind, sampleOf(control)?.bad ?? '') : [];
  for (const subject of subjects.filter((each) => isAskedOf(control, each))) {
    const failure = [control.judge(subject.value, context)].flat().find(({ status }) => status === 'fail');
    if (failure) return control.remedy(subject.value, context, failure);
  }
  return undefined;
}

/** The same on every day, so that the pages do not change by themselves. */
const exemplaryDay = new Date(Date.UTC(2026, 6, 1));

function contextOf(control: Control): JudgeContext {
  return { parameters: defaultParameters(control), now: exemplaryDay };
}

/** Without a counterexample there may be nothing to change, and then a summary would speak of nothing. */
function isEmpty(remedy: Remedy): boolean {
  switch (remedy.kind) {
    case 'spec':
      return Object.keys(remedy.change).length === 0;
    case 'daemon':
      return Object.keys(remedy.set).length === 0;
    case 'text':
      return remedy.edits.length === 0;
    case 'object':
      return remedy.fields.length === 0;
    default:
      return false;
  }
}
