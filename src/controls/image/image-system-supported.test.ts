import { expect, test } from 'vitest';
import { contextOf, halfRead, hidden, judge, opened } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { Distribution } from '../../model/image-contents.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageSystemSupported as control } from './image-system-supported.ts';

function severityOf(image: ImageFacts) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, contextOf(control));
}

function of(id: string, version: string, name = '') {
  const value: Distribution = { id, version, name, idLike: [] };
  return opened({ distribution: known(value, 'file', '/etc/os-release') });
}

test('a release that ended fails with the day', () => {
  const verdict = judge(control, of('debian', '9', 'Debian GNU/Linux 9 (stretch)'));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: '/etc/os-release' }] });
  expect(verdict.message.en).toMatch(/^Debian GNU\/Linux 9 \(stretch\) has had no fixes since \d{4}-\d\d-\d\d\.$/);
});

test('a supported one and one without releases pass', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, of('arch', '')).message.en).toContain('no releases that could end');
});

test('extended support counts only where that is said', () => {
  const extended = of('ubuntu', '18.04');
  expect(judge(control, extended).message.en).toContain('extended support');
  expect(judge(control, extended, { parameters: { extendedIsEnough: true } }).status).toBe('pass');
  expect(severityOf(extended)).toBe('medium');
  expect(severityOf(of('debian', '9'))).toBe('high');
});

test('a distribution that is in no list is unknown', () => {
  expect(judge(control, of('homemade', '1')).status).toBe('unknown');
});

test('without a distribution the question does not arise, unless its packages are there', () => {
  expect(judge(control, opened({ distribution: hidden, packages: [] })).status).toBe('not-applicable');
  expect(judge(control, opened({ distribution: hidden })).status).toBe('unknown');
  expect(judge(control, opened({ ...halfRead, distribution: hidden, packages: [] })).status).toBe('unknown');
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
