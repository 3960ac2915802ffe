import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { type AuditSight, planAuditRules } from './audit-rule.ts';
import { hostFailure, namesOf, planContext, type Scene, written } from './host-plan.fixture.ts';

const watch = (path: string) => ({ kind: 'watch' as const, path, permissions: 'wa' });
const docker = hostFailure('host-audit-etc-docker', [watch('/etc/docker')]);
const socket = hostFailure('host-audit-containerd-sock', [watch('/run/containerd/containerd.sock')]);
const unit = '/usr/lib/systemd/system/docker.service';

const there = { '/etc/docker/daemon.json': '', '/etc/audit/rules.d/audit.rules': '-D\n', [unit]: '' };

function plan(failures: Parameters<typeof planAuditRules>[0], scene: Scene = {}, sight: Partial<AuditSight> = {}) {
  const files = { ...there, ...scene.files };
  const context = planContext({ ...scene, files });
  return planAuditRules(failures, context, { names: namesOf(files), status: async () => 'enabled 1\n', ...sight });
}

test('all watches are one action: a file of rules, and each one now', async () => {
  const both = [docker, hostFailure('host-audit-docker-service', [watch(unit)])];
  const { actions, refused } = await plan(both);
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([
    {
      id: 'audit-rule',
      answers: [{ control: 'host-audit-etc-docker' }, { control: 'host-audit-docker-service' }],
      steps: [
        { kind: 'file', path: '/etc/audit/rules.d/60-plimsoll.rules', before: null },
        { kind: 'audit', path: '/etc/docker', permissions: 'wa' },
        { kind: 'audit', path: unit, permissions: 'wa' },
      ],
    },
  ]);
  expect(written(actions[0]?.steps[0] as never)).toBe(
    `# Written by plimsoll fix.\n-w /etc/docker -p wa -k plimsoll\n-w ${unit} -p wa -k plimsoll\n`,
  );
  expect(actions[0]?.diff).toContain('+-w /etc/docker -p wa -k plimsoll');
});

test('a file of rules about Docker is added to, and what it says already is only loaded', async () => {
  const files = { '/etc/audit/rules.d/docker.rules': '-w /usr/bin/dockerd -p wa -k docker' };
  const { actions } = await plan([docker], { files });
  expect(written(actions[0]?.steps[0] as never)).toBe(
    '-w /usr/bin/dockerd -p wa -k docker\n-w /etc/docker -p wa -k plimsoll\n',
  );
  const said = { '/etc/audit/rules.d/docker.rules': '-w /etc/docker/ -p rwa -k docker\n' };
  expect((await plan([docker], { files: said })).actions[0]?.steps).toEqual([
    { kind: 'audit', path: '/etc/docker', permissions: 'wa' },
  ]);
});

test('without a folder of rules the one file is written, before its lock', async () => {
  const files = { '/etc/docker/daemon.json': '', '/etc/audit/audit.rules': '-D\n-w /x -p wa\n-e 2\n' };
  const sight = { names: namesOf(files), status: async () => 'enabled 1\n' };
  const { actions } = await planAuditRules([docker], planContext({ files }), sight);
  expect(written(actions[0]?.steps[0] as never)).toBe('-D\n-w /x -p wa\n-w /etc/docker -p wa -k plimsoll\n-e 2\n');
});

test('without an audit daemon, or where its rules are locked, nothing is planned', async () => {
  const facts = { audit: known(null, 'file', '/etc/audit') };
  expect(await plan([docker], { facts })).toMatchObject({
    actions: [],
    refused: [{ commands: ['apt-get install auditd'] }],
  });
  expect(await plan([docker], {}, { status: async () => 'enabled 2\nfailure 1\n' })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('locked') }, commands: ['reboot'] }],
  });
  expect(await plan([docker], {}, { status: async () => undefined })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('may not be asked') } }],
  });
});

test('a path that is gone, that became a link, or that no rule can write is left out', async () => {
  const gone = hostFailure('host-a', [watch('/opt/gone'), watch('/etc/docker')]);
  const blank = hostFailure('host-b', [watch('/srv/my data')]);
  const link = hostFailure('host-c', [watch('/srv/link')]);
  const files = { '/srv/my data/x': '', '/srv/link': '->/etc/docker' };
  const { actions, refused } = await plan([gone, blank, link], { files });
  expect(actions).toMatchObject([{ answers: [], steps: [{ kind: 'file' }, { path: '/etc/docker' }] }]);
  expect(refused.map(({ control }) => control)).toEqual(['host-a', 'host-b', 'host-c']);
  expect(refused[1]?.reason.en).toContain('"/srv/my data"');
});

test('a folder of /run that comes after the rules must be made early', async () => {
  const files = { '/run/containerd/containerd.sock': '', '/run/docker.sock': '' };
  expect(await plan([socket], { files })).toMatchObject({
    actions: [],
    refused: [{ commands: [expect.stringMatching(/^echo 'd \/run\/containerd 0711 root root -' > /)] }],
  });
  // The folder itself, too: a rule on what is not there yet would not see what is in it.
  const folder = hostFailure('host-audit-run-containerd', [watch('/run/containerd')]);
  expect((await plan([folder], { files })).actions).toEqual([]);
  const early = { ...files, '/etc/tmpfiles.d/containerd.conf': '# x\nd /run/containerd 0711 root root -\n' };
  expect((await plan([socket, folder], { files: early })).refused).toEqual([]);
  const engine = hostFailure('host-audit-sock', [watch('/run/docker.sock')]);
  expect((await plan([engine], { files })).refused).toEqual([]);
});
