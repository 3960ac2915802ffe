import { crc32 } from 'node:zlib';
import { plausible, proved, type Candidate, type Verdict } from '../rule.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Tokens of GitHub and npm: after the underscore 30 random characters, then their CRC-32 as six digits of base 62. One whose checksum does not
 * hold was never issued; it stays a finding, as whoever wrote it may have mistyped it.
 */
export function base62Checksum({ secret }: Candidate): Verdict {
  const body = secret.slice(secret.lastIndexOf('_') + 1);
  if (body.length !== 36) return plausible;
  return body.endsWith(toBase62(crc32(body.slice(0, 30)))) ? proved : { verified: false, severity: 'low' };
}

function toBase62(number: number): string {
  let text = '';
  for (let rest = number; text.length < 6; rest = Math.floor(rest / 62)) text = digits.charAt(rest % 62) + text;
  return text;
}

/** Grafana: the last eight digits are the CRC-32 of all before the second underscore, lowest byte first. */
export function grafanaChecksum({ secret }: Candidate): Verdict {
  const end = secret.lastIndexOf('_');
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(secret.slice(0, end)));
  return sum.toString('hex') === secret.slice(end + 1) ? proved : { verified: false, severity: 'low' };
}

/** GitLab's routable tokens end with the CRC-32 of what is before, seven digits of base 36. Others have no checksum. */
export function gitlabChecksum({ secret }: Candidate): Verdict {
  const [, before, sum] = /^(.{20,320}\.[\da-z]{2})([\da-z]{7})$/.exec(secret) ?? [];
  return before !== undefined && crc32(before).toString(36).padStart(7, '0') === sum ? proved : plausible;
}
