import { defineNotable } from '../notable-reader.ts';

const keyType = /(?:^|[\s,"])((?:sk-)?(?:ssh|ecdsa-sha2)-[\w-]{1,40}(?:@openssh\.com)?)[ \t]{1,8}AAAA[\w+/]{20}/;

/** Whoever has the other half of one of these keys may log in. Told is how many there are of which type, never the keys. */
export const authorizedKeys = defineNotable({
  id: 'authorized-keys',
  globs: ['**/authorized_keys', '**/authorized_keys2', 'etc/ssh/authorized_keys/*'],
  read({ text }) {
    const counts = new Map<string, number>();
    for (const line of text().split('\n', 10_000)) {
      if (/^\s{0,100}#/.test(line)) continue;
      const type = keyType.exec(line.slice(0, 4000))?.[1];
      if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    const types = [...counts].map(([type, count]) => (count > 1 ? `${type} ×${count}` : type)).toSorted();
    return types.length > 0 ? [{ kind: 'authorized-keys', detail: types.slice(0, 8).join(', ') }] : [];
  },
});
