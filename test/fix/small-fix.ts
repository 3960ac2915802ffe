import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workshop } from '../../src/fix/apply.ts';
import { openJournal, type RunRecord } from '../../src/fix/journal.ts';
import { readAccess, accessSteps } from '../../src/fix/steps/access.ts';
import { fileSteps, readContent } from '../../src/fix/steps/file.ts';
import { parameterSteps } from '../../src/fix/steps/parameter.ts';
import type { Checkpoint, StepKind } from '../../src/fix/step-kind.ts';
import type { Action, FileContent, Step } from '../../src/model/plan.ts';

/** What the fix below finds: files, a mode, a kernel parameter, in a folder of the test's own. */
export function lay(folder: string): void {
  mkdirSync(join(folder, 'etc'));
  mkdirSync(join(folder, 'sys/kernel'), { recursive: true });
  writeFileSync(join(folder, 'etc/daemon.json'), '{ "debug": true }\n');
  chmodSync(join(folder, 'etc/daemon.json'), 0o640);
  writeFileSync(join(folder, 'etc/key.pem'), 'key\n');
  chmodSync(join(folder, 'etc/key.pem'), 0o666);
  writeFileSync(join(folder, 'sys/kernel/kptr_restrict'), '0\n');
}

/** Three actions: one with an effect, one of several steps and kinds, one that changes again what the first has changed. */
export function smallPlan(folder: string): Action[] {
  const daemon = join(folder, 'etc/daemon.json');
  const first = required(daemon);
  const second = changed(first, '{ "debug": true, "live-restore": true }\n');
  const third = changed(first, `{ "debug": true, "live-restore": true, "icc": false }\n${' '.repeat(100_000)}`);
  const key = join(folder, 'etc/key.pem');
  const access = readAccess(key);
  if (!access) throw new Error(`${key} is not there`);
  const conf = join(folder, 'etc/sysctl.d/60-plimsoll.conf');
  return [
    {
      ...common('reload'),
      steps: [
        {
          kind: 'file',
          path: daemon,
          before: first,
          after: second,
          passing: changed(first, '{ "live-restore": false }\n'),
        },
      ],
      effect: { kind: 'reload-daemon' },
    },
    {
      ...common('host'),
      steps: [
        {
          kind: 'file',
          path: conf,
          before: null,
          after: changed(first, 'kernel.kptr_restrict = 1\n'),
          folders: [join(folder, 'etc/sysctl.d')],
        },
        { kind: 'parameter', name: 'kernel.kptr_restrict', before: '0', after: '1' },
        { kind: 'access', path: key, before: access, after: { ...access, mode: 0o600 } },
      ],
    },
    {
      ...common('restart'),
      steps: [{ kind: 'file', path: daemon, before: second, after: third }],
      effect: { kind: 'restart-daemon', reloadUnits: false },
    },
  ];
}

function common(id: string) {
  const summary = { en: id, zh: id };
  return { id, kind: 'daemon-json', answers: [], summary, diff: '', disruption: 'none', affects: [] } as const;
}

function required(path: string): FileContent {
  const content = readContent(path);
  if (!content) throw new Error(`${path} is not there`);
  return content;
}

function changed({ access }: FileContent, text: string): FileContent {
  return { bytes: Buffer.from(text).toString('base64'), access };
}

/** A workshop whose daemon notes in a file what it was told, and what its configuration was then. */
export function smallWorkshop(
  folder: string,
  checkpoint: Checkpoint = () => {},
  others: Partial<Workshop> = {},
): Workshop {
  const kinds: Readonly<Record<string, unknown>> = {
    file: fileSteps(checkpoint),
    access: accessSteps,
    parameter: parameterSteps(join(folder, 'sys')),
  };
  return {
    journal: openJournal(join(folder, 'state')),
    kindOf: <S extends Step>(step: S) => kinds[step.kind] as StepKind<S>,
    async take() {
      const content = readContent(join(folder, 'etc/daemon.json'));
      writeFileSync(join(folder, 'daemon-runs-with'), content?.bytes ?? '');
    },
    prove: async () => ({ holds: true }),
    isStopped: () => false,
    checkpoint,
    ...others,
  };
}

export function begin({ journal }: Workshop, actions: readonly Action[]): RunRecord {
  journal.begin({ id: 'one', started: '2026-11-22T08:00:00.000Z', who: 'alice (root)' }, actions);
  return onlyRun({ journal });
}

export function onlyRun({ journal }: Pick<Workshop, 'journal'>): RunRecord {
  const [run] = journal.runs();
  if (!run) throw new Error('the journal is empty');
  return run;
}
