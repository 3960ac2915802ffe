import type { ContainerSpec } from '../model/container-spec.ts';
import {
  type Control,
  defaultParameters,
  type JudgeContext,
  levelOf,
  type SubjectKind,
  type Subjects,
  usualSeverity,
} from '../model/control.ts';
import { applyDaemonChange } from '../model/daemon-change.ts';
import type { EngineFacts } from '../model/engine.ts';
import { exemplarContainer, exemplarEngine, exemplarMachine } from '../model/exemplar.ts';
import type { JsonObject } from '../model/json.ts';
import type { DaemonRemedy, Remedy } from '../model/remedy.ts';
import { severityNames } from '../model/severity.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Language, Text } from '../model/text.ts';
import { applyCommands, daemonJsonLines } from './dialects/daemon-json.ts';
import type { Example, ExampleDialect, Explanation } from './explanation.ts';
import { composeLines, podLines, runLines, updateLines } from './lines.ts';

/** What there is to say of a control, its examples made from the exemplary subjects. */
export function explainControl(control: Control, language: Language): Explanation {
  const note = typeof control.severity === 'string' ? undefined : control.severity.note[language];
  const severity = usualSeverity(control);
  const remedy = exemplaryRemedy(control);
  return {
    language,
    id: control.id,
    title: control.title[language],
    level: levelOf(control),
    subject: control.subject,
    severity: { value: severity, name: severityNames[severity][language], ...(note === undefined ? {} : { note }) },
    why: control.why[language],
    how: control.how[language],
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

/** The same on every day, so that the pages do not change by themselves. */
const exemplaryDay = new Date(Date.UTC(2026, 6, 1));

/** What the control proposes for its counterexample, or for the exemplar where it has none. */
function exemplaryRemedy(control: Control): Remedy | null {
  const context: JudgeContext = {
    parameters: defaultParameters(control),
    now: exemplaryDay,
    machine: exemplarMachine,
  };
  const subject: Subjects[SubjectKind] = control.subject === 'container' ? badContainer(control) : badEngine(control);
  try {
    const remedy = control.remedy(subject, context);
    return isEmpty(remedy) ? null : remedy;
  } catch {
    // A remedy is promised only after a failure; without a counterexample it may find nothing to mend.
    return null;
  }
}

/** Without a counterexample there may be nothing to change, and then a summary would speak of nothing. */
function isEmpty(remedy: Remedy): boolean {
  if (remedy.kind === 'manual') return false;
  return Object.keys(remedy.kind === 'spec' ? remedy.change : remedy.set).length === 0;
}

function examplesOf(control: Control, remedy: Remedy | null, language: Language): Example[] {
  return control.subject === 'container'
    ? containerExamples(goodContainer(control), badContainer(control), remedy, language)
    : [engineExample(control, remedy, language)];
}

type Lines = (before: ContainerSpec, after: ContainerSpec, language: Language) => string[];

const containerDialects: readonly (readonly [ExampleDialect, Example['syntax'], Lines])[] = [
  ['docker-run', 'sh', runLines],
  ['compose', 'yaml', composeLines],
  ['pod', 'yaml', podLines],
];

function containerExamples(
  good: ContainerSpec,
  bad: ContainerSpec,
  remedy: Remedy | null,
  language: Language,
): Example[] {
  const change = remedy?.kind === 'spec' ? remedy.change : {};
  const mended = applySpecChange(bad, change);
  const examples = containerDialects.map(([dialect, syntax, lines]): Example => ({
    dialect,
    syntax,
    title: dialectNames[dialect][language],
    counterexample: lines(good, bad, language),
    fix: lines(bad, mended, language),
    apply: [],
  }));
  const live: Example = { ...exampleOf('docker-update', 'sh', language), fix: updateLines(bad, change) };
  return remedy?.kind === 'daemon' ? [...examples, daemonExample(remedy, {}, language)] : [...examples, live];
}

function engineExample(control: Control, remedy: Remedy | null, language: Language): Example {
  const counterexample = (control.counterexample ?? {}) as JsonObject;
  return remedy?.kind === 'daemon'
    ? daemonExample(remedy, counterexample, language)
    : { ...exampleOf('daemon-json', 'jsonc', language), counterexample: daemonJsonLines(counterexample, language) };
}

function daemonExample(remedy: DaemonRemedy, counterexample: JsonObject, language: Language): Example {
  return {
    ...exampleOf('daemon-json', 'jsonc', language),
    counterexample: daemonJsonLines(counterexample, language),
    fix: daemonJsonLines(remedy.set, language),
    apply: applyCommands(remedy, exemplarEngine, language),
  };
}

function exampleOf(dialect: ExampleDialect, syntax: Example['syntax'], language: Language): Example {
  return { dialect, syntax, title: dialectNames[dialect][language], counterexample: [], fix: [], apply: [] };
}

/** Lists are replaced whole: without mounts before, only those of the counterexample are seen as what it adds. */
function goodContainer({ counterexample = {} }: Control): ContainerSpec {
  return 'mounts' in counterexample ? { ...exemplarContainer, mounts: [] } : exemplarContainer;
}

function badContainer({ counterexample = {} }: Control): ContainerSpec {
  return applySpecChange(exemplarContainer, counterexample);
}

function badEngine({ counterexample = {} }: Control): EngineFacts {
  return applyDaemonChange(exemplarEngine, counterexample as JsonObject);
}

const dialectNames: Readonly<Record<ExampleDialect, Text>> = {
  'docker-run': { en: 'docker run', zh: 'docker run' },
  compose: { en: 'Compose', zh: 'Compose' },
  pod: { en: 'Kubernetes pod', zh: 'Kubernetes Pod' },
  'docker-update': { en: 'docker update, while it runs', zh: 'docker update（容器运行时即可执行）' },
  'daemon-json': { en: 'daemon.json', zh: 'daemon.json' },
};
