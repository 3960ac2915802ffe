import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsRegularAudit as control } from './operations-regular-audit.ts';

const units = (...names: string[]) => ({ enabledUnits: known(names, 'file', '/etc/systemd/system') });

test.each([
  'plimsoll-audit.timer',
  'plimsoll.timer',
  'docker-bench-security.timer',
  'lynis.timer',
  'openscap-scan.timer',
])('%s shows it', (unit) => {
  const verdict = judgeAnswered(control, undefined, units('ssh.service', unit));
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ value: unit }] });
});

test.each(['plimsoll-prune.timer', 'plimsoll-feeds.timer', 'lynis.service', 'logrotate.timer', 'ssh.service'])(
  '%s does not',
  (unit) => {
    expect(judgeAnswered(control, undefined, units(unit)).status).toBe('unknown');
  },
);

test('otherwise a person answers, and knows better than a name when it does not hold', () => {
  expect(judgeAnswered(control, undefined, { enabledUnits: hidden }).status).toBe('unknown');
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false), units('plimsoll-audit.timer')).status).toBe('fail');
});
