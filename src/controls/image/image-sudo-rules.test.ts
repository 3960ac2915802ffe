import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';
import { unreadable } from '../../model/fact.ts';
import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageSudoRules as control } from './image-sudo-rules.ts';

const file = { kind: 'sudo-rule', path: '/etc/sudoers.d/app', detail: 'app: NOPASSWD ALL' } as const;

test('what was found fails, and is named', () => {
  const verdict = judge(control, openedWith(file));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
  expect(verdict.message.en).toContain('app: NOPASSWD ALL');
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
    '/etc/sudoers.d/app',
    { en: 'permission denied', zh: '权限不足' },
    { en: 'run as root', zh: '以 root 运行' },
  );
  expect(judge(control, opened({ gaps: [gap] }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
  expect(judge(control, opened({ gaps: [{ ...gap, path: '/srv/a.jar' }] })).status).toBe('pass');
});

function severityOf(image: ImageFacts, context: JudgeContext) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, context);
}

test('a rule without a password is worse', () => {
  const asked = { ...file, detail: 'app: ALL' };
  const context = contextOf(control);
  expect(severityOf(openedWith(file), context)).toBe('high');
  expect(severityOf(openedWith(asked), context)).toBe('medium');
});
