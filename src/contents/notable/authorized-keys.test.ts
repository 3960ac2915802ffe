import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { authorizedKeys } from './authorized-keys.ts';

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIJq1';

function said(text: string) {
  return authorizedKeys.read?.(catalogedFile('root/.ssh/authorized_keys', text));
}

test('tells how many keys of which type there are, and none of them', () => {
  const notes = said(
    [
      '# ours',
      `ssh-ed25519 ${body} ops@example`,
      `command="/bin/date",no-pty ssh-ed25519 ${body}`,
      `sk-ssh-ed25519@openssh.com ${body}`,
      `#ssh-rsa ${body}`,
    ].join('\n'),
  );
  expect(notes).toEqual([{ kind: 'authorized-keys', detail: 'sk-ssh-ed25519@openssh.com, ssh-ed25519 ×2' }]);
  expect(JSON.stringify(notes)).not.toContain(body);
});

test.each(['', '# none yet\n', 'ssh-rsa\n', 'ssh-rsa not-a-key\n'])('%j lets nobody in', (text) => {
  expect(said(text)).toEqual([]);
});

test('reads whatever it is given', () => {
  assert(property(string(), (text) => void said(text)));
  said(`${'"'.repeat(100_000)}\n`.repeat(3));
});
