import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/sample-report.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { languages, verbatim } from '../../model/text.ts';
import type { Plan } from '../../model/plan.ts';
import { exportPlan } from './export-plan.ts';
import { actionOf, fileStep, planOf, wholePlan } from './sample-plan.fixture.ts';

let temporary: TemporaryFolder;
let folder: string;
beforeEach(() => {
  temporary = temporaryFolder();
  folder = temporary.path;
});
afterEach(() => temporary[Symbol.dispose]());

function run(plan: Plan) {
  const script = exportPlan(plan, 'shell');
  const result = spawnSync('sh', ['-s'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, PLIMSOLL_BACKUP: backupFolder() },
  });
  return { status: result.status, output: result.stdout, errors: result.stderr };
}

function backupFolder(): string {
  return join(folder, 'backup');
}

/** A program that writes down how it was called, and answers as it is told. */
function program(name: string, answer = 'exit 0'): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> '${join(folder, 'calls')}'\n${answer}\n`);
  chmodSync(path, 0o755);
}

function calls(): string[] {
  return readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
}

test.each(languages)('every shell can read the script, in %s', (language) => {
  const script = exportPlan(wholePlan, 'shell', language);
  for (const shell of [['dash'], ['bash', '--posix'], ['busybox', 'sh']]) {
    const [name = '', ...words] = shell;
    const result = spawnSync(name, [...words, '-n'], { input: script, encoding: 'utf8' });
    expect(result.error ?? result.stderr).toBe('');
  }
  expect(script).toMatch(/^#!\/bin\/sh\n# [^]*\nset -eu\n/);
});

test('each action is there in order, with what it disrupts and whom, and what has no way says so', () => {
  const script = exportPlan(wholePlan, 'shell');
  const places = wholePlan.actions.map(({ id }) => script.indexOf(`Do ${id}`));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(script).toContain('# web: stops, nothing starts it again');
  expect(script).toContain('# Afterwards: Watch it.');
  expect(script).toContain('# NOT HERE: container-replacement/db: Do container-replacement/db');
});

test('what is not a file is a command', () => {
  const lines = exportPlan(wholePlan, 'shell').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'sysctl -q -w kernel.kptr_restrict=1',
      "settle 'Rule exists' auditctl -w /etc/docker -p wa -k plimsoll",
      'leave_group alice docker',
      'change_access /etc/docker/ca.pem 0444 0:0',
      'docker update --memory=1024 --cpus=1.5 --restart=on-failure:3 web',
      "settle 'already exists' docker network create --driver=bridge --label=owner=shop web-net",
      "settle 'already exists' docker network connect --alias=www web-net web",
      "settle 'is not connected' docker network disconnect bridge web",
      "settle 'No such' docker image rm --no-prune sha256:abc",
    ]),
  );
  expect(lines.join('\n')).toMatch(/reload_docker\nawait_live_restore\n/);
  expect(lines.join('\n')).toMatch(/reload_units\nrestart_docker\n/);
});

test('a step without a command takes its whole action along: nothing is stopped that is not started again', () => {
  const script = exportPlan(wholePlan, 'shell');
  expect(script).not.toMatch(/docker (?:container )?stop/);
  expect(script).not.toContain('hunter2');
});

describe('files', () => {
  test('one is replaced as a whole, with its mode; the old one is kept', () => {
    const path = join(folder, "it's a file");
    writeFileSync(path, 'old\n');
    const text = 'new\n$(touch evil) `id` \\ \'"\nEND_OF_FILE\n\tlast\n\n';
    expect(run(planOf(actionOf('a', [fileStep(path, 'old\n', text, 0o640)])))).toMatchObject({ status: 0, errors: '' });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(statSync(path).mode & 0o7777).toBe(0o640);
    expect(readFileSync(backupFolder() + path, 'utf8')).toBe('old\n');
    expect(readdirSync(folder).toSorted()).toEqual(['backup', "it's a file"]);
  });

  test.each([
    ['without a line end', Buffer.from('no end')],
    ['that is empty', Buffer.from('')],
    ['that is no text', Buffer.from([0xff, 0x00, 0x0a])],
    ['with carriage returns', Buffer.from('a\r\nb\r\n')],
  ])('one %s arrives byte for byte', (_, bytes) => {
    const path = join(folder, 'file');
    expect(run(planOf(actionOf('a', [fileStep(path, null, bytes)])))).toMatchObject({ status: 0 });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('folders on the way are made, and a file that goes is kept', () => {
    const path = join(folder, 'a/b/file');
    const gone = join(folder, 'gone');
    writeFileSync(gone, 'x\n');
    const step = { ...fileStep(path, null, 'x\n'), folders: [join(folder, 'a'), join(folder, 'a/b')] };
    expect(run(planOf(actionOf('a', [step, fileStep(gone, 'x\n', null)]))).status).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('x\n');
    expect(existsSync(gone)).toBe(false);
    expect(readFileSync(backupFolder() + gone, 'utf8')).toBe('x\n');
  });

  test('one that was changed since is left alone, and so is all that follows', () => {
    const [path, next] = [join(folder, 'file'), join(folder, 'next')];
    writeFileSync(path, 'changed\n');
    const plan = planOf(
      actionOf('a', [fileStep(path, 'old\n', 'new\n')]),
      actionOf('b', [fileStep(next, null, 'x\n')]),
    );
    const { status, errors } = run(plan);
    expect(status).toBe(1);
    expect(errors).toContain('is not as it was when this was planned');
    expect(readFileSync(path, 'utf8')).toBe('changed\n');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('one that has come into being since is not overwritten', () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'theirs\n');
    expect(run(planOf(actionOf('a', [fileStep(path, null, 'new\n')]))).status).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
  });

  test('a link is never followed', () => {
    const [path, target] = [join(folder, 'link'), join(folder, 'target')];
    writeFileSync(target, 'old\n');
    symlinkSync(target, path);
    const access = { mode: 0o600, uid: 0, gid: 0 };
    expect(run(planOf(actionOf('a', [fileStep(path, 'old\n', 'new\n')]))).status).toBe(1);
    expect(run(planOf(actionOf('a', [{ kind: 'access', path, before: access, after: access }]))).status).toBe(1);
    expect(run(planOf(actionOf('a', [fileStep(path, 'old\n', null)]))).status).toBe(1);
    expect(readFileSync(target, 'utf8')).toBe('old\n');
  });

  test('run again, it finds all done', () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old\n');
    const plan = planOf(actionOf('a', [fileStep(path, 'old\n', 'new\n')]));
    expect([run(plan).status, run(plan).status]).toEqual([0, 0]);
    expect(readFileSync(backupFolder() + path, 'utf8')).toBe('old\n');
  });

  test('mode and owner change', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    const { uid, gid } = statSync(path);
    const step = { kind: 'access', path, before: { mode: 0o644, uid, gid }, after: { mode: 0o400, uid, gid } } as const;
    expect(run(planOf(actionOf('a', [step]))).status).toBe(0);
    expect(statSync(path).mode & 0o7777).toBe(0o400);
  });
});

describe('commands', () => {
  const watch = { kind: 'audit', path: '/etc/docker', permissions: 'wa' } as const;

  test('that a rule is there already is no failure', () => {
    program('auditctl', "echo 'Error sending add rule request (Rule exists)' >&2; exit 255");
    expect(run(planOf(actionOf('a', [watch]))).status).toBe(0);
    expect(calls()).toEqual(['auditctl -w /etc/docker -p wa -k plimsoll']);
  });

  test('any other failure stops the script with what the program says', () => {
    program('auditctl', "echo 'Operation not permitted' >&2; exit 4");
    program('sysctl');
    const parameter = { kind: 'parameter', name: 'kernel.x', before: '0', after: '1' } as const;
    const { status, errors } = run(planOf(actionOf('a', [watch]), actionOf('b', [parameter])));
    expect(status).toBe(1);
    expect(errors).toContain('Operation not permitted');
    expect(calls()).toHaveLength(1);
  });

  test('the daemon restarts only after live-restore has come on, and has to come back', () => {
    program('systemctl');
    program('sleep');
    program(
      'docker',
      `if [ -e '${join(folder, 'asked')}' ]; then echo ' Live Restore Enabled: true'; fi; : > '${join(folder, 'asked')}'`,
    );
    const path = join(folder, 'daemon.json');
    const plan = planOf(
      actionOf('a', [fileStep(path, null, '{"live-restore": true}\n')], { effect: { kind: 'reload-daemon' } }),
      actionOf('b', [fileStep(path, '{"live-restore": true}\n', '{"live-restore": true, "icc": false}\n')], {
        effect: { kind: 'restart-daemon', reloadUnits: true },
      }),
    );
    expect(run(plan).status).toBe(0);
    expect(calls()).toEqual([
      'systemctl reload docker.service',
      'docker info',
      'sleep 1',
      'docker info',
      'systemctl daemon-reload',
      'systemctl reset-failed docker.service',
      'systemctl restart docker.service',
      'docker info',
    ]);
  });

  test('a daemon that does not start is told, with the place of the old configuration', () => {
    program('systemctl', '[ "$1" != restart ]');
    const path = join(folder, 'daemon.json');
    writeFileSync(path, '{}\n');
    const effect = { kind: 'restart-daemon', reloadUnits: false } as const;
    const { status, errors } = run(planOf(actionOf('a', [fileStep(path, '{}\n', '{"icc": 1}\n')], { effect })));
    expect(status).toBe(1);
    expect(errors).toContain('does not start');
    expect(errors).toContain(backupFolder());
  });
});

test('the unit is the one that the plan has a drop-in for', () => {
  const step = fileStep('/etc/systemd/system/engine@2.service.d/plimsoll.conf', null, '[Service]\n');
  const plan = planOf(actionOf('a', [step], { effect: { kind: 'restart-daemon', reloadUnits: true } }));
  expect(exportPlan(plan, 'shell')).toContain('unit=${DOCKER_UNIT:-engine@2.service}');
});

test.each(hostileTexts)('no text of a plan becomes a command: %j', (text) => {
  program('sysctl');
  const plan = planOf(
    actionOf(`id ${text}`, [{ kind: 'parameter', name: 'kernel.x', before: '', after: text }], {
      summary: verbatim(text),
      pending: verbatim(text),
      affects: [{ container: text, effect: 'stops', why: verbatim(text) }],
    }),
  );
  const { status, errors } = run(plan);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const isExported = existsSync(join(folder, 'calls'));
  expect(isExported).toBe(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text));
  expect(readdirSync(folder).filter((name) => name !== 'bin' && name !== 'calls')).toEqual([]);
});
