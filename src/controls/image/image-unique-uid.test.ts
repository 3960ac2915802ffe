import { expect, test } from 'vitest';
import { contextOf, judge, openedWith } from '../../../test/subjects.ts';
import { expectFileControl } from '../../../test/notable-control.ts';
import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageUniqueUid as control } from './image-unique-uid.ts';

const file = { kind: 'second-root', path: '/etc/passwd', detail: 'toor' } as const;

expectFileControl(control, { file, said: 'toor is root', deciding: '/etc/passwd' });

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
