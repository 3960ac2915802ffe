import { createHash } from 'node:crypto';
import { proved, type Candidate, type Verdict } from '../rule.ts';

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A key in Base58Check: the last four bytes are a digest of those before. Text that only looks like one has none. */
export function base58Check({ secret }: Candidate): Verdict | undefined {
  const bytes = base58Bytes(secret);
  if (!bytes || bytes.length < 5) return undefined;
  const sum = sha256(sha256(bytes.subarray(0, -4))).subarray(0, 4);
  return sum.equals(bytes.subarray(-4)) ? proved : undefined;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function base58Bytes(text: string): Buffer | undefined {
  let number = 0n;
  for (const character of text) {
    const digit = base58.indexOf(character);
    if (digit < 0) return undefined;
    number = number * 58n + BigInt(digit);
  }
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** A key of age, in Bech32: its last six characters are a checksum of the whole. */
export function bech32Check({ secret }: Candidate): Verdict | undefined {
  const text = secret.toLowerCase();
  const separator = text.lastIndexOf('1');
  const prefix = [...Buffer.from(text.slice(0, separator), 'latin1')];
  const values = Array.from(text.slice(separator + 1), (character) => bech32.indexOf(character));
  if (values.includes(-1)) return undefined;
  const all = prefix
    .map((code) => code >> 5)
    .concat(
      0,
      prefix.map((code) => code & 31),
      values,
    );
  let sum = 1;
  for (const value of all) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, word] of generator.entries()) if ((top >>> bit) & 1) sum ^= word;
  }
  return sum === 1 ? proved : undefined;
}
