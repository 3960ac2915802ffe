import { describe, expect, test } from 'vitest';
import { controls } from '../src/controls/registry.ts';
import { judgeSubjects, subjectsOf } from '../src/judge/judge.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import { scoreOf } from '../src/judge/score.ts';
import type { Control } from '../src/model/control.ts';
import { known, mapFact } from '../src/model/fact.ts';
import { Secret } from '../src/model/secret.ts';
import type { SpecChange } from '../src/model/spec-change.ts';
import { container, contextOf, host, image, judge, machine } from './subjects.ts';

/*
 * What people complain of in other tools, one test each. What needs files or sockets of its own is tested beside its
 * reader: `docker-bench 2.7`, `2.12`, `5.7`, the owner of the socket (`sources/host/daemon.test.ts`).
 */

const now = new Date('2026-07-01T12:00:00Z');

function statusOf(id: string, change: SpecChange): string {
  const control = controls.find((each) => each.id === id) as unknown as Control<'container'>;
  return judge(control, container(change)).status;
}

describe('docker-bench', () => {
  test.each([0o622, 0o577, 0o666, 0o4644])('3.x compares modes as decimal numbers: %o fails', (mode) => {
    const control = controls.find(({ id }) => id === 'host-file-daemon-json-mode') as unknown as Control<'host'>;
    const { files } = host();
    const changed = mapFact(files['engine-configuration'], (all) => all.map((file) => ({ ...file, mode })));
    expect(judge(control, host({ files: { ...files, 'engine-configuration': changed } })).status).toBe('fail');
  });

  test('5.3 passes on any security option: seccomp=unconfined fails', () => {
    expect(statusOf('container-seccomp-on', { security: { seccomp: 'unconfined' } })).toBe('fail');
    expect(statusOf('container-seccomp-on', {})).toBe('pass');
  });

  test.each(['/root', '/var/run', '/var/lib/docker', '/home', '/etc/ssh', '/'])(
    '5.6 knows folders by their exact names, and only where they can be written: %s fails, read-only too',
    (source) => {
      const mount = { kind: 'bind', source, hostPath: source, target: '/data', readOnly: true, options: {} } as const;
      expect(statusOf('container-no-sensitive-mounts', { mounts: [mount] })).toBe('fail');
    },
  );

  test('5.6 does not see a volume that hides a folder of the host', () => {
    const options = { type: 'none', o: 'bind', device: '/etc' };
    const mount = { kind: 'volume', source: 'v', target: '/data', driver: 'local', readOnly: false, options } as const;
    expect(statusOf('container-no-sensitive-mounts', { mounts: [mount] })).toBe('fail');
  });

  test.each(['', '0.0.0.0', '::', '[::]'])('5.14 misses the wildcard of IPv6: %j fails', (hostAddress) => {
    const ports = [{ hostAddress, hostPort: 8080, containerPort: 80, protocol: 'tcp' as const }];
    expect(statusOf('network-bind-specific-interface', { ports })).toBe('fail');
  });

  test('5.15 passes restart=always: it fails', () => {
    expect(statusOf('container-restart-bounded', { restart: { name: 'always' } })).toBe('fail');
  });

  test.each(['', '0', 'root', '0:0', '00', 'toor', 'root:root'])('4.1 lets %j pass as a user: it fails', (user) => {
    const control = controls.find(({ id }) => id === 'image-user-nonroot') as unknown as Control<'image'>;
    expect(judge(control, image({}, { user })).status).toBe('fail');
  });

  test('counts what does not apply as passed: it enters neither the points nor what passed', () => {
    const findings = judgeSubjects(subjectsOf(machine()), { policy: resolvePolicy({}), now, machine: machine() });
    const swarm = findings.filter(
      ({ control }) => control.id.startsWith('daemon-swarm-') && control.id !== 'daemon-swarm-not-needed',
    );
    expect(new Set(swarm.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
    expect(scoreOf(swarm)).toMatchObject({ pass: 0, value: null });
  });

  test('leaves a third of its rows without a verdict: each control of ours says one of four things', () => {
    const findings = judgeSubjects(subjectsOf(machine()), { policy: resolvePolicy({}), now, machine: machine() });
    expect(findings.length).toBeGreaterThan(150);
    for (const { status, verdict } of findings) {
      expect(status).toMatch(/^(?:pass|fail|unknown|not-applicable)$/);
      expect(verdict.message.en).not.toBe('');
    }
  });
});

describe('dockle', () => {
  const secrets = controls.find(({ id }) => id === 'image-no-secrets') as unknown as Control<'image'>;

  test.each([
    ['SSL_LIBRARY', 'libcrypto3=3.1.4'],
    ['ACCESS_LOG', '/var/log/access.log'],
    ['GPG_KEY', 'A035C8C19219BA821ECEA86B64E628F8D684696D'],
    ['APP_SETTINGS', 'settings.json'],
  ])('CIS-DI-0010 takes names for secrets: %s is none', (name, value) => {
    const environment = [{ name, value: new Secret(value) }];
    expect(judge(secrets, image({}, { environment })).status).toBe('pass');
  });

  test('CIS-DI-0010 prints the secret: it is named, and not shown', () => {
    const value = 'hunter2-hunter2';
    const verdict = judge(secrets, image({}, { environment: [{ name: 'DB_PASSWORD', value: new Secret(value) }] }));
    expect(verdict.status).toBe('fail');
    expect(JSON.stringify(verdict)).toContain('DB_PASSWORD');
    expect(JSON.stringify([verdict, secrets.remedy(image(), contextOf(secrets))])).not.toContain(value);
  });

  test('CIS-DI-0009 blames the base for its own ADD: no control of images asks about ADD at all', () => {
    const history = known(
      [{ createdBy: '/bin/sh -c #(nop) ADD file:0123 in / ', size: 80_000_000, tags: [] }],
      'engine-api',
      'GET /images/ID/history',
    );
    const subject = { kind: 'image', id: 'image/web', value: image({ history }) } as const;
    const findings = judgeSubjects([subject], { policy: resolvePolicy({}), now, machine: machine() });
    const failed = findings.filter(({ status }) => status === 'fail').map(({ verdict }) => verdict.message.en);
    expect(failed.filter((text) => /\bADD\b/.test(text))).toEqual([]);
  });
});
