import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';

import { imageNoWorldWritable as control } from './image-no-world-writable.ts';

const file = { kind: 'world-writable', path: '/srv/data', detail: '0o777' } as const;

test('what was found fails, and is named', () => {
  const verdict = judge(control, openedWith(file));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
  expect(verdict.message.en).toContain('/srv/data');
  expect(control.remedy(openedWith(file), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('its path can be accepted', () => {
  expect(judge(control, openedWith(file), { parameters: { accepted: [file.path] } }).status).toBe('pass');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
});
