import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';
import { codeOf } from '../file-content.ts';

/** Signs bundles: Ed25519. */
export interface SigningKey {
  readonly sign: (bytes: Buffer) => Buffer;
  readonly fingerprint: string;
}

/** Says whether whoever has the private key signed. */
export interface VerifyingKey {
  readonly isSignature: (bytes: Buffer, signature: Buffer) => boolean;
  /** SHA-256 of the public key as DER, hexadecimal. */
  readonly fingerprint: string;
}

/** Holds the passphrase of an encrypted key: options stand in lists of processes and in histories of shells. */
export const passphraseVariable = 'PLIMSOLL_SIGN_KEY_PASSPHRASE';

/**
 * Reads a private key as `openssl genpkey -algorithm ed25519` writes it: PKCS#8 in PEM form.
 *
 * @param passphrase - of an encrypted one
 * @throws PlimsollError for what is none
 */
export function readSigningKey(file: string, passphrase: string | undefined): SigningKey {
  const pem = readPem(file);
  const label = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.exec(pem);
  if (!label) throw noKey(file, words.noPrivateKey);
  const isEncrypted = label[1] !== undefined;
  if (isEncrypted && (passphrase ?? '') === '') throw noKey(file, words.needsPassphrase);
  const key = parsed(
    () => createPrivateKey({ key: pem, ...(isEncrypted ? { passphrase } : {}) }),
    file,
    isEncrypted ? words.wrongPassphrase : words.damagedKey,
  );
  return { sign: (bytes) => sign(null, bytes, key), fingerprint: fingerprintOf(createPublicKey(key)) };
}

/**
 * Reads a public key as `openssl pkey -pubout` writes it.
 *
 * @throws PlimsollError for what is none
 */
export function readVerifyingKey(file: string): VerifyingKey {
  const pem = readPem(file);
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw noKey(file, words.privateKey);
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) throw noKey(file, words.noPublicKey);
  const key = parsed(() => createPublicKey(pem), file, words.damagedKey);
  return {
    isSignature: (bytes, signature) => verify(null, bytes, key, signature),
    fingerprint: fingerprintOf(key),
  };
}

function parsed(parse: () => KeyObject, file: string, fault: KeyWords): KeyObject {
  let key: KeyObject;
  try {
    key = parse();
  } catch {
    throw noKey(file, fault);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw noKey(file, words.otherKind);
  return key;
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Bytes; a key has a hundred. */
const largestFile = 64 * 1024;

/** May be a pipe, so that a key need not lie in a file: `--sign-key <(…)`. */
function readPem(file: string): string {
  const bytes = Buffer.alloc(largestFile + 1);
  let length = 0;
  try {
    const descriptor = openSync(file, 'r');
    try {
      for (let count = -1; count !== 0 && length < bytes.length; length += count) {
        count = readSync(descriptor, bytes, length, bytes.length - length, null);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = codeOf(error);
    throw new PlimsollError('file-unreadable', {
      en: `${file} cannot be read: ${code}`,
      zh: `无法读取 ${file}：${code}`,
    });
  }
  return length > largestFile ? '' : bytes.toString('latin1', 0, length);
}

interface KeyWords {
  readonly text: Text;
  readonly advice: Text;
}

const makeKey: Text = {
  en: 'Make one: openssl genpkey -algorithm ed25519 -out KEY',
  zh: '可这样生成：openssl genpkey -algorithm ed25519 -out KEY',
};
const makePublicKey: Text = {
  en: 'It is made from the private one: openssl pkey -in KEY -pubout -out KEY.pub',
  zh: '可由私钥导出：openssl pkey -in KEY -pubout -out KEY.pub',
};

const words = {
  noPrivateKey: {
    text: { en: 'is no private key in PEM form (PKCS#8)', zh: '不是 PEM 格式（PKCS#8）的私钥' },
    advice: makeKey,
  },
  noPublicKey: { text: { en: 'is no public key in PEM form', zh: '不是 PEM 格式的公钥' }, advice: makePublicKey },
  privateKey: {
    text: {
      en: 'is a private key, and a signature is verified with the public one',
      zh: '是私钥，而验证签名需要公钥',
    },
    advice: makePublicKey,
  },
  otherKind: {
    text: { en: 'is a key of another kind than Ed25519', zh: '不是 Ed25519 密钥' },
    advice: makeKey,
  },
  damagedKey: {
    text: { en: 'holds a key that cannot be read', zh: '中的密钥无法读取' },
    advice: { en: 'Copy the key again.', zh: '请重新复制该密钥。' },
  },
  needsPassphrase: {
    text: { en: 'is encrypted', zh: '已加密' },
    advice: {
      en: `Put its passphrase into the environment variable ${passphraseVariable}.`,
      zh: `请将口令放入环境变量 ${passphraseVariable}。`,
    },
  },
  wrongPassphrase: {
    text: {
      en: `cannot be decrypted with the passphrase in ${passphraseVariable}`,
      zh: `无法用 ${passphraseVariable} 中的口令解密`,
    },
    advice: { en: 'Check the passphrase, and the key.', zh: '请检查口令与密钥。' },
  },
} satisfies Record<string, KeyWords>;

function noKey(file: string, { text, advice }: KeyWords): PlimsollError {
  return new PlimsollError('file-unreadable', { en: `${file} ${text.en}`, zh: `${file} ${text.zh}` }, advice);
}
