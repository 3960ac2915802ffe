import { isInRange, isLoopback } from '../../model/internet-address.ts';
import type { Text } from '../../model/text.ts';
import { oddAnswerOf, type RequestFailure, type ServerKind } from './failure.ts';
import type { HttpAnswer, HttpQuestion, Transport } from './transport.ts';

/** Who is asked, as far as it says where one may be sent. */
interface Asked {
  /** The machine that Plimsoll runs on. */
  readonly local: boolean;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a GET and goes where the answer sends it, as servers send their clients to where the bytes are kept. Whatever says who
 * we are stays with the host that it is for: on the way to another host or port, or to another protocol, `Authorization` is dropped.
 *
 * @throws RequestFailure for too many redirects, one away from TLS, or one to a place that a server has no business to send to
 */
export async function follow(
  { send }: Transport,
  question: HttpQuestion,
  endpoint: Asked,
  kind: ServerKind,
): Promise<HttpAnswer> {
  let { url, headers } = question;
  for (let count = 0; ; count++) {
    const answer = await send({ ...question, url, headers });
    if (!redirects.has(answer.status)) return answer;
    answer.discard();
    const next = URL.parse(answer.headers.location ?? '', url.href);
    const fault = next ? faultOf(url, next, endpoint) : noAddress;
    if (fault) throw refused(url, fault, kind);
    if (count === mostRedirects) throw refused(url, tooMany, kind);
    if (next && next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next ?? url;
  }
}

const noAddress: Text = { en: 'a redirect without an address', zh: '没有地址的重定向' };
const tooMany: Text = { en: `more than ${mostRedirects} redirects`, zh: `超过 ${mostRedirects} 次的重定向` };

function refused(url: URL, what: Text, kind: ServerKind): RequestFailure {
  return oddAnswerOf(kind, url.host, what, kind.redirected);
}

function faultOf(from: URL, to: URL, endpoint: Asked): Text | undefined {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    return { en: 'a redirect to something that is not HTTP', zh: '指向非 HTTP 地址的重定向' };
  }
  if (to.protocol === 'http:' && from.protocol === 'https:') {
    return { en: `a redirect away from TLS, to ${to.host}`, zh: `放弃 TLS 的重定向，指向 ${to.host}` };
  }
  if (isForbidden(to, from, endpoint)) {
    return { en: `a redirect into this machine, to ${to.host}`, zh: `指向本机的重定向：${to.host}` };
  }
  return undefined;
}

/** Addresses of this machine, and those at which clouds tell a machine its secrets: nothing for a server elsewhere to point to. */
export function isForbidden(to: URL, from: URL, { local }: Asked): boolean {
  const { hostname } = to;
  if (local || hostname === from.hostname) return false;
  return (
    isLoopback(hostname) || /\.localhost\.?$/.test(hostname) || linkLocal.some((range) => isInRange(hostname, range))
  );
}

const linkLocal = ['169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '::/128'];

function withoutCredentials(headers: HttpQuestion['headers']): HttpQuestion['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}
