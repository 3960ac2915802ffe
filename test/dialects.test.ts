import { describe, expect, test } from 'vitest';
import { controls } from '../src/controls/registry.ts';
import type { ContainerSpec, Dialect } from '../src/model/container-spec.ts';
import { type Control, containerDialects, defaultParameters } from '../src/model/control.ts';
import { applySpecChange, type SpecChange } from '../src/model/spec-change.ts';
import type { Verdict } from '../src/model/verdict.ts';
import { editText } from '../src/remedy/edit/edit.ts';
import { composeFile, podManifests, runCommands } from '../src/remedy/convert.ts';
import { composeReading } from '../src/sources/files/compose/project.ts';
import { runReading } from '../src/sources/files/docker-run/reading.ts';
import { kubernetesReading } from '../src/sources/files/kubernetes/reading.ts';
import { type Reading, type WrittenFile, writtenFile } from '../src/sources/files/written-file.ts';
import { container } from './subjects.ts';

/** One rule book for every dialect: a container that is wrong is wrong however it is written down. */
interface Written {
  readonly dialect: Exclude<Dialect, 'engine-api' | 'dockerfile'>;
  readonly name: string;
  readonly write: (containers: readonly ContainerSpec[]) => string;
  readonly read: (file: WrittenFile) => Reading;
}

const dialects: readonly Written[] = [
  {
    dialect: 'compose',
    name: 'compose.yaml',
    write: composeFile,
    read: (file) => composeReading([file], { readFile: () => undefined }),
  },
  { dialect: 'pod', name: 'pod.yaml', write: podManifests, read: (file) => kubernetesReading([file]) },
  { dialect: 'docker-run', name: 'run.sh', write: runCommands, read: (file) => runReading(file, {}) },
];

/** Counterexamples that do not survive being written down, and why. */
const notWritten: Readonly<Record<string, readonly Dialect[]>> = {
  // Values never leave a model, so that no writer can put a secret into a file: these have another test.
  'container-no-secrets-in-env': ['compose', 'pod', 'docker-run'],
  // A file names a profile, and only an engine has its text.
  'container-seccomp-tailored': ['compose', 'pod', 'docker-run'],
  // The engine's own default may hold, and on paper there is no engine.
  'container-ulimits': ['compose', 'pod', 'docker-run'],
  // A pod has devices only by being privileged.
  'container-device-isolation': ['pod'],
};

const subjects = controls.filter(
  (control): control is Control<'container'> => control.subject === 'container' && control.counterexample !== undefined,
);

describe.each(dialects)('$dialect', ({ dialect, name, write, read }) => {
  const asked = subjects.filter(
    ({ id, dialects: spoken = containerDialects }) =>
      spoken.includes(dialect) && !(notWritten[id] ?? []).includes(dialect),
  );

  test.each(asked.map((control) => [control.id, control] as const))('%s', (_, control) => {
    const file = writtenFile(name, write([container(control.counterexample)]));
    const [bad] = containersIn(read(file));
    const verdict = judge(control, bad);
    expect(verdict).toMatchObject({ status: 'fail' });
    const place = bad.locate(verdict.field ?? '');
    expect(place).toMatchObject({ file: name, line: expect.any(Number) });
    const [good] = containersIn(read(writtenFile(name, write([container()]))));
    expect(judge(control, good).status).toMatch(/^(pass|not-applicable)$/);
    const remedy = control.remedy(bad, { parameters: defaultParameters(control), now });
    if (remedy.kind !== 'spec') return;
    const subject = { kind: 'container', id: 'container/web', value: bad } as const;
    const edited = editText(remedy, subject, { file: name, text: file.text });
    expect(edited).toBeDefined();
    const [mended] = containersIn(read(writtenFile(name, edited ?? '')));
    expect(judge(control, mended).status).toMatch(/^(pass|not-applicable)$/);
  });
});

const now = new Date('2026-07-01T00:00:00Z');

function judge(control: Control<'container'>, subject: ContainerSpec): Verdict {
  return control.judge(subject, { parameters: defaultParameters(control), now });
}

function containersIn({ subjects: read, problems }: Reading): [ContainerSpec, ...ContainerSpec[]] {
  expect(problems.filter(({ kind }) => kind === 'error')).toEqual([]);
  const [first, ...rest] = read.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
  if (!first) throw new Error('no container was read');
  return [first, ...rest];
}

test('a change on paper is the same change in every dialect', () => {
  const change: SpecChange = { readOnlyRoot: true, resources: { pids: 50 }, capabilities: { drop: ['ALL'] } };
  const plain = container({ readOnlyRoot: false, capabilities: { drop: [] } });
  for (const { dialect, name, write, read } of dialects) {
    const file = writtenFile(name, write([plain]));
    const [before] = containersIn(read(file));
    const subject = { kind: 'container', id: 'container/web', value: before } as const;
    const remedy = { kind: 'spec', change, summary: { en: '', zh: '' }, disruption: 'recreate' } as const;
    const [after] = containersIn(
      read(writtenFile(name, editText(remedy, subject, { file: name, text: file.text }) ?? '')),
    );
    expect(after).toMatchObject({ readOnlyRoot: true, capabilities: { drop: ['ALL'] } });
    expect(after.resources.pids).toBe(dialect === 'pod' ? undefined : 50);
    expect(applySpecChange(before, change).readOnlyRoot).toBe(true);
  }
});
