import type { Credential } from './credentials.ts';

/** A name and a password as the header `Authorization` has them. */
export function basicHeader({ username, password }: Extract<Credential, { kind: 'password' }>): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
}
