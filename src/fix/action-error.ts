import type { Text } from '../model/text.ts';

/** Why an action could not be done, in both languages. */
export class ActionError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.name = 'ActionError';
    this.text = text;
  }
}
