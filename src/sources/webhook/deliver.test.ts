import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../../test/waiting.ts';
import { deliver, type Letter, webhookPatience } from './deliver.ts';
import type { PostOutcome } from './post.ts';

const keys = [Buffer.from('0123456789abcdef01234567')];

/** What comes of messages that are answered with these outcomes, one after the other; the last one holds on. */
async function delivered(ids: readonly string[], outcomes: readonly PostOutcome[]) {
  const clock = fakeClock();
  const sent: { readonly id: string | undefined; readonly headers: Readonly<Record<string, string>> }[] = [];
  const waiting = ids.map((id, index): Letter => ({ number: index + 1, id, body: `{"id":"${id}"}` }));
  const delivery = await deliver(
    {
      next: (after) => waiting.find(({ number }) => number > after),
      delivered: (number) =>
        void waiting.splice(
          waiting.findIndex((each) => each.number === number),
          1,
        ),
    },
    {
      post: (body, headers) => {
        sent.push({ id: headers['webhook-id'], headers });
        expect(body).toBe(`{"id":"${headers['webhook-id']}"}`);
        return Promise.resolve(outcomes[Math.min(sent.length, outcomes.length) - 1] as PostOutcome);
      },
      keys,
      clock,
      patience: webhookPatience,
    },
  );
  return { delivery, clock, sent, ids: sent.map(({ id }) => id), left: waiting.map(({ id }) => id) };
}

const accepted: PostOutcome = { kind: 'accepted' };
const busy: PostOutcome = { kind: 'failed', why: 'HTTP 503' };
const refused: PostOutcome = { kind: 'refused', why: 'HTTP 400' };

test('all that waits is sent, the oldest first', async () => {
  expect(await delivered(['a', 'b'], [accepted])).toMatchObject({
    ids: ['a', 'b'],
    left: [],
    delivery: { delivered: 2 },
  });
});

describe('what fails', () => {
  test('is sent again after ever longer waits, under the same name and signed anew', async () => {
    const { sent, clock, ids, left, delivery } = await delivered(['a', 'b'], [busy, busy, accepted]);
    expect([ids, left, delivery]).toEqual([['a', 'a', 'a', 'b'], [], { delivered: 2 }]);
    expect(clock.waits).toEqual([750, 1500]);
    const [first, , third] = sent.map(({ headers }) => headers);
    expect(Number(third?.['webhook-timestamp'])).toBe(Number(first?.['webhook-timestamp']) + 2);
    expect(third?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
  });

  test('for good is kept, with all behind it', async () => {
    const { ids, left, delivery } = await delivered(['a', 'b'], [busy]);
    expect([ids, left]).toEqual([Array(5).fill('a'), ['a', 'b']]);
    expect(delivery).toEqual({ delivered: 0, trouble: 'HTTP 503' });
  });

  test.each([
    ['3', [3000]],
    ['Wed, 01 Jan 2025 00:00:20 GMT', [20_000]],
    ['nonsense', [750]],
  ])('waits as long as it is told to: %s', async (retryAfter, waits) => {
    const { clock, left } = await delivered(['a'], [{ ...busy, retryAfter }, accepted]);
    expect([clock.waits, left]).toEqual([waits, []]);
  });

  test('is left for the next time where it is told to wait for long', async () => {
    const { clock, ids, left } = await delivered(['a'], [{ ...busy, retryAfter: '3600' }]);
    expect([clock.waits, ids, left]).toEqual([[], ['a'], ['a']]);
  });
});

describe('what is refused', () => {
  test('is not sent again, and does not hold up the others', async () => {
    const { ids, left, delivery, clock } = await delivered(['a', 'b', 'c'], [refused, accepted, accepted]);
    expect([ids, left, clock.waits]).toEqual([['a', 'b', 'c'], ['a'], []]);
    expect(delivery).toEqual({ delivered: 2, trouble: 'HTTP 400' });
  });

  test('three times in a row ends it', async () => {
    const { ids, left } = await delivered(['a', 'b', 'c', 'd'], [refused]);
    expect([ids, left]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c', 'd'],
    ]);
    expect((await delivered(['a', 'b', 'c', 'd'], [refused, refused, accepted, refused])).ids).toHaveLength(4);
  });
});
