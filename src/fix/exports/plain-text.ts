import { invisible } from '../../remedy/invisible.ts';

/**
 * The text of a file where it can stand in a script line by line as it is: UTF-8, with a line end at its end and
 * nothing that cannot be seen but line ends and tabs; undefined otherwise.
 */
export function plainText(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes) || !text.endsWith('\n')) return undefined;
  return text.replaceAll(/[\n\t]/g, '').search(invisible) === -1 ? text : undefined;
}
