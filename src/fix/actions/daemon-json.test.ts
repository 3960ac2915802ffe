import { describe, expect, test } from 'vitest';
import { engine as exemplary, info, machine, running } from '../../../test/subjects.ts';
import { knownControls, loadControls } from '../../controls/known.ts';
import type { Control } from '../../model/control.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { changeDaemon } from '../../model/remedy.ts';
import { textOf } from '../file-diff.ts';
import type { Failure } from '../planning.ts';
import { planContext } from './host-plan.fixture.ts';
import { isDaemonFailure, planDaemonSettings } from './daemon-json.ts';

const bySystemd = () => ({ kind: 'systemd', unit: 'docker.service' }) as const;

await loadControls(['daemon']);
const text = { en: 'Set it.', zh: '请设置。' };
const path = '/etc/docker/daemon.json';

function failure(id: string, set: JsonObject): Failure {
  const control = knownControls().find((each) => each.id === id) as Control;
  return {
    control,
    subject: { kind: 'engine', id: 'engine/harbour', value: exemplary() },
    remedy: changeDaemon(set, text),
  };
}

interface Situation {
  readonly file?: string;
  readonly facts?: Partial<EngineFacts>;
  readonly runs?: boolean;
  readonly validate?: (text: string) => Promise<string | undefined>;
}

async function plan(failures: readonly Failure[], { file = '{}', facts = {}, runs = false, validate }: Situation = {}) {
  const values = file === '' ? {} : (JSON.parse(file) as JsonObject);
  const configuration = known({ file: path, values, modified: 0, positions: {} }, 'file', path);
  const engine = exemplary({}, { configuration, info: plain(), ...facts });
  const web = { ...running(), name: 'web', restart: {} };
  const context = planContext({ files: { [path]: file }, change: machine({ engine, containers: runs ? [web] : [] }) });
  const result = await planDaemonSettings(failures, validate ? { ...context, validate } : context, bySystemd);
  const [first, ...rest] = result.actions.map(({ steps }) => {
    const step = steps.at(-1);
    return step?.kind === 'file' ? textOf(step.after) : '';
  });
  return { ...result, texts: [first, ...rest] };
}

/** An engine that does what an empty file says. */
function plain(change: Partial<EngineInfo> = {}) {
  return info({ securityOptions: [], authorizationPlugins: [], loggingDriver: 'json-file', ...change });
}

const icc = failure('daemon-icc-disabled', { icc: false });
const logs = failure('daemon-log-opts-consistent', { 'log-opts': { 'max-file': '3', 'max-size': '10m' } });
const privileges = failure('daemon-no-new-privileges', { 'no-new-privileges': true });
const live = failure('daemon-live-restore', { 'live-restore': true });
const off = { info: plain({ liveRestore: false }) };

describe('one restart for all', () => {
  test('settings are merged, and the layout of the file stays', async () => {
    const file = '{\n    "debug": true,\n    "log-opts": { "max-file": "3" }\n}\n';
    const { actions, texts } = await plan([icc, logs], { file });
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({ effect: { kind: 'restart-daemon', reloadUnits: false }, affects: [] });
    expect(texts[0]).toBe(
      '{\n    "debug": true,\n    "log-opts": { "max-file": "3", "max-size": "10m" },\n    "icc": false\n}\n',
    );
  });

  test('a file that is empty, or has nothing in it, is laid out for people', async () => {
    for (const file of ['', '{}']) {
      const { texts } = await plan([icc], { file });
      expect(texts).toEqual(['{\n  "icc": false\n}\n']);
    }
  });
});

describe('live-restore comes before the restart', () => {
  test('in a reload of its own, whose file the restart goes on from', async () => {
    const { actions, texts } = await plan([privileges, live], { facts: off, runs: true });
    expect(actions.map(({ effect }) => effect?.kind)).toEqual(['reload-daemon', 'restart-daemon']);
    expect(JSON.parse(texts[0] ?? '')).toEqual({ 'live-restore': true });
    expect(JSON.parse(texts[1] ?? '')).toEqual({ 'live-restore': true, 'no-new-privileges': true });
    const [reload, restart] = actions.map(({ steps }) => steps.at(-1));
    expect(restart?.kind === 'file' && restart.before).toEqual(reload?.kind === 'file' && reload.after);
    expect(actions[1]?.affects).toEqual([]);
  });

  test('also where nobody asked for it, if containers run: it is proven, since the restart relies on it', async () => {
    const { actions } = await plan([privileges], { facts: off, runs: true });
    expect(actions[0]?.answers).toEqual([{ control: 'daemon-live-restore', subject: 'engine/harbour' }]);
    expect((await plan([privileges], { facts: off })).actions).toHaveLength(1);
  });

  test('also where it is in force, and the next start would not find it: the daemon would stop what it takes over', async () => {
    const { texts } = await plan([privileges], { facts: { info: plain({ liveRestore: true }) }, runs: true });
    expect(texts.map((each) => JSON.parse(each ?? ''))).toEqual([
      { 'live-restore': true },
      { 'live-restore': true, 'no-new-privileges': true },
    ]);
    const configured = { file: '{"live-restore":true}', facts: { info: plain({ liveRestore: true }) }, runs: true };
    expect((await plan([privileges], configured)).actions).toHaveLength(1);
  });

  test('on the way back the daemon is told the default, since it keeps what is no longer in the file', async () => {
    const { actions } = await plan([live], { file: '{ "debug": true }', facts: off });
    const step = actions[0]?.steps[0];
    const passing = step?.kind === 'file' && step.passing ? textOf(step.passing) : '';
    expect(JSON.parse(passing)).toEqual({ debug: true, 'live-restore': false });
    const { actions: others } = await plan([live], { file: '{ "live-restore": false }', facts: off });
    expect(others[0]?.steps[0]).not.toHaveProperty('passing');
  });

  test('in a swarm it cannot be, and the plan says who stops', async () => {
    const facts = { info: plain({ liveRestore: false, swarm: 'active' }) };
    const { actions } = await plan([privileges], { facts, runs: true });
    expect(actions).toMatchObject([{ affects: [{ container: 'web', effect: 'stops' }] }]);
  });
});

describe('refused', () => {
  test('what sets a trap off, while the rest is done', async () => {
    const facts = { ...off, info: plain({ liveRestore: true }) };
    const { actions, refused } = await plan([icc, logs], { file: '{ "iptables": false }', facts });
    expect(refused.map(({ control }) => control)).toEqual(['daemon-icc-disabled']);
    expect(actions).toHaveLength(1);
    expect(actions[0]?.diff).not.toContain('icc');
  });

  test('everything, where the file already is what dockerd would not start with', async () => {
    const { actions, refused } = await plan([icc, logs], { file: '{ "no-such-option": 1 }' });
    expect(actions).toEqual([]);
    expect(refused).toHaveLength(2);
  });

  test('everything, where nobody knows how to start the daemon again', async () => {
    const reason = { en: 'the daemon was started by runit', zh: '守护进程由 runit 启动' };
    const context = planContext({ files: { [path]: '{}' } });
    const { actions, refused } = await planDaemonSettings([icc], context, () => ({ refused: reason }));
    expect(actions).toEqual([]);
    expect(refused).toMatchObject([{ why: 'refused', reason }]);
  });

  test('a link in the place of the file', async () => {
    const { refused } = await planDaemonSettings(
      [icc],
      planContext({ files: { [path]: '->/nix/store/daemon.json' } }),
      bySystemd,
    );
    expect(refused).toMatchObject([{ reason: { en: expect.stringContaining(path) } }]);
  });

  test('what dockerd itself has something against, in its words', async () => {
    const asked: string[] = [];
    const validate = async (file: string) => {
      asked.push(file);
      return 'unable to configure the Docker daemon';
    };
    const { actions, refused } = await plan([failure('daemon-no-new-privileges', { 'no-new-privileges': true })], {
      validate,
    });
    expect(asked).toEqual(['{\n  "no-new-privileges": true\n}\n']);
    expect(actions).toEqual([]);
    expect(refused[0]?.reason.en).toContain('unable to configure the Docker daemon');
  });
});

const version = { apiVersion: '1.41', minimumApiVersion: '1.12', experimental: false, components: {} };

test('values of secrets are not in the diff', async () => {
  const file =
    '{\n  "log-driver": "splunk",\n  "log-opts": {\n    "splunk-url": "https://logs.example",\n    "splunk-token": "hush-hush"\n  },\n  "http-proxy": "http://me:hush-hush@proxy.example"\n}\n';
  const facts = {
    info: plain({ loggingDriver: 'splunk' }),
    version: known({ ...version, version: '29.6.1' }, 'engine-api', 'GET /version'),
  };
  const { actions } = await plan([failure('daemon-no-new-privileges', { 'no-new-privileges': true })], { file, facts });
  expect(actions[0]?.diff).toContain('splunk-token');
  expect(actions[0]?.diff).not.toContain('hush-hush');
});

test('settings on the command line are its own too', () => {
  const { control, subject } = icc;
  const remedy = { kind: 'manual', summary: text, commands: [], disruption: 'manual' } as const;
  expect(isDaemonFailure({ control, subject, remedy })).toBe(false);
  expect(isDaemonFailure({ control, subject, remedy: { ...remedy, settings: { icc: false } } })).toBe(true);
});
