import { PlimsollError } from '../../model/error.ts';
import { authorizationIn } from '../http/account.ts';

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
  const authorization = authorizationIn(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url,
    ...(authorization === undefined ? {} : { authorization }),
    shown: `${url.protocol}//${url.host}`,
  };
}
