import { expect, test } from 'vitest';
import { container, exemplarEffective, judge, machine, running } from '../../../test/subjects.ts';
import { containerNoHostIpc as control } from './container-no-host-ipc.ts';

test("the host's namespace fails at its field", () => {
  const verdict = judge(control, container({ namespaces: { ipc: 'host' } }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'namespaces.ipc' });
  expect(verdict.message.en).toContain('IPC namespace');
});

test('a namespace of its own passes', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test('the machine and the kernel are asked about this namespace and no other', () => {
  const joining = container({ namespaces: { ipc: 'container:db' } });
  const db = { ...container({ namespaces: { ipc: 'host' } }), name: 'db' };
  expect(judge(control, joining, { machine: machine({ containers: [db] }) }).status).toBe('fail');
  const { ipc } = exemplarEffective.namespaces;
  expect(
    judge(control, running({ namespaces: { ...exemplarEffective.namespaces, ipc } }, { namespaces: { ipc: 'host' } }))
      .status,
  ).toBe('pass');
});

test('a shareable namespace passes, and the message says that others may join it', () => {
  const verdict = judge(control, container({ namespaces: { ipc: 'shareable' } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('other containers may join');
});
