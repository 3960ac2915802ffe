import { type ErrorCode, PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';

/** What may be tried after a failure. */
export interface Chance {
  /** The same question may be answered in a moment. */
  readonly again?: boolean;
  /** Milliseconds that the server asks to be left alone. */
  readonly after?: number;
}

/** A server or the way there failed. Never names more of an address than its host, unless it is known to hold no key. */
export class RequestFailure extends PlimsollError {
  readonly chance: Chance;

  constructor(code: ErrorCode, text: Text, advice?: Text, chance: Chance = {}) {
    super(code, text, advice);
    this.chance = chance;
  }
}

/** What is asked, as failures speak of it: a registry, whoever has feeds. */
export interface ServerKind {
  readonly codes: Readonly<Record<'unreachable' | 'tls' | 'answer', ErrorCode>>;
  /** What to do where nothing better is known. */
  readonly advice: Text;
  /** What to do where a host does not speak TLS. */
  readonly withoutTls: (host: string) => Text;
  /** What to do where the certificate of a host is not trusted. */
  readonly untrusted: (host: string) => Text;
  /** What to do where a redirect is not followed. */
  readonly redirected: Text;
}

/** The server said something that is not an answer to what was asked. */
export function oddAnswerOf(
  kind: ServerKind,
  host: string,
  what: Text,
  advice: Text = kind.advice,
  chance: Chance = {},
): RequestFailure {
  return new RequestFailure(
    kind.codes.answer,
    { en: `${host} answered with ${what.en}`, zh: `${host} 返回了${what.zh}` },
    advice,
    chance,
  );
}
