import { type ErrorCode, PlimsollError } from '../../../model/error.ts';
import type { Text } from '../../../model/text.ts';

/** What may be tried after a failure. */
export interface Chance {
  /** The same question may be answered in a moment. */
  readonly again?: boolean;
  /** Milliseconds that the server asks to be left alone. */
  readonly after?: number;
}

/** A registry, its token server or the way there failed. Never names more of an address than its host: the rest may hold a key. */
export class RegistryFailure extends PlimsollError {
  readonly chance: Chance;

  constructor(code: ErrorCode, text: Text, advice?: Text, chance: Chance = {}) {
    super(code, text, advice);
    this.chance = chance;
  }
}

export const seeRegistry: Text = {
  en: 'See whether the registry and the network between here and there work, and run again.',
  zh: '请检查镜像仓库以及到它的网络是否正常，然后重试。',
};

/** The server said something that is not an answer to what was asked. */
export function oddAnswer(host: string, what: Text, advice: Text = seeRegistry, chance: Chance = {}): RegistryFailure {
  return new RegistryFailure(
    'registry-answer',
    { en: `${host} answered with ${what.en}`, zh: `${host} 返回了${what.zh}` },
    advice,
    chance,
  );
}
