import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fix, type FixOptions } from '../../src/cli/fix.ts';
import { applyRun } from '../../src/fix/apply.ts';
import { type EngineControl, openEngineControl } from '../../src/fix/engine-control.ts';
import { openJournal } from '../../src/fix/journal.ts';
import { fileSteps, readContent } from '../../src/fix/steps/file.ts';
import { openWorkshop } from '../../src/fix/workshop.ts';
import type { PlanDocument } from '../../src/model/fix-report.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Action, FileStep } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import { daemonStartOf, endDaemonOf } from './daemon-of.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();
const names = Array.from({ length: 12 }, (_, index) => `risky-${index}`);

describe.skipIf(reason !== undefined)(`a fix on a real engine${reason ? ` (${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let control: EngineControl;
  let state: string;

  beforeAll(async () => {
    engine = await startPrivateEngine({}, [], { orphan: true });
    control = await openEngineControl({ kind: 'unix', path: engine.socket });
    state = join(engine.folder, 'state');
    await engine.importImage('web:1', buildImageTree(join(engine.folder, 'tree')));
    for (const [index, name] of names.entries()) {
      const restart = index === 0 ? { RestartPolicy: { Name: 'always' } } : {};
      await engine.container(name, { Image: 'web:1', Cmd: ['sleep', '86400'], HostConfig: restart }, true);
    }
    chmodSync(engine.configurationFile, 0o666);
  }, 60_000);

  afterAll(async () => {
    control?.close();
    await engine?.stop();
  });

  /** The verb as a user runs it, its document read from where it wrote it. The machine's own kernel is left alone. */
  async function run<T>(options: Partial<FixOptions>): Promise<T & { code: number }> {
    const output = join(engine.folder, 'output.json');
    const usual = { format: 'json', host: engine.host, state, output, quiet: true, disruption: 'restart' } as const;
    const levels = options.undo === undefined ? { only: ['daemon', 'container', 'host'] as const } : {};
    const code = await fix({ ...usual, ...levels, ...options }, 'en');
    return { ...(JSON.parse(readFileSync(output, 'utf8')) as T), code };
  }

  /** What containers are, to the kernel and on the engine's record. */
  async function containers() {
    const all = await Promise.all(
      names.map(async (name) => (await control.get(`/containers/${name}/json`)) as unknown as Inspected),
    );
    return all.map(({ Name, State, HostConfig }) => ({
      name: Name,
      pid: State.Pid,
      limits: limitsOf(State.Pid),
      policy: HostConfig.RestartPolicy,
    }));
  }

  const configuration = () => ({
    text: readFileSync(engine.configurationFile, 'utf8'),
    mode: statSync(engine.configurationFile).mode & 0o777,
  });

  test('one run makes all pass that can be made to without a container noticing, and one undo takes all back', async () => {
    const [before, file] = [await containers(), configuration()];
    const plan = await run<PlanDocument>({});
    expect(configuration()).toEqual(file);
    expect(plan.actions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['daemon-json/reload', 'daemon-json/restart', 'container-update/risky-0']),
    );

    const done = await run<Report>({ apply: true });
    expect(done.fix?.actions.map(({ state: each, reason: why }) => [each, each === 'done' ? null : why])).toEqual(
      plan.actions.map(() => ['done', null]),
    );
    const after = await containers();
    expect(after.map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
    expect(after.map(({ limits }) => limits)).not.toEqual(before.map(({ limits }) => limits));
    const failing = new Set(done.findings.filter(({ status }) => status === 'fail').map((each) => each.control));
    for (const id of ['daemon-live-restore', 'daemon-no-new-privileges', 'host-file-daemon-json-mode']) {
      expect(failing).not.toContain(id);
    }
    for (const id of ['container-memory-limit', 'container-cpu-limit', 'container-pids-limit']) {
      expect(done.comparison?.fixed.filter((each) => each.control === id)).toHaveLength(names.length);
    }
    expect((await run<PlanDocument>({})).actions).toEqual([]);

    const undone = await run<Report>({ undo: 'last' });
    expect(undone.fix?.actions.map((each) => each.state)).toEqual(plan.actions.map(() => 'undone'));
    expect(configuration()).toEqual(file);
    expect(await containers()).toEqual(before);
    const info = (await control.get('/info')) as JsonObject;
    expect(info['LiveRestoreEnabled']).toBe(false);
  }, 120_000);

  test('a daemon that does not start with its new file gets the old one back, and its containers', async () => {
    await run<Report>({ apply: true, control: ['daemon-live-restore'] });
    const [before, file] = [await containers(), configuration()];
    const journal = openJournal(join(engine.folder, 'other-state'));
    const action = restartWith('{ "live-restore": true, "storage-driver": "no-such-driver" }');
    journal.begin({ id: 'bad', started: new Date().toISOString(), who: 'test' }, [action]);
    const workshop = openWorkshop({
      journal,
      engine: control,
      daemon: await daemonStartOf(engine),
      prove: async () => ({ holds: true }),
    });
    const [record] = journal.runs();
    const [result] = record ? await applyRun(record, workshop) : [];
    journal.close();
    expect(result).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining('did not come back') } });
    expect(configuration()).toEqual(file);
    expect(await containers()).toEqual(before);
    await run<Report>({ undo: 'last' });
  }, 120_000);

  test('killed while the daemon was down, the next run puts the old file back and starts it', async () => {
    const file = configuration();
    const action = restartWith('{ "debug": true }');
    const [step] = action.steps as FileStep[];
    const journal = openJournal(state);
    const daemon = await daemonStartOf(engine);
    journal.begin({ id: 'killed', started: new Date().toISOString(), who: 'test', daemon }, [action]);
    journal.mark('killed', 0, 'begun');
    if (step) await fileSteps(() => {}).bring(step, 'after');
    journal.close();
    await endDaemonOf(engine);
    expect(await control.isUp()).toBe(false);

    const { fix: record } = await run<Report>({ apply: true, control: ['daemon-live-restore'] });
    expect(record?.actions.map((each) => each.state)).toEqual(['done']);
    expect(await control.isUp()).toBe(true);
    await run<Report>({ undo: 'last' });
    expect(configuration()).toEqual(file);
  }, 120_000);

  function restartWith(text: string): Action {
    const before = readContent(engine.configurationFile);
    if (!before) throw new Error('no configuration file');
    const after = { ...before, bytes: Buffer.from(text).toString('base64') };
    return {
      id: 'daemon-json/restart',
      kind: 'daemon-json',
      answers: [],
      summary: { en: 'Restart.', zh: '重启。' },
      diff: '',
      disruption: 'daemon-restart',
      affects: [],
      steps: [{ kind: 'file', path: engine.configurationFile, before, after }],
      effect: { kind: 'restart-daemon', reloadUnits: false },
    };
  }

  test('where nothing can be written down, nothing is done', async () => {
    const file = configuration();
    const blocked = join(engine.folder, 'blocked');
    writeFileSync(blocked, '');
    await expect(run({ apply: true, state: blocked })).rejects.toThrow('without it nothing is changed');
    expect(configuration()).toEqual(file);
  });
});

interface Inspected {
  readonly Name: string;
  readonly State: { readonly Pid: number };
  readonly HostConfig: { readonly RestartPolicy: JsonObject };
}

/** What the kernel says of the control groups that a process is in. */
function limitsOf(pid: number): string[] {
  const places = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(':'));
  const files = ['memory.limit_in_bytes', 'memory.max', 'pids.max', 'cpu.cfs_quota_us', 'cpu.max'];
  return places.flatMap(([, controllers = '', path = '']) =>
    files.flatMap((file) => {
      const place = join('/sys/fs/cgroup', controllers.replace(/^name=/, ''), path, file);
      return existsSync(place) ? [`${file}=${readFileSync(place, 'utf8').trim()}`] : [];
    }),
  );
}
