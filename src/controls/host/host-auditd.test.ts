import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { rules } from './audit-watch.fixture.ts';
import { hostAuditd as control } from './host-auditd.ts';

const absent = known(null, 'file', '/etc/audit');
const off = known({ loaded: true, enabled: false, watches: [] }, 'kernel', 'auditctl -l');

/** What is to be done on a distribution. */
function remedyOn(id: string, audit: HostFacts['audit']) {
  return control.remedy(host({ audit, distribution: known({ id, version: '' }, 'file', '') }), contextOf(control));
}

function judged(audit: HostFacts['audit']) {
  return judge(control, host({ audit }));
}

test('without an audit daemon this one fails', () => {
  expect(judged(absent)).toMatchObject({ status: 'fail', evidence: [{ path: '/etc/audit', value: null }] });
});

test('auditing that is switched off records as little', () => {
  expect(judged(off)).toMatchObject({ status: 'fail', evidence: [{ path: 'auditctl -l enabled', value: false }] });
});

test('rules that are loaded but whose records nobody takes are not enough', () => {
  const unheard = known({ loaded: true, enabled: true, received: false, watches: [] }, 'kernel', 'auditctl -l');
  expect(judged(unheard)).toMatchObject({ status: 'fail', evidence: [{ path: 'auditctl -s', value: 'pid 0' }] });
  expect(judged(mapFact(unheard, (value) => ({ ...value, received: true }))).status).toBe('pass');
  expect(remedyOn('debian', unheard)).toMatchObject({ commands: ['systemctl enable --now auditd'] });
  expect(remedyOn('alpine', unheard)).toMatchObject({ commands: ['rc-update add auditd', 'rc-service auditd start'] });
  const neither = mapFact(unheard, (value) => ({ ...value, enabled: false }));
  expect(remedyOn('debian', neither)).toMatchObject({
    commands: ['systemctl enable --now auditd', 'auditctl -e 1', 'augenrules --load'],
  });
});

test('an audit daemon is enough, whatever it watches', () => {
  expect(judged(rules()).status).toBe('pass');
  expect(judged(known({ loaded: false, watches: [] }, 'file', '/etc/audit')).status).toBe('pass');
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
