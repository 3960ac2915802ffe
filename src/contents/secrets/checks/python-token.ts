import { plausible, proved, type Candidate, type Verdict } from '../rule.ts';

/**
 * PyPI's tokens are macaroons in base64 (version 2): a byte 2, then fields of type, length and bytes, at the end the signature of 32 bytes. One
 * that is cut off or made up does not come out.
 */
export function macaroon({ secret }: Candidate): Verdict {
  const bytes = Buffer.from(secret.slice('pypi-'.length), 'base64url');
  let at = 1;
  while (bytes[0] === 2 && at < bytes.length) {
    const type = bytes[at] ?? 0;
    at += 1;
    // The end of a section has no length.
    if (type === 0) continue;
    const [length, behind] = numberAt(bytes, at);
    at = behind + length;
    if (type === 6) return length === 32 && at === bytes.length ? proved : { verified: false, severity: 'low' };
  }
  return bytes[0] === 2 ? { verified: false, severity: 'low' } : plausible;
}

/** Seven bits a byte, the lowest first. */
function numberAt(bytes: Buffer, from: number): readonly [number, number] {
  let number = 0;
  for (let at = from, shift = 0; at < bytes.length && shift < 28; at += 1, shift += 7) {
    const byte = bytes[at] ?? 0;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [number, at + 1];
  }
  return [0, bytes.length];
}
