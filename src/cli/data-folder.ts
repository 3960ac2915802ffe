import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs keep what is to last; see the XDG Base Directory Specification. */
export function dataFolder({ dataFolder: named }: { readonly dataFolder?: string }): string {
  if (named !== undefined) return named;
  const { XDG_DATA_HOME: home } = process.env;
  return join(home?.startsWith('/') ? home : join(homedir(), '.local/share'), 'plimsoll');
}
