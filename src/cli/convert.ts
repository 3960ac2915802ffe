import { type Circumstances, judgeSubjects } from '../judge/judge.ts';
import type { ContainerSpec, Dialect } from '../model/container-spec.ts';
import type { Subject } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Language } from '../model/text.ts';
import { composeFile, forEngine, forPod, podManifests, runCommands } from '../remedy/convert.ts';
import { unsaid } from '../remedy/unsaid.ts';
import { visible } from '../report/visible.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import { readFiles } from '../sources/files/read.ts';
import { type Reading, writtenFile } from '../sources/files/written-file.ts';
import type { ConvertedDialect } from './converted-dialects.ts';

interface Target {
  readonly dialect: Dialect;
  readonly kind: FileKind;
  readonly file: string;
  /** The container in the words of the dialect. */
  adapt(container: ContainerSpec): ContainerSpec;
  write(containers: readonly ContainerSpec[]): string;
}

const targets: Readonly<Record<ConvertedDialect, Target>> = {
  compose: { dialect: 'compose', kind: 'compose', file: 'compose.yaml', adapt: forEngine, write: composeFile },
  pod: { dialect: 'pod', kind: 'kubernetes', file: 'pod.yaml', adapt: forPod, write: podManifests },
  run: { dialect: 'docker-run', kind: 'run', file: 'run.sh', adapt: forEngine, write: runCommands },
};

/**
 * The containers of what was read, with every remedy carried out that changes one, in another dialect. What that dialect
 * has no word for is said in a comment at the top. Throws a PlimsollError where there is no container.
 */
export function convertFiles(
  { subjects }: Reading,
  circumstances: Circumstances,
  dialect: ConvertedDialect,
  language: Language,
): string {
  const target = targets[dialect];
  const containers = subjects.filter(isWritable).map((subject) => hardened(subject, circumstances, target));
  if (containers.length === 0) throw noContainer;
  const text = target.write(containers);
  return [...remarks(containers, text, target, language).map((line) => visible(`# ${line}`)), text].join('\n');
}

type ContainerSubject = Extract<Subject, { kind: 'container' }>;

/** A Dockerfile has no container yet, and a service without an image none that could be written. */
function isWritable(subject: Subject): subject is ContainerSubject {
  return subject.kind === 'container' && subject.value.dialect !== 'dockerfile' && subject.value.image.reference !== '';
}

/** As its own dialect asks for it, and then as the other one does. */
function hardened(subject: ContainerSubject, circumstances: Circumstances, { dialect, adapt }: Target): ContainerSpec {
  const { dialect: source } = subject.value;
  const own = hardenedAs(source, subject, subject.value, circumstances);
  return { ...hardenedAs(dialect, subject, adapt(own), circumstances), dialect: source };
}

/** Every failure's change on top of the others, as far as it helps: one may bring up another. */
function hardenedAs(
  dialect: Dialect,
  subject: ContainerSubject,
  start: ContainerSpec,
  circumstances: Circumstances,
): ContainerSpec {
  let container: ContainerSpec = { ...start, dialect };
  const failuresOf = (value: ContainerSpec) =>
    judgeSubjects([{ ...subject, value }], { ...circumstances, brief: true }).filter(({ status }) => status === 'fail');
  const tried = new Set<string>();
  for (;;) {
    const failure = failuresOf(container).find(
      ({ remedy, control }) => remedy?.kind === 'spec' && !tried.has(control.id),
    );
    if (failure?.remedy?.kind !== 'spec') return container;
    const { id } = failure.control;
    tried.add(id);
    const changed = applySpecChange(container, failure.remedy.change);
    if (!failuresOf(changed).some(({ control }) => control.id === id)) container = changed;
  }
}

const words = {
  variables: {
    en: 'Variables appear by name: their values are not written here.',
    zh: '环境变量只写名称，此处不写其值。',
  },
  unsaid: { en: 'Left out, because there is no word for it here:', zh: '以下内容在此写法中无法表达，已略去：' },
  colon: { en: ': ', zh: '：' },
  comma: { en: ', ', zh: '、' },
} as const;

/** What whoever uses the text has to know, found by reading it again. */
function remarks(
  containers: readonly ContainerSpec[],
  text: string,
  { kind, file, adapt }: Target,
  language: Language,
): string[] {
  const { subjects } = readFiles([{ kind, file: writtenFile(file, text) }], { environment: {} });
  const reread = subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
  const gaps = containers.flatMap((container, index) => {
    const again = reread[index];
    const lost = again ? unsaid(adapt(container), again).map((field) => field[language]) : [];
    return lost.length > 0 ? [`  ${container.name}${words.colon[language]}${lost.join(words.comma[language])}`] : [];
  });
  return [
    ...(containers.some(({ environment }) => environment.length > 0) ? [words.variables[language]] : []),
    ...(gaps.length > 0 ? [words.unsaid[language], ...gaps] : []),
  ];
}

const noContainer = new PlimsollError(
  'usage',
  { en: '--convert: there is no container in these files', zh: '--convert：这些文件中没有容器' },
  {
    en: 'Name a Compose file, a manifest with pods, or a file with docker run commands.',
    zh: '请指定 Compose 文件、含 Pod 的清单，或含 docker run 命令的文件。',
  },
);
