import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsMetrics as control } from './operations-metrics.ts';

const runs = (name: string) => ({ processes: known([{ pid: 500, name, uid: 0 }], 'kernel', '/proc') });

test.each(['node_exporter', 'cadvisor', 'telegraf'])('%s shows it', (name) => {
  const verdict = judgeAnswered(control, undefined, runs(name));
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ source: 'kernel', value: name }] });
});

test('node-exporter of Debian shows it by its unit', () => {
  const enabledUnits = known(['prometheus-node-exporter.service'], 'file', '/etc/systemd/system');
  expect(judgeAnswered(control, undefined, { enabledUnits }).status).toBe('pass');
});

test.each(['sshd', 'node', 'blackbox_export'])('%s does not', (name) => {
  expect(judgeAnswered(control, undefined, runs(name)).status).toBe('unknown');
});

test('otherwise a person answers, and knows better than a name when it does not hold', () => {
  expect(judgeAnswered(control, undefined, { processes: hidden, enabledUnits: hidden }).status).toBe('unknown');
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false), runs('node_exporter')).status).toBe('fail');
});
