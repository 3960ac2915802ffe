import { expect, test } from 'vitest';
import { container, exemplarEffective, judge, machine, running } from '../../../test/subjects.ts';
import { containerNoHostPid as control } from './container-no-host-pid.ts';

test("the host's namespace fails at its field", () => {
  const verdict = judge(control, container({ namespaces: { pid: 'host' } }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'namespaces.pid' });
  expect(verdict.message.en).toContain('PID namespace');
});

test('a namespace of its own passes', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test('the machine and the kernel are asked about this namespace and no other', () => {
  const joining = container({ namespaces: { pid: 'container:db' } });
  const db = { ...container({ namespaces: { pid: 'host' } }), name: 'db' };
  expect(judge(control, joining, { machine: machine({ containers: [db] }) }).status).toBe('fail');
  const { pid } = exemplarEffective.namespaces;
  expect(
    judge(control, running({ namespaces: { ...exemplarEffective.namespaces, pid } }, { namespaces: { pid: 'host' } }))
      .status,
  ).toBe('pass');
});
