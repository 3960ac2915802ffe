import { type UnreadableFact, unreadable } from '../../model/fact.ts';

/** What no reader has been written for. */
export function notReadYet(path: string): UnreadableFact {
  return unreadable('file', path, { en: 'it is not read yet', zh: '尚未读取' }, { en: 'wait', zh: '请等待' });
}
