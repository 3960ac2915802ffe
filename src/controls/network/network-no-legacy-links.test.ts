import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { networkNoLegacyLinks as control } from './network-no-legacy-links.ts';

test('a link fails, and is named', () => {
  const verdict = judge(control, container({ links: ['db:database'] }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'links', evidence: [{ value: ['db:database'] }] });
  expect(verdict.message.en).toContain('db:database');
});

test('none passes, said or not', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, container({ links: [] })).status).toBe('pass');
});

test('a pod has none, and only a person knows the network', () => {
  expect(control.dialects).not.toContain('pod');
  expect(control.remedy(container(), contextOf(control)).kind).toBe('manual');
  expect(control.remedy({ ...container(), dialect: 'compose' }, contextOf(control)).kind).toBe('manual');
});

const service = (network: string | null) => ({
  ...container({ links: ['db'], namespaces: { network } }),
  dialect: 'compose' as const,
});

test('a service has links of the old kind on the default bridge only', () => {
  expect(judge(control, service('bridge')).status).toBe('fail');
  expect(judge(control, service(null)).status).toBe('pass');
});
