import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';
import { unreadable } from '../../model/fact.ts';

import { imageNoEmptyPassword as control } from './image-no-empty-password.ts';

const file = { kind: 'empty-password', path: '/etc/shadow', detail: 'root' } as const;

test('what was found fails, and is named', () => {
  const verdict = judge(control, openedWith(file));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
  expect(verdict.message.en).toContain('Anybody may become root');
  expect(control.remedy(openedWith(file), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('its path can be accepted', () => {
  expect(judge(control, openedWith(file), { parameters: { accepted: [file.path] } }).status).toBe('pass');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
});

test('without the file that decides it is unknown', () => {
  const gap = unreadable(
    'file',
    '/etc/shadow',
    { en: 'permission denied', zh: '权限不足' },
    { en: 'run as root', zh: '以 root 运行' },
  );
  expect(judge(control, opened({ gaps: [gap] }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
  expect(judge(control, opened({ gaps: [{ ...gap, path: '/srv/a.jar' }] })).status).toBe('pass');
});
