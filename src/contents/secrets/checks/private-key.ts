import { plausible, proved, type Candidate, type Verdict } from '../rule.ts';
import { isPublished } from '../published.ts';

/** A key that can be used as it is. */
export function openKey(found: Candidate): Verdict | undefined {
  return judgeKey(found, false);
}

/** A key that a passphrase protects. */
export function protectedKey(found: Candidate): Verdict | undefined {
  return judgeKey(found, true);
}

function judgeKey({ whole }: Candidate, isProtected: boolean): Verdict | undefined {
  const key = readArmour(whole);
  if (!key || key.isProtected !== isProtected) return undefined;
  if (isPublished(key.bytes)) return { verified: true, severity: 'low' };
  return key.isWhole ? proved : plausible;
}

interface Key {
  readonly bytes: Buffer;
  readonly isProtected: boolean;
  /** Its structure is what it must be. */
  readonly isWhole: boolean;
}

/**
 * Reads a private key in PEM, also one that stands in a string with `\n` or in quotes line by line; undefined of what is no key: a line
 * of documentation, dots in place of the body.
 */
export function readArmour(text: string): Key | undefined {
  const [head = '', label = ''] = /^-----BEGIN ([A-Z\d ]{0,30})-----/.exec(text) ?? [];
  const inner = text.slice(head.length).replaceAll(/\\[rnt]/g, '\n');
  const hasHeader = /DEK-Info|Proc-Type/.test(inner.slice(0, 200));
  const body = inner
    .replaceAll(/^[^\n]{0,80}: [^\n]{0,120}$/gm, '')
    .replace(/-----END[^]*$/, '')
    .replace(/\n=[A-Za-z\d+/]{4}\s*$/, '')
    .replaceAll(/[^A-Za-z\d+/=]/g, '');
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length < 32 || new Set(bytes.subarray(0, 64)).size < 16) return undefined;
  if (label.startsWith('PGP')) return openPgpKey(bytes);
  if (label.startsWith('OPENSSH')) return openSshKey(bytes);
  if (label.startsWith('SSH2')) return { bytes, isProtected: false, isWhole: bytes.readUInt32BE(0) === 0x3f6ff9eb };
  if (hasHeader) return { bytes, isProtected: true, isWhole: true };
  if (label.startsWith('ENCRYPTED')) return { bytes, isProtected: true, isWhole: bytes[0] === 0x30 };
  return { bytes, isProtected: false, isWhole: isDerKey(bytes) };
}

/** A sequence as long as it says that begins with a version: `RSAPrivateKey`, `ECPrivateKey` and `PrivateKeyInfo` all do. */
function isDerKey(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  const first = bytes[1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 3) return false;
  let length = lengthBytes === 0 ? first : 0;
  for (let at = 0; at < lengthBytes; at += 1) length = length * 256 + (bytes[2 + at] ?? 0);
  const start = 2 + lengthBytes;
  // A whole one ends where its sequence does.
  return bytes[start] === 0x02 && bytes[start + 1] === 1 && Math.abs(bytes.length - start - length) <= 2;
}

const openSshMagic = 'openssh-key-v1\0';

function openSshKey(bytes: Buffer): Key | undefined {
  if (bytes.toString('latin1', 0, openSshMagic.length) !== openSshMagic) return undefined;
  const start = openSshMagic.length;
  const cipher = bytes.toString('latin1', start + 4, start + 4 + Math.min(bytes.readUInt32BE(start), 40));
  return { bytes, isProtected: cipher !== 'none', isWhole: true };
}

/** Algorithms of OpenPGP, and how many numbers their public part has before the secret one. */
const publicNumbers = new Map([
  [1, 2],
  [2, 2],
  [3, 2],
  [16, 3],
  [17, 4],
]);

/** The first packet must be a secret key (tag 5); what follows its public part says whether it is encrypted. */
function openPgpKey(bytes: Buffer): Key | undefined {
  const tag = bytes[0] ?? 0;
  const isNew = (tag & 0x40) !== 0;
  if ((isNew ? tag & 0x3f : (tag >> 2) & 0x0f) !== 5) return undefined;
  const first = bytes[1] ?? 0;
  const lengthBytes = isNew ? (first < 192 ? 1 : first < 224 ? 2 : 5) : [1, 2, 4, 0][tag & 3];
  const start = 1 + (lengthBytes ?? 0);
  const algorithm = bytes[start + 5] ?? 0;
  const at = bytes[start] === 4 ? behindPublicPart(bytes, start + 6, algorithm) : undefined;
  return { bytes, isProtected: at !== undefined && at < bytes.length && bytes[at] !== 0, isWhole: at !== undefined };
}

function behindPublicPart(bytes: Buffer, from: number, algorithm: number): number | undefined {
  let at = from;
  let numbers = publicNumbers.get(algorithm);
  if (numbers === undefined) {
    if (algorithm !== 18 && algorithm !== 19 && algorithm !== 22) return undefined;
    // A curve's name, then its point; for encryption how keys are derived as well.
    at += 1 + (bytes[at] ?? 0);
    numbers = 1;
  }
  for (let done = 0; done < numbers; done += 1) {
    if (at + 2 > bytes.length) return undefined;
    at += 2 + Math.ceil(bytes.readUInt16BE(at) / 8);
  }
  return algorithm === 18 ? at + 1 + (bytes[at] ?? 0) : at;
}
