import { expect, test } from 'vitest';
import { readStanzas } from './stanzas.ts';

test('paragraphs, with lines that continue a field and fields that stand twice', () => {
  const text = 'Name: a\nText: one\n two\n\tthree\nno field\nName: b\n\n\nName: c\r\n';
  expect([...readStanzas(text)].map((fields) => Object.fromEntries(fields))).toEqual([
    { name: 'a\nb', text: 'one\ntwo\nthree' },
    { name: 'c' },
  ]);
});

test('a value without end, and fields without end, are cut', () => {
  const [fields] = readStanzas(`Text: a\n${' b\n'.repeat(500_000)}`);
  expect(fields?.get('text')?.length).toBeLessThan(300_000);
  const many = Array.from({ length: 10_000 }, (_, index) => `f${index}: x\n`).join('');
  expect([...readStanzas(`Name: a\n${many}`)].map(({ size }) => size)).toEqual([500]);
});
