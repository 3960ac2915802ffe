import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';
import { unreadable } from '../../model/fact.ts';
import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageUniqueUid as control } from './image-unique-uid.ts';

const file = { kind: 'second-root', path: '/etc/passwd', detail: 'toor' } as const;

test('what was found fails, and is named', () => {
  const verdict = judge(control, openedWith(file));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
  expect(verdict.message.en).toContain('toor is root');
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
    '/etc/passwd',
    { en: 'permission denied', zh: '权限不足' },
    { en: 'run as root', zh: '以 root 运行' },
  );
  expect(judge(control, opened({ gaps: [gap] }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
  expect(judge(control, opened({ gaps: [{ ...gap, path: '/srv/a.jar' }] })).status).toBe('pass');
});

function severityOf(image: ImageFacts, context: JudgeContext) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, context);
}

test('ids that several share fail too, and are milder', () => {
  const shared = { kind: 'duplicate-id', path: '/etc/group', detail: 'gid 50 (a, b)' } as const;
  expect(judge(control, openedWith(shared)).message.en).toContain('gid 50 (a, b)');
  const context = contextOf(control);
  expect(severityOf(openedWith(shared), context)).toBe('medium');
  expect(severityOf(openedWith(file, shared), context)).toBe('high');
});

test('a second root can be accepted by name', () => {
  expect(judge(control, openedWith(file), { parameters: { accepted: ['toor'] } }).status).toBe('pass');
});
