import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsWorkflowStale as control } from './operations-workflow-stale.ts';

const units = (...names: string[]) => ({ enabledUnits: known(names, 'file', '/etc/systemd/system') });

test.each([
  'plimsoll-prune.timer',
  'docker-image-prune.timer',
  'docker-cleanup.timer',
  'podman-system-prune.timer',
  'docker-gc.timer',
])('%s shows it', (unit) => {
  const verdict = judgeAnswered(control, undefined, units('ssh.service', unit));
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ value: unit }] });
});

test.each([
  'borg-prune.timer',
  'systemd-tmpfiles-clean.timer',
  'snapper-cleanup.timer',
  'docker-prune.service',
  'podman-auto-update.timer',
])('%s does not', (unit) => {
  expect(judgeAnswered(control, undefined, units(unit)).status).toBe('unknown');
});

test('otherwise a person answers, and knows better than a name when it does not hold', () => {
  expect(judgeAnswered(control, undefined, { enabledUnits: hidden }).status).toBe('unknown');
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false), units('plimsoll-prune.timer')).status).toBe('fail');
});
