import { expect, test } from 'vitest';
import { contextOf, openedWith } from '../../../test/subjects.ts';
import { expectFileControl } from '../../../test/notable-control.ts';
import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageSudoRules as control } from './image-sudo-rules.ts';

const file = { kind: 'sudo-rule', path: '/etc/sudoers.d/app', detail: 'app: NOPASSWD ALL' } as const;

expectFileControl(control, { file, said: 'app: NOPASSWD ALL', deciding: '/etc/sudoers.d/app' });

function severityOf(image: ImageFacts, context: JudgeContext) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, context);
}

test('a rule without a password is worse', () => {
  const asked = { ...file, detail: 'app: ALL' };
  const context = contextOf(control);
  expect(severityOf(openedWith(file), context)).toBe('high');
  expect(severityOf(openedWith(asked), context)).toBe('medium');
});
