import { expect, test } from 'vitest';
import { expectFileControl } from '../../../test/notable-control.ts';
import { contextOf, judge, opened, openedWith } from '../../../test/subjects.ts';
import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageUnneededFiles as control } from './image-unneeded-files.ts';

const file = { kind: 'unneeded', path: '/app/.git', detail: 'repository' } as const;

expectFileControl(control, { file, said: '/app/.git' });

function severityOf(image: ImageFacts, context: JudgeContext) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, context);
}

test('what tells secrets is worse than what is only too much', () => {
  const context = contextOf(control);
  expect(severityOf(openedWith(file), context)).toBe('medium');
  expect(severityOf(openedWith({ ...file, path: '/app/Dockerfile', detail: 'build' }), context)).toBe('low');
});

test("a package's own file is not of this image's making", () => {
  const owned = { ...file, layer: 0, size: 1, ownedBy: 'pkg:deb/debian/a@1' } as const;
  expect(judge(control, opened({ files: [owned] })).status).toBe('pass');
});
