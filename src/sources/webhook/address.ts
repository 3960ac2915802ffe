import { PlimsollError } from '../../model/error.ts';

/** Where a webhook is sent. */
export interface WebhookAddress {
  /** Without user and password. */
  readonly url: URL;
  /** `Basic …`, where the address has a user. */
  readonly authorization?: string;
  /** What may be shown: the scheme and the host. The path may hold a key. */
  readonly shown: string;
}

/**
 * Reads the address of a webhook.
 *
 * @throws PlimsollError for what is none of HTTP; it is not repeated, since it may hold a password
 */
export function parseWebhookAddress(text: string): WebhookAddress {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new PlimsollError(
      'usage',
      { en: '--notify names no address of HTTP', zh: '--notify 未给出有效的 HTTP 地址' },
      {
        en: 'Give an address that begins with https:// or http://.',
        zh: '请给出以 https:// 或 http:// 开头的地址。',
      },
    );
  }
  const account = url.username === '' && url.password === '' ? undefined : [url.username, url.password];
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url,
    ...(account === undefined ? {} : { authorization: basic(account) }),
    shown: `${url.protocol}//${url.host}`,
  };
}

function basic(account: readonly string[]): string {
  return `Basic ${Buffer.from(account.map(decoded).join(':')).toString('base64')}`;
}

/** As it is meant; what is not encoded as it should be is taken as it is written. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
