import { describe, expect, test } from 'vitest';
import { engine as exemplary, info, machine, running } from '../../../test/subjects.ts';
import { knownControls, loadControls } from '../../controls/known.ts';
import type { Control } from '../../model/control.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Action, FileStep } from '../../model/plan.ts';
import { byHand, changeDaemon } from '../../model/remedy.ts';
import { textOf } from '../file-diff.ts';
import type { Failure, PlanContext } from '../planning.ts';
import { planContext } from './host-plan.fixture.ts';
import { planDaemonSettings } from './daemon-json.ts';

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

/** What stands on the command line. */
function flagged(id: string, set: JsonObject): Failure {
  return { ...failure(id, set), remedy: { ...byHand(text), settings: set } };
}

function plain(change: Partial<EngineInfo> = {}) {
  return info({ securityOptions: [], authorizationPlugins: [], loggingDriver: 'json-file', ...change });
}

interface Situation {
  readonly file?: string;
  readonly facts?: Partial<EngineFacts>;
  readonly runs?: boolean;
  readonly change?: Partial<PlanContext>;
  readonly at?: string;
}

async function plan(
  failures: readonly Failure[],
  { file = '{}', facts = {}, runs = false, change = {}, at = path }: Situation = {},
) {
  const values = JSON.parse(file.replace(/^\uFEFF/, '')) as JsonObject;
  const configuration = known({ file: at, values, modified: 0, positions: {} }, 'file', at);
  const engine = exemplary({}, { configuration, info: plain(), ...facts });
  const web = { ...running(), name: 'web', restart: {} };
  const context = planContext({ files: { [at]: file }, change: machine({ engine, containers: runs ? [web] : [] }) });
  return planDaemonSettings(failures, { ...context, ...change }, () => ({ kind: 'systemd', unit: 'docker.service' }));
}

function fileOf(action: Action | undefined): FileStep | undefined {
  return action?.steps.find((step) => step.kind === 'file');
}

function textAfter(action: Action | undefined): string {
  return textOf(fileOf(action)?.after ?? null);
}

const icc = failure('daemon-icc-disabled', { icc: false });
const privileges = failure('daemon-no-new-privileges', { 'no-new-privileges': true });
const live = failure('daemon-live-restore', { 'live-restore': true });

describe('the file', () => {
  test('an object takes the place of the old one: what the new one does not have goes', async () => {
    const options = failure('daemon-log-opts-consistent', { 'log-opts': { 'max-size': '10m' } });
    const file = '{\n  "log-opts": {\n    "tag":   "x",\n    "max-size": "10m"\n  }\n}\n';
    const { actions } = await plan([options], { file });
    expect(textAfter(actions[0])).toBe('{\n  "log-opts": {\n    "max-size": "10m"\n  }\n}\n');
  });

  test('options of the log driver that goes do not come along with the new one', async () => {
    const options = failure('daemon-log-opts-consistent', { 'log-opts': { 'max-size': '10m' } });
    const syslog = { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': 'udp://logs.example:514' } };
    const central = failure('daemon-central-logging', syslog);
    for (const failures of [
      [options, central],
      [central, options],
    ]) {
      const { actions, refused } = await plan(failures);
      expect(refused).toEqual([]);
      expect(JSON.parse(textAfter(actions[0]))).toEqual(syslog);
    }
  });

  test.each([
    ['a byte order mark', '\uFEFF{"debug":false}', '\uFEFF{"debug":false,"icc":false}'],
    ['CRLF and tabs', '{\r\n\t"debug": false\r\n}\r\n', '{\r\n\t"debug": false,\r\n\t"icc": false\r\n}\r\n'],
    ['no line end at its end', '{\n "debug": false\n}', '{\n "debug": false,\n "icc": false\n}'],
    ['CRLF and nothing else', '{\r\n}\r\n', '{\r\n  "icc": false\r\n}\r\n'],
  ])('keeps %s', async (_, file, after) => {
    const bytes = Buffer.from(file).toString('base64');
    const content = { bytes, access: { mode: 0o600, uid: 0, gid: 0 } };
    const { actions } = await plan([icc], { file, change: { file: () => content } });
    expect(textAfter(actions[0])).toBe(after);
    expect(fileOf(actions[0])?.after?.access).toEqual(content.access);
  });

  test.each([
    ['names a key twice', '{ "icc": true, "icc": true }', undefined],
    ['is not UTF-8', '{ "bridge": "none" }', Buffer.from('{ "bridge": "none", "group": "\xFF" }', 'latin1')],
    ['has changed since', '{}', Buffer.from('{ "debug": true }')],
  ])('is left alone where it %s', async (_, file, bytes = Buffer.from(file)) => {
    const content = { bytes: bytes.toString('base64'), access: { mode: 0o644, uid: 0, gid: 0 } };
    const { actions, refused } = await plan([icc], { file, change: { file: () => content } });
    expect(actions).toEqual([]);
    expect(refused).toMatchObject([{ why: 'refused', reason: { en: expect.stringContaining(`${path} cannot`) } }]);
  });

  test('behind a link to a folder, or without a full path, nothing is written', async () => {
    const behind = await plan([icc], { change: { realPath: (each) => each.replace('/etc/docker', '/home/anna') } });
    expect(behind.refused[0]?.reason.en).toContain('/etc/docker');
    const { refused } = await plan([icc], { at: 'conf/daemon.json' });
    expect(refused[0]?.reason.en).toContain('conf/daemon.json');
  });
});

describe('what a reload does not do', () => {
  test('a key that goes is told its default, since the daemon keeps what is no longer in the file', async () => {
    const open = failure('daemon-no-insecure-registries', { 'insecure-registries': null });
    const file = '{ "insecure-registries": ["registry.example"] }';
    const { actions } = await plan([open], { file });
    expect(actions).toMatchObject([{ effect: { kind: 'reload-daemon' } }]);
    expect(JSON.parse(textAfter(actions[0]))).toEqual({ 'insecure-registries': [] });
  });

  test('what was in force without being in the file stays so on the way back', async () => {
    const facts = { info: plain({ liveRestore: true }) };
    const { actions } = await plan([privileges], { facts, runs: true });
    expect(actions).toHaveLength(2);
    expect(fileOf(actions[0])).not.toHaveProperty('passing');
  });

  test('a file that says it already is not written, and the daemon reads it again', async () => {
    const facts = { info: plain({ liveRestore: false }) };
    const { actions } = await plan([live, privileges], { file: '{ "live-restore": true }', facts, runs: true });
    expect(actions).toMatchObject([{ steps: [], effect: { kind: 'reload-daemon' } }, { affects: [] }]);
    expect(JSON.parse(textAfter(actions[1]))).toEqual({ 'live-restore': true, 'no-new-privileges': true });
  });

  test('dockerd is asked about a file that stays as it is too', async () => {
    const { refused } = await plan([live], {
      file: '{ "live-restore": true }',
      change: { validate: async () => 'no such thing' },
    });
    expect(refused[0]?.reason.en).toContain('no such thing');
  });

  test('what the command line says as well goes without anything being told', async () => {
    const twice = failure('daemon-single-config-source', { 'default-shm-size': null });
    const silent = {
      ...twice,
      remedy: { ...changeDaemon({ 'default-shm-size': null }, text), disruption: 'none' as const },
    };
    const { actions } = await plan([silent], { file: '{ "default-shm-size": "64M", "debug": false }' });
    expect(actions).toMatchObject([{ disruption: 'none' }]);
    expect(actions[0]).not.toHaveProperty('effect');
    expect(JSON.parse(textAfter(actions[0]))).toEqual({ debug: false });
    // With both in the file, the daemon would not take live-restore over.
    const both = await plan([silent, privileges], {
      file: '{ "default-shm-size": "64M" }',
      facts: { info: plain({ liveRestore: false }) },
      runs: true,
    });
    expect(both.actions.map(({ effect }) => effect?.kind)).toEqual(['reload-daemon', 'restart-daemon']);
    expect(JSON.parse(textAfter(both.actions[0]))).toEqual({ 'live-restore': true });
  });
});

describe('what the next start finds', () => {
  test('users that are remapped only from then on: nothing is restarted, and a reload goes on', async () => {
    const facts = { info: plain({ liveRestore: false, containers: 2 }) };
    const { actions, refused } = await plan([icc, live], { file: '{ "userns-remap": "default" }', facts });
    expect(actions).toMatchObject([{ effect: { kind: 'reload-daemon' } }]);
    expect(refused).toMatchObject([
      { control: 'daemon-icc-disabled', reason: { en: expect.stringContaining('data root') } },
    ]);
  });

  test('settings of others that come into force are named', async () => {
    const { actions } = await plan([icc], { file: '{ "debug": true }', facts: { info: plain({ debug: false }) } });
    expect(actions[0]?.summary.en).toContain('debug');
    const { actions: inForce } = await plan([icc], {
      file: '{ "debug": true }',
      facts: { info: plain({ debug: true }) },
    });
    expect(inForce[0]?.summary.en).not.toContain('debug');
  });
});

describe('who stops', () => {
  test('an engine on its way into a swarm cannot have live-restore either', async () => {
    for (const swarm of ['active', 'pending', 'locked']) {
      const { actions } = await plan([privileges], {
        facts: { info: plain({ liveRestore: false, swarm }) },
        runs: true,
      });
      expect(actions).toMatchObject([{ affects: [{ container: 'web', effect: 'stops' }] }]);
    }
  });

  test('a container that goes at its end is removed', async () => {
    const change = { engine: async () => ({ HostConfig: { AutoRemove: true } }) };
    const facts = { info: plain({ liveRestore: false, swarm: 'active' }) };
    const { actions } = await plan([privileges], { facts, runs: true, change });
    expect(actions).toMatchObject([{ affects: [{ container: 'web', effect: 'is-removed' }] }]);
  });
});

test('what stays on the command line since it sets off a trap is a trap for others', async () => {
  const process = exemplary().process;
  const given = process.known
    ? { ...process, value: { ...process.value, arguments: ['/usr/bin/dockerd', '--iptables=false'] } }
    : process;
  const unit = known(
    {
      name: 'docker.service',
      files: [{ path: '/lib/systemd/system/docker.service', kind: 'unit' as const, modified: 0 }],
    },
    'file',
    '',
  );
  const service = '[Service]\nExecStart=/usr/bin/dockerd --iptables=false\n';
  const facts = { process: given, units: unit as unknown as EngineFacts['units'] };
  // Nobody has the driver that comes with it: the flag stays.
  const filter = flagged('daemon-iptables-managed', { iptables: null });
  const files = (each: string) => {
    const content = each === path ? '{}' : each.endsWith('docker.service') ? service : undefined;
    return content === undefined
      ? null
      : { bytes: Buffer.from(content).toString('base64'), access: { mode: 0o644, uid: 0, gid: 0 } };
  };
  const change = { file: files, realPath: (each: string) => each };
  const { actions } = await plan([filter, icc], { facts, change });
  expect(actions).toHaveLength(1);
  const stays = flagged('daemon-iptables-managed', { iptables: null, 'no-such-key': 1 });
  const { actions: none, refused } = await plan([stays, icc], { facts, change });
  expect(none).toEqual([]);
  expect(refused.map(({ control }) => control).toSorted()).toEqual(['daemon-icc-disabled', 'daemon-iptables-managed']);
});
