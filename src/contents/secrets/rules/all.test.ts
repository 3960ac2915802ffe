import { expect, test } from 'vitest';
import { contentOf } from '../../../../test/cataloged.ts';
import { evaluate } from '../evaluate.ts';
import { patternLength } from '../pattern-length.ts';
import { placeOfFile } from '../place.ts';
import { contextLength, type SecretRule } from '../rule.ts';
import { pathFor, sampledRules, sampleOf } from '../samples/samples.fixture.ts';
import { drawn, drawsOf } from '../samples/template.fixture.ts';
import { findInFile } from '../secrets.ts';
import { secretRules } from './all.ts';

/** How often each sample is drawn anew. */
const draws = 5;

function found(rule: SecretRule, text: string) {
  return findInFile(pathFor(rule.id), contentOf(Buffer.from(text)));
}

test('every rule has a name of its own and a sample, and no sample is without a rule', () => {
  const ids = secretRules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(id))).toEqual([]);
  expect([...sampledRules].toSorted()).toEqual(ids.toSorted());
});

function isNamed({ title }: SecretRule): boolean {
  return /^[ -~]*[^.]$/.test(title.en) && /[\u4e00-\u9fff]/.test(title.zh);
}

function isKeyword(keyword: string): boolean {
  return /^[ -~]{2,}$/.test(keyword) && keyword === keyword.toLowerCase();
}

test('every rule has texts in both languages, and keywords in lower case', () => {
  const wrong = secretRules.filter(
    (rule) => !isNamed(rule) || rule.keywords.length === 0 || !rule.keywords.every(isKeyword),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('no pattern looks further than is known', () => {
  for (const { pattern } of secretRules) {
    const { ahead, behind } = patternLength(pattern);
    expect(ahead).toBeLessThan(50_000);
    expect(behind).toBeLessThan(contextLength - 8);
  }
});

test('every rule finds its samples, and shows nothing of them', () => {
  for (const rule of secretRules) {
    for (let seed = 0; seed < draws; seed += 1) {
      const sample = sampleOf(rule.id, String(seed));
      const matches = found(rule, sample.text);
      expect([rule.id, seed, matches.some(({ rule: id }) => id === rule.id)]).toEqual([rule.id, seed, true]);
      const parts = sample.drawn.flatMap((secret) => (secret.slice(0, 12).match(/.{3}/g) ?? []).map(String));
      const shown = matches.map(({ masked }) => masked).join(' ');
      expect(parts.filter((part) => shown.includes(part))).toEqual([]);
    }
  }
});

test('every match of a pattern begins with one of its keywords', () => {
  for (const rule of secretRules) {
    const text = Buffer.from(sampleOf(rule.id).text).toString('latin1');
    const places = [...text.matchAll(new RegExp(rule.pattern, 'g'))].map(({ index }) => index);
    expect([rule.id, places.length > 0]).toEqual([rule.id, true]);
    expect(placesOfKeywords(rule, text)).toEqual(expect.arrayContaining(places));
  }
});

test('no rule takes a placeholder for a secret, or what is cut off', () => {
  const changes: readonly ((secret: string) => string)[] = [
    (secret) => 'x'.repeat(secret.length),
    (secret) => secret.slice(0, 1),
    () => '${SECRET}',
    () => '<secret>',
  ];
  for (const rule of secretRules) {
    const sample = sampleOf(rule.id);
    for (const change of changes) {
      const text = sample.drawn.reduce((rest, secret) => rest.replace(secret, () => change(secret)), sample.text);
      const wrong = found(rule, text).filter(({ rule: id }) => id === rule.id);
      expect([rule.id, text, wrong]).toEqual([rule.id, text, []]);
    }
  }
});

/** Characters of a text that is made to keep a pattern busy. */
const busyLength = 2500;

test('every pattern ends soon on texts that are made to keep it busy', () => {
  let tried = 0;
  for (const rule of secretRules) {
    const fill = drawn('a', 120, drawsOf(rule.id));
    const place = placeOfFile(pathFor(rule.id));
    // A pattern that tries everything with everything does not get through in the time that a test has.
    for (const text of rule.keywords.slice(0, 2).flatMap((keyword) => adversaries(keyword, fill))) {
      for (const at of placesOfKeywords(rule, text).slice(0, 60)) {
        evaluate(rule, text, at, place);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(10_000);
});

function placesOfKeywords({ keywords }: SecretRule, text: string): number[] {
  const lower = text.toLowerCase();
  return Array.from(lower, (_, index) => index).filter((index) =>
    keywords.some((each) => lower.startsWith(each, index)),
  );
}

function repeated(text: string): string {
  return text.repeat(Math.ceil(busyLength / text.length));
}

function adversaries(keyword: string, fill: string): string[] {
  const upper = keyword.toUpperCase();
  return [
    repeated(keyword),
    repeated(upper),
    repeated(`${keyword} `),
    repeated(`${keyword}_key`),
    repeated(`${keyword}="`),
    repeated(`${keyword}="${fill}`),
    repeated(`${upper}${fill}.`),
    keyword + ' '.repeat(busyLength),
    keyword + 'a'.repeat(busyLength),
    `${keyword}${repeated('key')}`,
    repeated(`${keyword}\n`),
    `${keyword}${repeated('A-b: ')}`,
  ];
}
