import { describe, expect, test } from 'vitest';
import { controls } from '../src/controls/registry.ts';
import { judgeSubjects, subjectsOf } from '../src/judge/judge.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import { scoreOf } from '../src/judge/score.ts';
import { stepsOf } from '../src/controls/image/history.ts';
import { type Control, isAskedOf } from '../src/model/control.ts';
import type { Dockerfile } from '../src/model/dockerfile.ts';
import { mapFact } from '../src/model/fact.ts';
import type { ImageFacts } from '../src/model/image.ts';
import { Secret } from '../src/model/secret.ts';
import type { SpecChange } from '../src/model/spec-change.ts';
import { historyOf, run } from './image-history.ts';
import { container, contextOf, host, image, judge, machine } from './subjects.ts';
import { dockerfile, failingLines } from './written.ts';

/*
 * What people complain of in other tools, one test each. What needs files or sockets of its own is tested beside its
 * reader: `docker-bench 2.7`, `2.12`, `5.7`, the owner of the socket (`sources/host/daemon.test.ts`).
 */

const now = new Date('2026-07-01T12:00:00Z');

function statusOf(id: string, change: SpecChange): string {
  const control = controls.find((each) => each.id === id) as unknown as Control<'container'>;
  return judge(control, container(change)).status;
}

function setting(name: string, value: string): ImageFacts {
  return image({}, { environment: [{ name, value: new Secret(value) }] });
}

/** A Dockerfile that adds a file from a server. */
function adding(options: string): Dockerfile {
  return dockerfile(`FROM ubuntu:22.04\nADD ${options}https://shop.example/web.deb /tmp/\n`);
}

describe('docker-bench', () => {
  test.each([
    ['622', 'fail'],
    ['577', 'fail'],
    ['666', 'fail'],
    ['4644', 'fail'],
    ['644', 'pass'],
    ['440', 'pass'],
  ])('3.x compares modes as decimal numbers: %s: %s', (octal, status) => {
    const mode = Number.parseInt(octal, 8);
    const control = controls.find(({ id }) => id === 'host-file-daemon-json-mode') as unknown as Control<'host'>;
    const { files } = host();
    const changed = mapFact(files['engine-configuration'], (all) => all.map((file) => ({ ...file, mode })));
    expect(judge(control, host({ files: { ...files, 'engine-configuration': changed } })).status).toBe(status);
  });

  test('5.3 passes on any security option: seccomp=unconfined fails', () => {
    const others = { noNewPrivileges: true, appArmor: 'docker-default' };
    expect(statusOf('container-seccomp-on', { security: { ...others, seccomp: 'unconfined' } })).toBe('fail');
    expect(statusOf('container-seccomp-on', {})).toBe('pass');
  });

  test.each([
    ['/root', '/root', 'fail'],
    ['/var/run', '/run', 'fail'],
    ['/var/lib/docker', '/var/lib/docker', 'fail'],
    ['/home', '/home', 'fail'],
    ['/etc/ssh', '/etc/ssh', 'fail'],
    ['/', '/', 'fail'],
    ['/srv/link', '/etc', 'fail'],
    ['/srv/shop', '/srv/shop', 'pass'],
  ])(
    '5.6 knows folders by their exact names, and only where they can be written: %s, really %s, read-only: %s',
    (source, hostPath, status) => {
      const mount = { kind: 'bind', source, hostPath, target: '/data', readOnly: true, options: {} } as const;
      expect(statusOf('container-no-sensitive-mounts', { mounts: [mount] })).toBe(status);
    },
  );

  test.each([
    ['/etc', 'fail'],
    ['/srv/shop', 'pass'],
  ])('5.6 does not see a volume that hides a folder of the host: %s: %s', (device, status) => {
    const options = { type: 'none', o: 'bind', device };
    const mount = { kind: 'volume', source: 'v', target: '/data', driver: 'local', readOnly: false, options } as const;
    expect(statusOf('container-no-sensitive-mounts', { mounts: [mount] })).toBe(status);
  });

  test.each([
    ['', 'fail'],
    ['0.0.0.0', 'fail'],
    ['::', 'fail'],
    ['[::]', 'fail'],
    ['192.0.2.7', 'pass'],
    ['2001:db8::7', 'pass'],
  ])('5.14 misses the wildcard of IPv6: %j: %s', (hostAddress, status) => {
    const ports = [{ hostAddress, hostPort: 8080, containerPort: 80, protocol: 'tcp' as const }];
    expect(statusOf('network-bind-specific-interface', { ports })).toBe(status);
  });

  test('5.15 passes restart=always: it fails', () => {
    expect(statusOf('container-restart-bounded', { restart: { name: 'always' } })).toBe('fail');
    expect(statusOf('container-restart-bounded', { restart: { name: 'on-failure', maximumRetries: 5 } })).toBe('pass');
  });

  test.each([
    ...['', '0', 'root', '0:0', '00', 'toor', 'root:root'].map((user) => [user, 'fail']),
    ...['10001', 'web', '10001:0'].map((user) => [user, 'pass']),
  ])('4.1 lets root pass under other names: %j: %s', (user, status) => {
    const control = controls.find(({ id }) => id === 'image-user-nonroot') as unknown as Control<'image'>;
    expect(judge(control, image({}, { user })).status).toBe(status);
  });

  test('counts what does not apply as passed: it enters neither the points nor what passed', () => {
    const findings = judgeSubjects(subjectsOf(machine()), { policy: resolvePolicy({}), now, machine: machine() });
    const swarm = findings.filter(
      ({ control }) => control.id.startsWith('daemon-swarm-') && control.id !== 'daemon-swarm-not-needed',
    );
    expect(new Set(swarm.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
    expect(scoreOf(swarm)).toMatchObject({ pass: 0, notApplicable: swarm.length, value: null });
    // Beside a failure of any weight they raise nothing.
    const failed = findings.slice(0, 1).map((each) => ({ ...each, status: 'fail' as const }));
    expect(scoreOf([...swarm, ...failed]).value).toBe(0);
  });

  test('leaves a third of its rows without a verdict: each control of ours says one of four things', () => {
    const policy = resolvePolicy({});
    const subjects = subjectsOf(machine());
    const findings = judgeSubjects(subjects, { policy, now, machine: machine() });
    const asked = policy.controls.filter((control) => subjects.some((subject) => isAskedOf(control, subject)));
    expect(asked.length).toBeGreaterThan(150);
    expect(new Set(findings.map(({ control }) => control.id))).toEqual(new Set(asked.map(({ id }) => id)));
    for (const { status, verdict } of findings) {
      expect(status).toMatch(/^(?:pass|fail|unknown|not-applicable)$/);
      expect(verdict.message.en).not.toBe('');
    }
    // Nothing is left open but what a person answers, and it is said what would settle it.
    const open = findings.filter(({ status }) => status === 'unknown');
    expect(open.filter(({ control, verdict }) => !control.question || !verdict.need)).toEqual([]);
  });
});

describe('dockle', () => {
  const secrets = controls.find(({ id }) => id === 'image-no-secrets') as unknown as Control<'image'>;

  test.each([
    ['a package', image({ history: historyOf(run('apk add libcrypto3=3.1.4-r0 passwdqc=2.0.3')) })],
    ['a log', setting('ACCESS_LOG', '/var/log/access.log')],
    ['a fingerprint', setting('GPG_KEY', 'A035C8C19219BA821ECEA86B64E628F8D684696D')],
    ['the name of a file', setting('APP_SECRETS_FILE', 'secrets.json')],
    ['files', image({ history: historyOf('COPY key.json credentials.json access.log /etc/ # buildkit') })],
    ['nothing', setting('DB_PASSWORD', '')],
  ])('CIS-DI-0010 takes names for secrets: %s is none', (_, subject) => {
    expect(judge(secrets, subject).status).toBe('pass');
  });

  test('CIS-DI-0010 prints the secret: it is named, and not shown', () => {
    const value = 'hunter2-hunter2';
    const verdict = judge(secrets, image({}, { environment: [{ name: 'DB_PASSWORD', value: new Secret(value) }] }));
    expect(verdict.status).toBe('fail');
    expect(JSON.stringify(verdict)).toContain('DB_PASSWORD');
    expect(JSON.stringify([verdict, secrets.remedy(image(), contextOf(secrets))])).not.toContain(value);
  });

  const answering = controls.filter(({ references }) => references.aliases?.includes('CIS-DI-0009'));

  test('CIS-DI-0009 blames an image for the ADD of its base: only the Dockerfile with the ADD is blamed', () => {
    const ubuntu = ['/bin/sh -c #(nop)  ARG RELEASE', '/bin/sh -c #(nop) ADD file:18e7 in / '];
    const own = '/bin/sh -c #(nop) ADD file:0c1d in / ';
    const history = historyOf(...ubuntu, '/bin/sh -c apt-get update && apt-get install -y curl', own);
    const subject = { kind: 'image', id: 'image/web', value: image({ history }) } as const;
    // The history of an image does not tell whether a COPY would have done.
    expect(answering.map((control) => [control.subject, isAskedOf(control, subject)])).toEqual([['dockerfile', false]]);
    const [control] = answering as unknown as readonly [Control<'dockerfile'>];
    expect(
      failingLines(control, dockerfile('FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y curl\n')),
    ).toEqual([]);
    expect(failingLines(control, dockerfile('FROM ubuntu:22.04\nADD start.sh /\n'))).toEqual([2]);
    // What else is asked of the own steps alone tells the two apart, though they are written alike.
    expect(stepsOf(image({ history })).map(({ origin }) => origin)).toEqual(['base', 'base', 'own', 'own']);
  });

  test('CIS-DI-0009 cannot see a checksum in the history: in the Dockerfile it is seen', () => {
    const control = controls.find(
      ({ id }) => id === 'dockerfile-add-remote-checksum',
    ) as unknown as Control<'dockerfile'>;
    const checksum = `--checksum=sha256:${'0a'.repeat(32)} `;
    expect(failingLines(control, adding(''))).toEqual([2]);
    for (const each of [control, ...(answering as unknown as readonly Control<'dockerfile'>[])])
      expect(failingLines(each, adding(checksum))).toEqual([]);
  });
});
