import { assert, constantFrom, nat, option, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { RequestFailure } from '../http/failure.ts';
import { type AnswerHead, readAnswer } from './read-answer.ts';

const url = new URL('https://a.example/Debian/all.zip');
const head = (status: number, headers: AnswerHead['headers'] = {}): AnswerHead => ({ url, status, headers });
const asked = { url: url.href, largest: 1000, conditional: false };
const before = { url: url.href, etag: '"1"', validator: '"1"', size: 100, md5: `${'A'.repeat(22)}==` };
const part = { offset: 50, of: before };

test('what a server says of a file is kept', () => {
  const headers = {
    etag: '"1"',
    'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT',
    'content-length': '100',
    'x-goog-hash': `crc32c=AAAAAA==,md5=${before.md5}`,
  };
  expect(readAnswer(head(200, headers), asked, 0)).toEqual({
    kind: 'whole',
    served: { ...before, modified: headers['last-modified'] },
  });
  expect(readAnswer(head(200), asked, 0)).toEqual({ kind: 'whole', served: { url: url.href } });
});

test.each([
  ['a tag', { etag: '"1"' }, '"1"'],
  ['a tag rather than a date', { etag: '"1"', 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' }, '"1"'],
  ['no weak tag', { etag: 'W/"1"' }, undefined],
  ['a date of long ago', dated('00:00:01'), 'Wed, 01 Jan 2020 00:00:00 GMT'],
  ['no date of now', dated('00:00:00'), undefined],
  ['no date without a clock', { 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' }, undefined],
])('a part is held against %s', (_, headers, validator) => {
  const meaning = readAnswer(head(200, headers), asked, 0);
  expect(meaning.kind === 'whole' ? meaning.served.validator : meaning).toBe(validator);
});

function dated(time: string) {
  return { date: `Wed, 01 Jan 2020 ${time} GMT`, 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' };
}

const rest = { etag: '"1"', 'content-range': 'bytes 50-99/100' };

test('the rest is taken where it is of the same file', () => {
  expect(readAnswer(head(206, rest), { ...asked, part }, 0)).toEqual({ kind: 'rest', size: 100 });
  const dateOnly = { ...part, of: { url: url.href, modified: 'x', validator: 'x' } };
  expect(readAnswer(head(206, { 'content-range': rest['content-range'] }), { ...asked, part: dateOnly }, 0)).toEqual({
    kind: 'rest',
    size: 100,
  });
});

test.each([
  ['another tag', { ...rest, etag: '"2"' }],
  ['a weak tag', { ...rest, etag: 'W/"1"' }],
  ['no tag', { 'content-range': rest['content-range'] }],
  ['another sum', { ...rest, 'x-goog-hash': `md5=${'B'.repeat(22)}==` }],
  ['another size', { ...rest, 'content-range': 'bytes 50-100/101' }],
])('a part with %s is useless, and asked for again', (_, headers) => {
  const meaning = readAnswer(head(206, headers), { ...asked, part }, 0);
  expect(meaning).toMatchObject({ kind: 'useless', failure: { chance: { again: true } } });
});

test('the rest of what is too large is refused', () => {
  const unsized = { ...part, of: { url: url.href, etag: '"1"', validator: '"1"' } };
  const headers = { ...rest, 'content-range': 'bytes 50-1999/2000' };
  expect(() => readAnswer(head(206, headers), { ...asked, part: unsized }, 0)).toThrow('which no feed has');
});

test('whatever a server answers, a part is only gone on with where it is', () => {
  const number = nat(120);
  const given = record({
    status: constantFrom(200, 206, 304, 416, 404, 500),
    first: number,
    last: number,
    total: number,
    length: option(number, { nil: undefined }),
    etag: constantFrom('"1"', '"2"', undefined),
  });
  assert(
    property(given, ({ status, first, last, total, length, etag }) => {
      const headers = {
        'content-range': `bytes ${first}-${last}/${total}`,
        ...(length === undefined ? {} : { 'content-length': String(length) }),
        ...(etag === undefined ? {} : { etag }),
      };
      try {
        const meaning = readAnswer(head(status, headers), { ...asked, part }, 0);
        if (meaning.kind !== 'rest') return;
        expect([status, first, last + 1, total, etag]).toEqual([206, 50, 100, 100, '"1"']);
        expect(length ?? 50).toBe(50);
      } catch (error) {
        if (!(error instanceof RequestFailure)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
