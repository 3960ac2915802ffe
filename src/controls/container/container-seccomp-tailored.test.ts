import { expect, test } from 'vitest';
import { container, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerSeccompTailored as control } from './container-seccomp-tailored.ts';

const mode = (value: number) => known(value, 'kernel', '/proc/412/status Seccomp');
const required = { parameters: { required: true } };
const withProfile = (seccomp: string | null) => ({ security: { seccomp } });
const profile = (defaultAction: string, syscalls: object[] = []) =>
  withProfile(JSON.stringify({ defaultAction, syscalls }));
const allow = (...names: string[]) => ({ names, action: 'SCMP_ACT_ALLOW' });

test.each([null, '', 'builtin', 'unconfined'])('%s is no profile of its own', (seccomp) => {
  expect(judge(control, container(withProfile(seccomp))).status).toBe('not-applicable');
  const verdict = judge(control, container(withProfile(seccomp)), required);
  expect(verdict).toMatchObject({ status: 'fail', field: 'security.seccomp' });
});

test.each(['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP'])(
  'a profile that answers with %s passes, required or not',
  (action) => {
    const subject = container(profile(action, [allow('read', 'write')]));
    expect(judge(control, subject).status).toBe('pass');
    expect(judge(control, subject, required).status).toBe('pass');
  },
);

test.each(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_NOTIFY', 'scmp_act_errno'])(
  'a profile that answers with %s refuses nothing',
  (action) => {
    const verdict = judge(control, container(profile(action, [{ names: ['mount'], action: 'SCMP_ACT_ERRNO' }])));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain(action);
  },
);

test.each(['{', '{}', '{"defaultAction":2}'])('%s is not a profile', (text) => {
  expect(judge(control, container(withProfile(text))).status).toBe('fail');
});

test('a reviewed list bounds what any rule lets through, in the old form of rules as well', () => {
  const parameters = { reviewed: ['read', 'write'] };
  const rules = [
    allow('read'),
    { name: 'bpf', action: 'SCMP_ACT_ALLOW' },
    { names: ['mount'], action: 'SCMP_ACT_LOG' },
  ];
  const verdict = judge(control, container(profile('SCMP_ACT_ERRNO', rules)), { parameters });
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('bpf, mount');
  const refused = [allow('read', 'write'), { names: ['bpf'], action: 'SCMP_ACT_KILL' }];
  expect(judge(control, container(profile('SCMP_ACT_ERRNO', refused)), { parameters }).status).toBe('pass');
});

// One of the project's sources writes `seccomp:allow:clock_adjtime`: no such syntax exists, so that it is a name.
test.each(['profile.json', 'allow:clock_adjtime'])('%s names a file whose content is unknown', (name) => {
  const verdict = judge(control, container(withProfile(name)));
  expect(verdict.status).toBe('unknown');
  expect(verdict.message.en).toContain(name);
});

test('a profile that is not in force on the running process fails', () => {
  const own = profile('SCMP_ACT_ERRNO');
  expect(judge(control, running({ seccompMode: mode(0) }, own)).status).toBe('fail');
  expect(judge(control, running({ seccompMode: mode(2) }, own)).status).toBe('pass');
  expect(judge(control, running({ seccompMode: hidden }, own)).status).toBe('pass');
});

test('the evidence shows the default action and not the whole text', () => {
  const verdict = judge(control, container(profile('SCMP_ACT_ERRNO', [allow('read')])));
  expect(verdict.evidence[0]?.value).toEqual({ defaultAction: 'SCMP_ACT_ERRNO' });
});
