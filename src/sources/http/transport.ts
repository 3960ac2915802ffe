import {
  Agent as PlainAgent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http';
import { Agent as SecureAgent, type AgentOptions, request as secureRequest } from 'node:https';
import { oddAnswerOf, type ServerKind } from './failure.ts';
import { transportFailure, silence } from './transport-failure.ts';
import { proxyFor } from './proxy.ts';
import type { Trust } from './authorities.ts';

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The beginning of an answer. Its body must be read to the end, or discarded. */
export interface HttpAnswer {
  /** Where it came from. */
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it was sent; throws RequestFailure where it ends too soon or stands still. */
  readonly body: AsyncIterable<Buffer>;
  readonly discard: () => void;
}

/** Sends single requests, and follows nothing. */
export interface Transport {
  /** @throws RequestFailure where no answer begins */
  readonly send: (question: HttpQuestion) => Promise<HttpAnswer>;
  readonly close: () => void;
}

export interface TransportOptions {
  readonly endpoint: {
    /** As in an address: without the port that every client knows. */
    readonly host: string;
    /** Its certificate is not verified. */
    readonly insecure: boolean;
  };
  readonly trust: Trust;
  readonly kind: ServerKind;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds in which nothing at all arrives. */
  readonly idle: number;
}

/** A discarded body of this many bytes is read, so that its connection can be used again; a longer one costs more than a new one. */
const worthDraining = 65_536;

/** Connections for one endpoint and all that it sends its clients to. */
export function openTransport({ endpoint, trust, kind, environment, idle }: TransportOptions): Transport {
  const agents = new Map<string, PlainAgent | SecureAgent>();
  const ownHostname = new URL(`https://${endpoint.host}`).hostname;

  function agentFor(url: URL): PlainAgent | SecureAgent {
    const proxy = proxyFor(url, environment);
    const isOwn = url.host === endpoint.host;
    const key = `${url.protocol} ${isOwn} ${url.hostname === ownHostname} ${proxy ?? ''}`;
    const known = agents.get(key);
    if (known) return known;
    const options: AgentOptions = {
      keepAlive: true,
      ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
    };
    const agent =
      url.protocol === 'https:'
        ? new SecureAgent({
            ...options,
            secureContext: isOwn ? trust.own() : trust.others(),
            rejectUnauthorized: !(endpoint.insecure && url.hostname === ownHostname),
          })
        : new PlainAgent(options);
    agents.set(key, agent);
    return agent;
  }

  function send({ method, url, headers, body }: HttpQuestion): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options = {
        method,
        agent: agentFor(url),
        headers: { 'User-Agent': 'plimsoll', 'Accept-Encoding': 'identity', ...headers, ...length },
      };
      const call: ClientRequest = url.protocol === 'https:' ? secureRequest(url, options) : plainRequest(url, options);
      const timer = setTimeout(() => call.destroy(silence(url.host, idle, kind)), idle);
      call.on('error', (error) => {
        clearTimeout(timer);
        reject(transportFailure(url, error, kind, proxyFor(url, environment) !== undefined));
      });
      // Node tells of it in no other way: neither an answer nor an error would come.
      call.on('upgrade', (_, socket) => {
        clearTimeout(timer);
        socket.destroy();
        reject(oddAnswerOf(kind, url.host, { en: 'another protocol than HTTP', zh: '非 HTTP 的其他协议' }));
      });
      call.on('response', (response) => {
        clearTimeout(timer);
        // It may break before anybody reads it: whoever does is told then.
        response.on('error', () => {});
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: readBody(url, response, idle, kind),
          discard: () => discard(response),
        });
      });
      call.end(body);
    });
  }

  return {
    send,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/**
 * The body, chunk by chunk. Only the time that is spent in waiting for the server counts as silence: whoever reads may take as long as
 * he likes over each chunk, and meanwhile the connection stands still.
 */
async function* readBody(
  url: URL,
  response: IncomingMessage,
  idle: number,
  kind: ServerKind,
): AsyncGenerator<Buffer, void> {
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const timer = setTimeout(() => response.destroy(silence(url.host, idle, kind)), idle);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    throw transportFailure(url, error as Error, kind);
  } finally {
    discard(response);
  }
}

function discard(response: IncomingMessage): void {
  if (response.destroyed || response.readableEnded) return;
  const length = Number(response.headers['content-length'] ?? Infinity);
  if (length <= worthDraining && response.readableFlowing === null) response.resume();
  else response.destroy();
}
