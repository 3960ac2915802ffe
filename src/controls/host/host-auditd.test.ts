import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { rules } from './audit-watch.fixture.ts';
import { hostAuditd as control } from './host-auditd.ts';

const absent = known(null, 'file', '/etc/audit');
const off = known({ loaded: true, enabled: false, watches: [] }, 'kernel', 'auditctl -l');

function judged(audit: HostFacts['audit']) {
  return judge(control, host({ audit }));
}

test('without an audit daemon this one fails', () => {
  expect(judged(absent)).toMatchObject({ status: 'fail', evidence: [{ path: '/etc/audit', value: null }] });
});

test('auditing that is switched off records as little', () => {
  expect(judged(off)).toMatchObject({ status: 'fail', evidence: [{ path: 'auditctl -l enabled', value: false }] });
});

test('an audit daemon is enough, whatever it watches', () => {
  expect(judged(rules()).status).toBe('pass');
  expect(judged(known({ loaded: false, watches: [] }, 'file', '/etc/audit')).status).toBe('pass');
});

test('in a container it is not known what the host has installed', () => {
  const inContainer = machine({ engine: engine({}, { process: hidden }) });
  expect(judge(control, host({ audit: absent }), { machine: inContainer })).toMatchObject({
    status: 'unknown',
    need: hidden.need,
  });
  const user = { ...inContainer, host: host({ root: false }) };
  expect(judge(control, host({ audit: absent }), { machine: user }).status).toBe('fail');
  expect(judge(control, host({ audit: off }), { machine: inContainer }).status).toBe('fail');
});

test('it is unknown where neither the kernel nor files tell', () => {
  expect(judged(hidden)).toMatchObject({ status: 'unknown', need: hidden.need });
});

test.each([
  ['debian', ['apt-get install auditd', 'systemctl enable --now auditd']],
  ['opensuse-leap', ['zypper install audit', 'systemctl enable --now auditd']],
  ['rocky', ['dnf install audit', 'systemctl enable --now auditd']],
  ['alpine', ['apk add audit', 'rc-update add auditd', 'rc-service auditd start']],
])('on %s the package is installed and started with %j', (id, commands) => {
  const distribution = known({ id, version: '1' }, 'file', '/etc/os-release');
  const remedy = control.remedy(host({ audit: absent, distribution }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'manual', commands });
});

test('what is only switched off is not installed again', () => {
  expect(control.remedy(host({ audit: off }), contextOf(control))).toMatchObject({
    commands: ['auditctl -e 1', 'augenrules --load'],
  });
});
