import { type ClientRequest, Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import { proxyFor } from '../http/proxy.ts';
import type { WebhookAddress } from './address.ts';

/** What came of one try. `retryAfter`: what the receiver said of when to come back. */
export type PostOutcome =
  | { readonly kind: 'accepted' }
  /** It may be accepted in a moment. */
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfter?: string }
  /** It will not be, as it is. */
  | { readonly kind: 'refused'; readonly why: string };

export interface PostOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
}

/** Sends messages to one address, and follows nothing. */
export interface Poster extends Disposable {
  readonly post: (body: string, headers: Readonly<Record<string, string>>) => Promise<PostOutcome>;
}

/** @throws PlimsollError for a proxy of a kind that is not spoken */
export function openPoster(address: WebhookAddress, { environment, timeout }: PostOptions): Poster {
  const { url } = address;
  const isSecure = url.protocol === 'https:';
  const agent = agentFor(url, isSecure, environment);

  function post(body: string, headers: Readonly<Record<string, string>>): Promise<PostOutcome> {
    return new Promise((resolve) => {
      const options = {
        method: 'POST',
        agent,
        headers: {
          'User-Agent': 'plimsoll',
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          ...(address.authorization === undefined ? {} : { Authorization: address.authorization }),
          ...headers,
        },
      };
      const call: ClientRequest = isSecure ? secureRequest(url, options) : plainRequest(url, options);
      const timer = setTimeout(
        () => call.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
        timeout,
      );
      const end = (outcome: PostOutcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      call.on('error', (error) => end({ kind: 'failed', why: reasonOf(error) }));
      call.on('upgrade', (_, socket) => {
        socket.destroy();
        end({ kind: 'refused', why: 'HTTP 101' });
      });
      call.on('response', (response) => {
        // Whatever it says besides, the status is the answer. It is read all the same: to break it off would look like a failure over there.
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > longestAnswer) response.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', () => end(outcomeOf(response)));
      });
      call.end(body);
    });
  }

  return { post, [Symbol.dispose]: () => agent.destroy() };
}

/** Bytes of an answer that are listened to. */
const longestAnswer = 65_536;

function agentFor(url: URL, isSecure: boolean, environment: PostOptions['environment']): PlainAgent | SecureAgent {
  const proxy = proxyFor(url, environment);
  const options = proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } };
  if (!isSecure) return new PlainAgent(options);
  const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  return new SecureAgent({ ...options, ca, minVersion: 'TLSv1.2' });
}

/** A receiver that is busy, or breaks down, may have recovered in a moment; one that says no says it again. */
function outcomeOf({ statusCode = 0, headers }: IncomingMessage): PostOutcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'accepted' };
  const why = `HTTP ${statusCode}`;
  if (statusCode >= 300 && statusCode < 400) return { kind: 'refused', why };
  if (statusCode >= 500 || statusCode === 408 || statusCode === 425 || statusCode === 429) {
    const retryAfter = headers['retry-after'];
    return { kind: 'failed', why, ...(retryAfter === undefined ? {} : { retryAfter }) };
  }
  return { kind: 'refused', why };
}

/** A code only: what errors say has addresses in it. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return /^\w+$/.test(error.code ?? '') ? String(error.code) : error.name;
}
