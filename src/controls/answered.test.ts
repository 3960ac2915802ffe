import { expect, test } from 'vitest';
import { answered } from './answered.fixture.ts';
import { answeredByPerson } from './answered.ts';

const question = { en: 'Does somebody answer at night?', zh: '夜间是否有人值守？' };

test('without an answer it is unknown, and the question is asked', () => {
  const verdict = answeredByPerson({}, question);
  expect(verdict).toMatchObject({ status: 'unknown', evidence: [] });
  expect(verdict.message.en).toContain(question.en);
  expect(verdict.message.zh).toContain(question.zh);
  expect(verdict.need?.en).toContain('plimsoll.yaml');
});

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('what a person says decides: %s', (holds, status) => {
  const verdict = answeredByPerson({ answer: answered(holds) }, question);
  expect(verdict).toMatchObject({
    status,
    evidence: [{ source: 'file', path: 'plimsoll.yaml answers', value: holds }],
  });
  for (const part of ['harbour', '2026-06-30', 'see wiki.example']) {
    expect(verdict.message.en).toContain(part);
    expect(verdict.message.zh).toContain(part);
  }
});

test('an answer that has expired is asked for again, and whose it was', () => {
  const verdict = answeredByPerson({ expiredAnswer: answered(true) }, question);
  expect(verdict.status).toBe('unknown');
  expect(verdict.need?.en).toMatch(/harbour.*2026-06-30.*expired/);
  expect(verdict.need?.zh).toMatch(/harbour.*2026-06-30.*过期/);
});
