import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageMinimalBase as control } from './image-minimal-base.ts';

function severityOf(image: ImageFacts) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, contextOf(control));
}

const gcc = { kind: 'tool', path: '/usr/bin/gcc', detail: 'compiler gcc' } as const;
const gcc12 = { ...gcc, path: '/usr/bin/gcc-12' } as const;
const apt = { kind: 'tool', path: '/usr/bin/apt', detail: 'package-manager apt' } as const;
const shell = { kind: 'tool', path: '/bin/sh', detail: 'shell sh' } as const;

test('tools fail by their sort, each name once', () => {
  const verdict = judge(control, openedWith(gcc, gcc12, apt));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: '/usr/bin/gcc' }, { path: '/usr/bin/apt' }] });
  expect(verdict.message.en).toContain('compilers (gcc), package managers (apt)');
});

test('a shell counts only where that is asked for', () => {
  expect(judge(control, openedWith(shell)).status).toBe('pass');
  expect(judge(control, openedWith(shell), { parameters: { unwanted: ['shell'] } }).status).toBe('fail');
});

test('names can be accepted', () => {
  expect(judge(control, openedWith(apt), { parameters: { accepted: ['apt'] } }).status).toBe('pass');
});

test('a package manager alone is milder than a compiler', () => {
  expect(severityOf(openedWith(apt, shell))).toBe('low');
  expect(severityOf(openedWith(apt, gcc))).toBe('medium');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
