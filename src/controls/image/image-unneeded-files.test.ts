import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';

import type { JudgeContext } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageUnneededFiles as control } from './image-unneeded-files.ts';

const file = { kind: 'unneeded', path: '/app/.git', detail: 'repository' } as const;

test('what was found fails, and is named', () => {
  const verdict = judge(control, openedWith(file));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
  expect(verdict.message.en).toContain('/app/.git');
  expect(control.remedy(openedWith(file), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('its path can be accepted', () => {
  expect(judge(control, openedWith(file), { parameters: { accepted: [file.path] } }).status).toBe('pass');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
});

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
