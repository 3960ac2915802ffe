import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';

/*
 * Standard Webhooks, version 1 of its signatures: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */

/** What signs messages: one key, or several while they are exchanged. */
export type WebhookKeys = readonly Buffer[];

/** Bytes of a key: the specification asks for this many and no more than these. */
const keyLength = { least: 24, most: 64 };
const mostKeys = 4;
/** Bytes. */
const longestFile = 64 * 1024;

/**
 * Keys from a file, one a line: `whsec_` and base64, or any text. Nothing of them is ever in an error.
 *
 * @throws PlimsollError for a file that cannot be read, or that has no key that is long enough
 */
export function readWebhookKeys(file: string): WebhookKeys {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw keyError(file, { en: `it cannot be read: ${code}`, zh: `无法读取：${code}` });
  }
  if (text.length > longestFile) throw keyError(file, { en: 'it is too long', zh: '文件过长' });
  const lines = text
    .split(/\r?\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (lines.length === 0) throw keyError(file, { en: 'it is empty', zh: '文件为空' });
  if (lines.length > mostKeys)
    throw keyError(file, { en: `it has more than ${mostKeys} lines`, zh: `超过 ${mostKeys} 行` });
  return lines.map((line, index) => keyOf(line, file, index + 1));
}

function keyOf(line: string, file: string, number: number): Buffer {
  const [, encoded] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(line) ?? [];
  if (line.startsWith('whsec_') && encoded === undefined) {
    throw keyError(file, {
      en: `line ${number} is no base64 behind whsec_`,
      zh: `第 ${number} 行 whsec_ 之后不是 base64`,
    });
  }
  const key = encoded === undefined ? Buffer.from(line) : Buffer.from(encoded, 'base64');
  if (key.length < keyLength.least || (encoded !== undefined && key.length > keyLength.most)) {
    throw keyError(file, {
      en: `the key in line ${number} has ${key.length} bytes, not ${keyLength.least} to ${keyLength.most}`,
      zh: `第 ${number} 行的密钥为 ${key.length} 字节，应为 ${keyLength.least} 至 ${keyLength.most} 字节`,
    });
  }
  return key;
}

function keyError(file: string, why: Text): PlimsollError {
  return new PlimsollError(
    'configuration',
    { en: `the key file ${file} cannot be used: ${why.en}`, zh: `密钥文件 ${file} 无法使用：${why.zh}` },
    {
      en: 'Make one: (printf whsec_; head -c 32 /dev/urandom | base64 -w 0) > webhook.key; and give it to the receiver.',
      zh: '可这样生成：(printf whsec_; head -c 32 /dev/urandom | base64 -w 0) > webhook.key，并交给接收方。',
    },
  );
}

/** What goes with a message, by which its receiver knows it, when it was sent, and by whom. */
export function signedHeaders(
  keys: WebhookKeys,
  { id, body, seconds }: { readonly id: string; readonly body: string; readonly seconds: number },
): Readonly<Record<string, string>> {
  const signed = `${id}.${seconds}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
