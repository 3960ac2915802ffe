import { type Circumstances, judgeSubjects } from '../judge/judge.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { Subject } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Language, Text } from '../model/text.ts';
import { composeFile, forEngine, forPod, podManifests, runCommands } from '../remedy/convert.ts';
import { lostFields } from '../remedy/unsaid.ts';
import { visible } from '../report/visible.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import { readFiles } from '../sources/files/read.ts';
import { type Reading, writtenFile } from '../sources/files/written-file.ts';
import type { ConvertedDialect } from './converted-dialects.ts';
import { mendFiles } from './mend-files.ts';

interface Target {
  readonly kind: FileKind;
  readonly file: string;
  /** The container in the words of the dialect. */
  readonly adapt: (container: ContainerSpec) => ContainerSpec;
  readonly write: (containers: readonly ContainerSpec[]) => string;
}

const targets: Readonly<Record<ConvertedDialect, Target>> = {
  compose: { kind: 'compose', file: 'compose.yaml', adapt: forEngine, write: composeFile },
  pod: { kind: 'kubernetes', file: 'pod.yaml', adapt: forPod, write: podManifests },
  run: { kind: 'run', file: 'run.sh', adapt: forEngine, write: runCommands },
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
  const written = subjects.filter(isWritable);
  if (written.length === 0) throw noContainer;
  const containers = written.map((subject) => hardened(subject, circumstances));
  const text = target.write(containers);
  const result = mended(text, target, circumstances);
  const [reread, final] = [text, result].map((each) => readAgain(each, target));
  const gaps = written.flatMap(({ value }, index): Gap[] => {
    const [before, again, end] = [containers[index], reread?.[index], final?.[index]];
    if (!before || !again || !end) return [];
    const fields = lostFields(target.adapt(value), target.adapt(before), { reread: again, hardened: end });
    return fields.length === 0 ? [] : [{ name: value.name, fields }];
  });
  const hasVariables = containers.some(({ environment }) => environment.length > 0);
  return [...remarks(gaps, hasVariables, language).map((line) => visible(`# ${line}`)), result].join('\n');
}

type ContainerSubject = Extract<Subject, { kind: 'container' }>;

/** A Dockerfile has no container yet, and a service without an image none that could be written. */
function isWritable(subject: Subject): subject is ContainerSubject {
  return subject.kind === 'container' && subject.value.dialect !== 'dockerfile' && subject.value.image.reference !== '';
}

/** Every failure's change on top of the others, as far as it helps: one may bring up another. */
function hardened(subject: ContainerSubject, circumstances: Circumstances): ContainerSpec {
  let container = subject.value;
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

/** The other dialect may ask for more. */
function mended(text: string, { kind, file }: Target, circumstances: Circumstances): string {
  const [result] = mendFiles([{ kind, file: writtenFile(file, text) }], { environment: {} }, circumstances);
  return result?.text ?? text;
}

const words = {
  variables: {
    en: 'Variables appear by name: their values are not written here.',
    zh: '环境变量只写名称，此处不写其值。',
  },
  unsaid: { en: 'Not said here:', zh: '此处未写出：' },
  colon: { en: ': ', zh: '：' },
  comma: { en: ', ', zh: '、' },
} as const;

interface Gap {
  readonly name: string;
  readonly fields: readonly Text[];
}

function readAgain(text: string, { kind, file }: Target): ContainerSpec[] {
  const { subjects } = readFiles([{ kind, file: writtenFile(file, text) }], { environment: {} });
  return subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
}

/** What whoever uses the text has to know. */
function remarks(gaps: readonly Gap[], hasVariables: boolean, language: Language): string[] {
  const lines = gaps.map(
    ({ name, fields }) =>
      `  ${name}${words.colon[language]}${fields.map((field) => field[language]).join(words.comma[language])}`,
  );
  return [
    ...(hasVariables ? [words.variables[language]] : []),
    ...(lines.length > 0 ? [words.unsaid[language], ...lines] : []),
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
