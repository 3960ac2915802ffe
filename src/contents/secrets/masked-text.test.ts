import { expect, test } from 'vitest';
import { maskOf } from './mask.ts';
import { maskedText } from './masked-text.ts';
import { secretRules } from './rules/all.ts';
import { pathFor, sampleOf } from './samples/samples.fixture.ts';

test('a text is shown without its secrets, and the rest as it is', () => {
  expect(maskedText('RUN curl -u me:kX82pq https://r.tld/é # buildkit')).toBe(
    'RUN curl -u me:… https://r.tld/é # buildkit',
  );
  expect(maskedText('ENV DB_PASSWORD=kX82,pq;7 A=b')).toBe('ENV DB_PASSWORD=… A=b');
  expect(maskedText('RUN make')).toBe('RUN make');
});

test('of no sample anything is left', () => {
  for (const { id } of secretRules.filter((rule) => pathFor(rule.id) === 'app/settings.yaml')) {
    const sample = sampleOf(id);
    const [secret = ''] = sample.drawn.toReversed().toSorted((left, right) => right.length - left.length);
    // Elements of XML are looked for in files only.
    if (id === 'xml-password') continue;
    expect([id, maskedText(`RUN ${sample.text}`).includes(secret)]).toEqual([id, false]);
  }
});

test('a mask shows what all secrets of a kind begin with, and how long they are at least if they are long', () => {
  expect(maskOf('abc')).toBe('…');
  expect(maskOf('a'.repeat(23))).toBe('…');
  expect(maskOf('a'.repeat(100))).toBe('… (64+)');
  expect(maskOf('abc_defgh', ['xyz_', 'abc_'])).toBe('abc_…');
});
