/** Lengths below which nothing is said of it: how long a password is, is half of guessing it. Characters. */
const lengthClasses = [1024, 256, 128, 64, 32, 24];

/**
 * What may be shown of a secret: a beginning that all of its kind have, and roughly how long it is. Made of the rule's words and never of the
 * secret's.
 */
export function maskOf(secret: string, shown: readonly string[] = []): string {
  const beginning = shown.find((each) => secret.startsWith(each)) ?? '';
  const least = lengthClasses.find((length) => secret.length >= length);
  return least === undefined ? `${beginning}…` : `${beginning}… (${least}+)`;
}
