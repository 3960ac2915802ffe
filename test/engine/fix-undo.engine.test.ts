import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fix, type FixOptions } from '../../src/cli/fix.ts';
import { takeDaemonEffect } from '../../src/fix/daemon-effects.ts';
import { type EngineControl, openEngineControl } from '../../src/fix/engine-control.ts';
import { openJournal, readJournal } from '../../src/fix/journal.ts';
import type { Report } from '../../src/model/report.ts';
import { daemonStartOf, endDaemonOf } from './daemon-of.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();

describe.skipIf(reason !== undefined)(`an undo when the daemon is down${reason ? ` (${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let control: EngineControl;
  let state: string;

  beforeAll(async () => {
    engine = await startPrivateEngine({}, [], { orphan: true });
    control = await openEngineControl({ kind: 'unix', path: engine.socket });
    state = join(engine.folder, 'state');
  }, 60_000);

  afterAll(async () => {
    control?.close();
    await engine?.stop();
  });

  async function run(options: Partial<FixOptions>): Promise<Report> {
    const output = join(engine.folder, 'output.json');
    await fix(
      { format: 'json', host: engine.host, state, output, quiet: true, disruption: 'restart', ...options },
      'en',
    );
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  }

  const configuration = () => readFileSync(engine.configurationFile, 'utf8');

  test('the files are put back, and whoever starts it starts it with them', async () => {
    const [file, start] = [configuration(), await daemonStartOf(engine)];
    const before = listeners();
    await run({ apply: true, control: ['daemon-no-new-privileges'] });
    expect(configuration()).not.toBe(file);
    // Neither a handler nor the daemon's environment outlives the fix.
    expect(listeners()).toEqual(before);
    expect(readJournal(state).flatMap(({ daemon }) => daemon ?? [])).toEqual([]);
    const fixed = configuration();
    writeFileSync(engine.configurationFile, '{ "debug": true }');
    await expect(run({ undo: 'last' })).rejects.toMatchObject({ code: 'fix-refused' });
    expect(readJournal(state).flatMap(({ daemon }) => daemon ?? [])).toEqual([]);
    writeFileSync(engine.configurationFile, fixed);
    await endDaemonOf(engine);
    const { fix: record } = await run({ undo: 'last' });
    expect(record?.actions.map((each) => each.state)).toEqual(record?.actions.map(() => 'undone'));
    expect(configuration()).toBe(file);
    expect(await control.isUp()).toBe(false);
    await takeDaemonEffect({ kind: 'restart-daemon', reloadUnits: false }, start, control);
    expect(await control.isUp()).toBe(true);
  }, 120_000);

  test('killed while it was down, the next run ends it and starts the daemon', async () => {
    const file = configuration();
    const { fix: record } = await run({ apply: true, control: ['daemon-no-new-privileges'] });
    const journal = openJournal(state);
    const id = record?.id ?? '';
    const last = (record?.actions.length ?? 0) - 1;
    journal.keepDaemon(id, await daemonStartOf(engine));
    journal.mark(id, last, 'undoing');
    journal.close();
    await endDaemonOf(engine);
    // Nothing is left for this one to undo but what it first goes on with.
    await expect(run({ undo: id, quiet: true })).rejects.toThrow('nothing of this fix left to undo');
    expect(await control.isUp()).toBe(true);
    expect(configuration()).toBe(file);
    expect(readJournal(state).flatMap(({ daemon }) => daemon ?? [])).toEqual([]);
  }, 120_000);
});

function listeners(): number[] {
  return ['SIGINT', 'SIGTERM', 'SIGHUP'].map((each) => process.listenerCount(each));
}
