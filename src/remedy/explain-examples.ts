import type { ContainerSpec, Dialect } from '../model/container-spec.ts';
import type { Control, Sample } from '../model/control.ts';
import { exemplarEngine } from '../model/exemplar.ts';
import type { JsonObject } from '../model/json.ts';
import type { DaemonRemedy, Remedy } from '../model/remedy.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Language, Text } from '../model/text.ts';
import { applyCommands, daemonJsonLines } from './dialects/daemon-json.ts';
import { hostCommands } from './dialects/host.ts';
import { badContainer, dialectsOf, goodContainer, sampleOf } from './explain-subjects.ts';
import type { Example, ExampleDialect } from './explanation.ts';
import { composeLines, podLines, runLines, updateLines } from './lines.ts';

/** What fails and what is mended, in every dialect that has words for it. */
export function examplesOf(control: Control, remedy: Remedy | null, language: Language): Example[] {
  const sample = sampleOf(control);
  if (sample) return [sampleExample(control, sample, language)];
  if (control.subject === 'engine') return [engineExample(control, remedy, language)];
  if (control.subject === 'host') return [hostExample(remedy, language)];
  if (control.subject !== 'container') return [];
  const examples = containerExamples(goodContainer(control), badContainer(control), remedy, language);
  const asked = dialectsOf(control);
  return examples.filter(({ dialect }) => {
    const of = askedIn[dialect];
    return of === undefined || asked.includes(of);
  });
}

/** An engine's container is made with `docker run` too, so that its words are always good to know. */
const askedIn: Readonly<Partial<Record<ExampleDialect, Dialect>>> = {
  compose: 'compose',
  pod: 'pod',
  'docker-update': 'engine-api',
};

function sampleExample({ subject }: Control, { bad, good }: Sample, language: Language): Example {
  const [dialect, syntax] = subject === 'dockerfile' ? (['dockerfile', 'dockerfile'] as const) : yamlOf(subject);
  return {
    ...exampleOf(dialect, syntax, language),
    counterexample: bad.trimEnd().split('\n'),
    fix: good.trimEnd().split('\n'),
  };
}

function yamlOf(subject: Control['subject']): readonly ['compose' | 'manifest', 'yaml'] {
  return [subject === 'compose-project' ? 'compose' : 'manifest', 'yaml'];
}

type Lines = (before: ContainerSpec, after: ContainerSpec, language: Language) => string[];

const exampleDialects: readonly (readonly [ExampleDialect, Example['syntax'], Lines])[] = [
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
  const examples = exampleDialects.map(([dialect, syntax, lines]): Example => ({
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

/** Facts of a host are nothing that anybody writes down: what mends them is. */
function hostExample(remedy: Remedy | null, language: Language): Example {
  const fix = remedy?.kind === 'host' ? hostCommands(remedy.changes) : [];
  return { ...exampleOf('host', 'sh', language), fix };
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

const dialectNames: Readonly<Record<ExampleDialect, Text>> = {
  host: { en: 'The host', zh: '主机' },
  'docker-run': { en: 'docker run', zh: 'docker run' },
  compose: { en: 'Compose', zh: 'Compose' },
  pod: { en: 'Kubernetes pod', zh: 'Kubernetes Pod' },
  'docker-update': { en: 'docker update, while it runs', zh: 'docker update（容器运行时即可执行）' },
  'daemon-json': { en: 'daemon.json', zh: 'daemon.json' },
  dockerfile: { en: 'Dockerfile', zh: 'Dockerfile' },
  manifest: { en: 'Kubernetes manifest', zh: 'Kubernetes 清单' },
};
