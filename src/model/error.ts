import type { Text } from './text.ts';

/** What went wrong, as a stable word for programs. */
export type ErrorCode =
  | 'usage'
  | 'configuration'
  | 'file-unreadable'
  | 'engine-unreachable'
  | 'engine-permission'
  | 'engine-tls'
  | 'engine-timeout'
  | 'engine-answer'
  | 'engine-version'
  | 'engine-not-found'
  | 'image-unreadable'
  | 'image-digest'
  | 'image-not-found'
  | 'container-not-found'
  | 'registry-unreachable'
  | 'registry-permission'
  | 'registry-not-found'
  | 'registry-tls'
  | 'registry-answer'
  | 'feeds-busy'
  | 'feeds-unreachable'
  | 'feeds-tls'
  | 'feeds-answer'
  | 'feeds-older'
  | 'feeds-signature'
  | 'webhook-undelivered'
  | 'fix-busy'
  | 'fix-journal'
  | 'fix-refused'
  | 'fix-failed';

/** An error that a user can act on: it names the file, line or field, and what to do. Shown without a stack. */
export class PlimsollError extends Error {
  readonly code: ErrorCode;
  readonly text: Text;
  /** What the user can do about it. */
  readonly advice: Text | undefined;

  constructor(code: ErrorCode, text: Text, advice?: Text) {
    super(text.en);
    this.name = 'PlimsollError';
    this.code = code;
    this.text = text;
    this.advice = advice;
  }
}
