import { readFileSync } from 'node:fs';
import { createSecureContext, getCACertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import { PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';

/** Whom to believe that he is who he says, and what to show him of oneself. Made when first needed: it takes a tenth of a second. */
export interface Trust {
  /** For the server itself: with the certificate of a client, where there is one. */
  readonly own: () => SecureContext;
  /** For hosts that the server sends its clients to: the same authorities, and nothing of our own. */
  readonly others: () => SecureContext;
}

/** What every server is held against for which nobody laid down anything else. */
export const usualContext = remembered(() => contextWith([], {}));

/**
 * The authorities of the system and of Node, and others besides.
 *
 * @param authorities PEM texts
 * @throws Node's error for what is no certificate
 */
export function contextWith(authorities: readonly Buffer[], options: SecureContextOptions): SecureContext {
  const usual = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  return createSecureContext({ ca: [...usual, ...authorities], minVersion: 'TLSv1.2', ...options });
}

/** @throws PlimsollError where the file cannot be read, or has no certificate: OpenSSL would pass that over */
export function readAuthority(file: string): Buffer {
  try {
    const content = readFileSync(file);
    if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(content.toString('latin1'))) return content;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    throw unusable({ en: `${file} cannot be read: ${code}`, zh: `${file} 无法读取：${code}` });
  }
  throw unusable({ en: `${file} has no certificate in it`, zh: `${file} 中没有证书` });
}

function unusable(text: Text): PlimsollError {
  const advice = {
    en: 'Give a PEM file with the certificate of the authority.',
    zh: '请提供包含 CA 证书的 PEM 文件。',
  };
  return new PlimsollError('file-unreadable', text, advice);
}

export function remembered<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
