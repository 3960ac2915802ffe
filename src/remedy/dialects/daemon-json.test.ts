import { expect, test } from 'vitest';
import { engine, hidden, info } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { changeDaemon } from '../../model/remedy.ts';
import { daemonCommands } from './daemon-json.ts';

const summary = { en: 'Mend it.', zh: '修复。' };
const reload = changeDaemon({ 'live-restore': true }, summary);
const restart = changeDaemon({ icc: false, hosts: null }, summary);
const bare = known(null, 'file', '/run/systemd');

test('keys to set are JSON, keys to take out a comment, and the engine is restarted after a check', () => {
  expect(daemonCommands(restart, engine(), 'en')).toEqual([
    '# /etc/docker/daemon.json',
    '{',
    '  "icc": false',
    '}',
    '// without: "hosts"',
    'dockerd --validate --config-file=/etc/docker/daemon.json',
    'systemctl restart docker',
  ]);
});

test('a reload is enough where it is enough', () => {
  expect(daemonCommands(reload, engine(), 'en').at(-1)).toBe('systemctl reload docker');
});

test('without systemd the process itself is asked, and only a person can restart it', () => {
  expect(daemonCommands(reload, engine({}, { units: bare }), 'en').at(-1)).toBe('kill -HUP 400');
  expect(daemonCommands(reload, engine({}, { units: bare, process: hidden }), 'en').at(-1)).toBe(
    'kill -HUP $(pidof dockerd)',
  );
  expect(daemonCommands(restart, engine({}, { units: bare }), 'zh').at(-1)).toMatch(/^# .*dockerd/);
});

test('an unknown service manager and an unknown engine are taken for the usual ones', () => {
  expect(daemonCommands(restart, engine({}, { units: hidden }), 'en').at(-1)).toBe('systemctl restart docker');
  expect(daemonCommands(restart, undefined, 'en').at(-1)).toBe('systemctl restart docker');
});

test('an option that is on the command line too keeps dockerd from starting, unless it goes out of the file', () => {
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['/usr/bin/dockerd', '-H', 'fd://', '--icc=true'],
  }));
  const lines = daemonCommands(restart, engine({}, { process }), 'en').filter((line) => line.startsWith('# first'));
  expect(lines.map((line) => /take (\S+) off/.exec(line)?.[1])).toEqual(['--icc']);
});

test('an engine before 23.0 cannot check its file', () => {
  const version = mapFact(engine().version, (before) => ({ ...before, version: '20.10.24+dfsg1' }));
  expect(daemonCommands(restart, engine({}, { version }), 'en').join('\n')).not.toContain('--validate');
  expect(daemonCommands(restart, engine({}, { version: hidden }), 'en').join('\n')).not.toContain('--validate');
});

test("a rootless engine has its user's file and service manager", () => {
  const rootless = engine(
    {},
    { info: info({ securityOptions: ['name=rootless'] }), configuration: known(null, 'file', '') },
  );
  const lines = daemonCommands(restart, rootless, 'en');
  expect(lines[0]).toBe('# "$HOME"/.config/docker/daemon.json');
  expect(lines.at(-1)).toBe('systemctl --user restart docker');
});

test('Podman has no such file', () => {
  expect(daemonCommands(restart, engine({}, { kind: 'podman' }), 'en')).toEqual([]);
});

test('hostile values stay inside of their quotes, secrets outside of the report', () => {
  const remedy = changeDaemon({ 'log-opts': { tag: 'a\u001b[2J\u202e\n"', 'splunk-token': 'hunter2' } }, summary);
  const text = daemonCommands(remedy, undefined, 'en').join('\n');
  expect(text).toContain(String.raw`"tag": "a\u001b[2J\u202e\n\""`);
  expect(text).not.toContain('hunter2');
});
