import { inspect } from 'node:util';

const placeholder = '[redacted]';

/**
 * A value that may be a secret. It can be examined with `reveal`, and appears as a placeholder wherever it
 * is printed, logged or serialised.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: to examine, never to print. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return placeholder;
  }

  toJSON(): string {
    return placeholder;
  }

  [inspect.custom](): string {
    return placeholder;
  }
}
