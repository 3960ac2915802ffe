import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { usualSeverity } from '../../model/control.ts';
import { known } from '../../model/fact.ts';
import type { CredentialFile, HostFacts } from '../../model/host.ts';
import { registryCredentialsProtected as control } from './registry-credentials-protected.ts';

function file(mode: number, change: Partial<CredentialFile> = {}): CredentialFile {
  const path = change.path ?? '/home/anna/.docker/config.json';
  return {
    path,
    user: 'anna',
    status: { path, realPath: path, kind: 'file', uid: 1000, gid: 1000, mode },
    plainRegistries: ['registry.example'],
    ...change,
  };
}

function hostWith(...files: readonly CredentialFile[]): HostFacts {
  return host({ credentials: known(files, 'file', '~/.docker/config.json') });
}

function severityOf(subject: HostFacts) {
  const { severity } = control;
  return typeof severity === 'string' ? severity : severity.of(subject, contextOf(control));
}

const parameters = { usersWithoutHelper: ['anna'] };

test('a password in a file fails, and more severely where others may read or change it', () => {
  expect(judge(control, hostWith(file(0o600)))).toMatchObject({
    status: 'fail',
    evidence: [{ path: '/home/anna/.docker/config.json auths', value: ['registry.example'] }],
  });
  expect(severityOf(hostWith(file(0o600)))).toBe('medium');
  expect(usualSeverity(control)).toBe('medium');
  for (const mode of [0o644, 0o640, 0o602]) expect(severityOf(hostWith(file(0o600), file(mode)))).toBe('high');
  expect(severityOf(hostWith(file(0o600), file(0o644, { plainRegistries: [] })))).toBe('medium');
});

test('a file without passwords may be open', () => {
  expect(judge(control, hostWith(file(0o644, { plainRegistries: [], store: 'pass' }))).status).toBe('pass');
  expect(judge(control, hostWith()).status).toBe('pass');
});

test('a helper for one registry does not keep the password of another', () => {
  expect(judge(control, hostWith(file(0o600, { store: 'ecr-login' }))).status).toBe('fail');
});

test('a user may be accepted, whose file must be shut', () => {
  expect(judge(control, hostWith(file(0o600)), { parameters }).status).toBe('pass');
  expect(judge(control, hostWith(file(0o600), file(0o600, { user: 'ben' })), { parameters }).status).toBe('fail');
  const open = hostWith(file(0o640));
  expect(judge(control, open, { parameters }).status).toBe('fail');
  const remedy = control.remedy(open, contextOf(control, { parameters }));
  expect(remedy).toMatchObject({ commands: ["sudo -u '#1000' chmod 600 /home/anna/.docker/config.json"] });
  const both = hostWith(file(0o640), file(0o600, { user: 'ben' }));
  expect(control.remedy(both, contextOf(control, { parameters }))).toMatchObject({
    commands: [expect.stringContaining('chmod'), expect.stringContaining('-u ben docker logout')],
  });
});

test('the remedy names what to log out of', () => {
  const podman = file(0o644, { path: '/run/containers/0/auth.json', user: 'root' });
  expect(control.remedy(hostWith(file(0o600), podman), contextOf(control))).toMatchObject({
    kind: 'manual',
    commands: [
      'sudo -H -u anna docker logout registry.example',
      "sudo -u '#1000' chmod 600 /run/containers/0/auth.json",
      'sudo -u root podman logout --authfile /run/containers/0/auth.json registry.example',
    ],
  });
});

test('a name that would be a command is quoted', () => {
  const subject = hostWith(file(0o600, { plainRegistries: ["x;reboot'"] }));
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    commands: [`sudo -H -u anna docker logout 'x;reboot'\\'''`],
  });
});

test('homes that may not be looked into leave it unknown', () => {
  expect(judge(control, host({ credentials: hidden }))).toMatchObject({ status: 'unknown', need: hidden.need });
});
