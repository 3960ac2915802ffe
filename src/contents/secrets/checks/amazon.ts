import { plausible, type Candidate, type Verdict } from '../rule.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An identifier of the newer kind has the number of its account in it: 40 bits behind the first character. More than twelve digits belong to none.
 * The older kind, with I or J behind the prefix, tells nothing.
 */
export function accessKeyId({ secret }: Candidate): Verdict | undefined {
  if (secret.endsWith('EXAMPLE') || /^A[A-Z]{3}[IJ]/.test(secret))
    return secret.endsWith('EXAMPLE') ? undefined : plausible;
  let bits = 0n;
  for (const character of secret.slice(4, 14)) bits = bits * 32n + BigInt(base32.indexOf(character));
  // 50 bits: the first is none of it, the last nine belong to what follows.
  const account = (bits >> 9n) & 0xffffffffffn;
  return account < 1_000_000_000_000n ? plausible : undefined;
}

/** The documentation's own key stands in thousands of texts. */
export function secretAccessKey({ secret }: Candidate): Verdict | undefined {
  return /EXAMPLEKEY$/i.test(secret) || /^[\da-f]{40}$/.test(secret) ? undefined : plausible;
}
