import { expect, test } from 'vitest';
import { container, exemplarEffective, judge, machine, running } from '../../../test/subjects.ts';
import { containerNoHostUts as control } from './container-no-host-uts.ts';

test("the host's namespace fails at its field", () => {
  const verdict = judge(control, container({ namespaces: { uts: 'host' } }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'namespaces.uts' });
  expect(verdict.message.en).toContain('UTS namespace');
});

test('a namespace of its own passes', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test('the machine and the kernel are asked about this namespace and no other', () => {
  const joining = container({ namespaces: { uts: 'container:db' } });
  const db = { ...container({ namespaces: { uts: 'host' } }), name: 'db' };
  expect(judge(control, joining, { machine: machine({ containers: [db] }) }).status).toBe('fail');
  const { uts } = exemplarEffective.namespaces;
  expect(
    judge(control, running({ namespaces: { ...exemplarEffective.namespaces, uts } }, { namespaces: { uts: 'host' } }))
      .status,
  ).toBe('pass');
});
