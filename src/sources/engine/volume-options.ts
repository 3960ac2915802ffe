import { Secret } from '../../model/secret.ts';
import { textsAt } from './reading.ts';

/** Options of a volume's driver, as an engine tells them, with what they hold of passwords concealed. */
export function driverOptionsAt(value: Parameters<typeof textsAt>[0], field: string): Record<string, string> {
  const options = Object.entries(textsAt(value, field));
  return Object.fromEntries(options.map(([name, text]) => [name, concealed(name, text)]));
}

const placeholder = String(new Secret(''));

/** `password`, `pass`, `password2` of cifs, `secret` of ceph, and what plugins call alike; not the name of a file. */
const secretName = /^[\w.-]{0,40}(?:pass|passwd|password|passphrase|secret|secret[_-]?key|token)2?$/i;

function concealed(name: string, text: string): string {
  if (secretName.test(name)) return placeholder;
  // A mount's own options: in a value a comma is written twice.
  if (name === 'o') {
    return text.replaceAll(/(^|,)([^,=]+)=(?:,,|[^,])*/g, (whole, comma: string, option: string) =>
      secretName.test(option.trim()) ? `${comma}${option}=${placeholder}` : whole,
    );
  }
  return text.replace(/^((?:[a-z]{1,10}:)?\/\/[^/:@]*):[^/@]*@/i, `$1:${placeholder}@`);
}
