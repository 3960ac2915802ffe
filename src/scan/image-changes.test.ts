import { array, assert, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedImage, findingChange } from '../../test/image-changes.ts';
import { imageId } from '../../test/scanned-images.ts';
import type { FindingChange } from '../model/image-change.ts';
import { changesOf, longestMessage, messagesOf } from './image-changes.ts';

const { before, after } = findingChange();
const change = { change: 'gained', vulnerability: 'CVE-1', before, after } as const;

test('the same of a package at several places is told once, with some of the places', () => {
  const places = Array.from({ length: 8 }, (_, index) => ({ purl: 'pkg:npm/a@1', path: `/${index % 7}`, change }));
  const other = {
    purl: 'pkg:npm/a@1',
    path: '/b',
    change: { ...change, after: { ...after, severity: 'low' as const } },
  };
  expect(changesOf([...places, other] as Parameters<typeof changesOf>[0])).toMatchObject([
    { package: 'pkg:npm/a@1', paths: ['/0', '/1', '/2', '/3', '/4'], after: { severity: 'high' } },
    { package: 'pkg:npm/a@1', paths: ['/b'], after: { severity: 'low' } },
  ]);
});

const of = (vulnerability: string, changes: object) => ({
  purl: 'pkg:npm/a@1',
  path: '/',
  change: { ...change, vulnerability, ...changes },
});

test('the worst comes first: what is exploited, then by severity; what is gone comes last', () => {
  const ordered = changesOf([
    of('lost', { change: 'lost', before: { status: 'affected', severity: 'critical' }, after: null }),
    of('unrated', { after: { status: 'affected', severity: 'unknown' } }),
    of('medium', { after: { status: 'affected', severity: 'medium' } }),
    of('changed', { change: 'changed', before: after, after: { status: 'affected', severity: 'critical' } }),
    of('critical', { after: { status: 'affected', severity: 'critical' } }),
    of('exploited', { after: { status: 'affected', severity: 'low', exploitedSince: '2026-01-02' } }),
    of('unknown', { change: 'unknown', before: { status: 'affected', severity: 'high' }, after: { unknown: 'x' } }),
  ] as Parameters<typeof changesOf>[0]);
  expect(ordered.map(({ vulnerability }) => vulnerability)).toEqual([
    'exploited',
    'critical',
    'changed',
    'unknown',
    'medium',
    'unrated',
    'lost',
  ]);
});

const wide = (index: number, length: number): FindingChange =>
  findingChange({ vulnerability: `CVE-${index}`, paths: ['x'.repeat(length)] });

describe('messages', () => {
  const set = { set: '5e7', found: '2026-06-01T00:00:00.000Z', first: 1 };

  test('hold everything once and in its order, and none is too long', () => {
    assert(
      property(array(array(nat(30_000), { minLength: 1, maxLength: 20 }), { maxLength: 6 }), (sizes) => {
        const images = sizes.map((lengths, image) =>
          changedImage({ id: imageId(`${image + 1}`), changes: lengths.map((length, index) => wide(index, length)) }),
        );
        const messages = messagesOf(images, set);
        const told = messages.flatMap((each) =>
          each.images.flatMap(({ id, changes }) => changes.map(({ vulnerability }) => `${id} ${vulnerability}`)),
        );
        expect(told).toEqual(
          images.flatMap(({ id, changes }) => changes.map(({ vulnerability }) => `${id} ${vulnerability}`)),
        );
        expect(messages.map(({ part }) => part)).toEqual(messages.map((_, index) => index + 1));
        for (const each of messages) {
          expect(Buffer.byteLength(JSON.stringify(each.images))).toBeLessThanOrEqual(longestMessage);
        }
      }),
    );
  });

  test('small ones are not sent one by one, nor is anything empty', () => {
    const images = [changedImage(), changedImage({ id: imageId('2') })];
    expect(messagesOf(images, { ...set, first: 4 })).toEqual([{ set: '5e7', found: set.found, part: 4, images }]);
    expect(messagesOf([], set)).toEqual([]);
  });

  test('what is too long by itself is sent all the same', () => {
    const images = [changedImage({ changes: [wide(1, 10), wide(2, 2 * longestMessage), wide(3, 10)] })];
    expect(messagesOf(images, set).map((each) => each.images[0]?.changes.length)).toEqual([1, 1, 1]);
  });
});
