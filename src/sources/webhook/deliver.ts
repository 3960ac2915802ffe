import { type Clock, type Patience, pauseAfter, readRetryAfter } from '../http/patience.ts';
import type { Poster, PostOutcome } from './post.ts';
import { signedHeaders, type WebhookKeys } from './signature.ts';

/** Messages that wait for a receiver. */
export interface Mail {
  /** The oldest of them behind this number. */
  readonly next: (after: number) => Letter | undefined;
  /** Notes that the receiver has it. */
  readonly delivered: (number: number) => void;
}

export interface Letter {
  readonly number: number;
  /** The same whenever it is sent, so that its receiver knows it again. */
  readonly id: string;
  readonly body: string;
}

export interface Delivery {
  readonly delivered: number;
  /** Why the others, or some of them, could not be: `HTTP 503`, `ECONNREFUSED`. */
  readonly trouble?: string;
}

export interface DeliverOptions extends Pick<Poster, 'post'> {
  readonly keys: WebhookKeys;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** A receiver may wait for its database for a quarter of a minute in all. */
export const webhookPatience: Patience = { tries: 5, first: 1000, longest: 8000, longestAsked: 60_000, idle: 30_000 };

/** Refusals in a row after which no more is tried: it is not this one message that is refused. */
const mostRefusals = 3;

/** Sends what waits, the oldest first. What fails to come through ends it; what is refused is passed over, and tried again the next time. */
export async function deliver(mail: Mail, options: DeliverOptions): Promise<Delivery> {
  let delivered = 0;
  let refusals = 0;
  let trouble: string | undefined;
  for (let letter = mail.next(0); letter; letter = mail.next(letter.number)) {
    const outcome = await sendPatiently(letter, options);
    if (outcome.kind === 'accepted') {
      mail.delivered(letter.number);
      delivered += 1;
      refusals = 0;
      continue;
    }
    trouble ??= outcome.why;
    refusals += 1;
    if (outcome.kind === 'failed' || refusals >= mostRefusals) break;
  }
  return { delivered, ...(trouble === undefined ? {} : { trouble }) };
}

async function sendPatiently(
  { id, body }: Letter,
  { post, keys, clock, patience }: DeliverOptions,
): Promise<PostOutcome> {
  for (let failures = 1; ; failures += 1) {
    // Signed anew each time: receivers refuse what was signed long ago.
    const outcome = await post(body, signedHeaders(keys, { id, body, seconds: Math.floor(clock.now() / 1000) }));
    if (outcome.kind !== 'failed' || failures >= patience.tries) return outcome;
    const asked = readRetryAfter(outcome.retryAfter, clock.now()) ?? 0;
    if (asked > patience.longestAsked) return outcome;
    await pauseAfter(failures, asked, patience, clock);
  }
}
