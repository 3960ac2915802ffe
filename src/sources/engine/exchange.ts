import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import { PlimsollError } from '../../model/error.ts';
import type { JsonValue } from '../../model/json.ts';
import { type EngineAddress, formatAddress } from './address.ts';
import { connectionError, timeoutError } from './connection-error.ts';

/** Sends requests to one engine over connections that stay open. */
export interface Exchange {
  /**
   * The answer's JSON. `null` for 404, and for an answer without content; any other refusal is a PlimsollError, as is
   * whatever is not JSON.
   *
   * @param timeout how long the answer may take to begin and then to go on, milliseconds
   */
  readonly send: (method: Method, path: string, timeout: number, body?: JsonValue) => Promise<JsonValue>;
  /**
   * The answer to a GET as it comes; `null` for 404, a PlimsollError for any other refusal.
   *
   * @param timeout how long it may take to begin and then to go on, milliseconds
   */
  readonly stream: (path: string, timeout: number) => Promise<StreamedAnswer | null>;
  readonly close: () => void;
}

export interface StreamedAnswer {
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** Whoever stops early returns the iterator, which ends the answer; what goes wrong on the way is a PlimsollError. */
  readonly chunks: AsyncIterable<Buffer>;
}

export type Method = 'GET' | 'POST' | 'DELETE';

/** Connections at once; an engine answers inspects in parallel, but more than this gains nothing. */
const connections = 8;
/** An answer larger than this is not what was asked for. */
const maximumAnswerBytes = 256 * 1024 * 1024;

export async function openExchange(address: EngineAddress): Promise<Exchange> {
  const { agent, request } = await transport(address);
  const target = requestTarget(address);

  function open(method: Method, path: string, body: string | undefined): ClientRequest {
    const content =
      body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    try {
      const call = request({
        ...target,
        headers: { ...(target.headers as Readonly<Record<string, string>>), ...content },
        agent,
        method,
        path,
      });
      // Node tells of it in no other way: neither an answer nor an error would come.
      return call.on('upgrade', (_, socket) => {
        socket.destroy();
        call.emit(
          'error',
          answerError(address, `${method} ${path}`, 'another protocol than HTTP', '非 HTTP 的其他协议'),
        );
      });
    } catch (error) {
      // TLS material that is not what it should be is refused before anything is sent.
      throw connectionError(address, path, error as Error);
    }
  }

  function send(method: Method, path: string, timeout: number, value?: JsonValue): Promise<JsonValue> {
    const body = value === undefined ? undefined : JSON.stringify(value);
    return new Promise((resolve, reject) => {
      const call = open(method, path, body);
      call.setTimeout(timeout, () => call.destroy(timeoutError(address, path, timeout)));
      call.on('error', (error) => reject(connectionError(address, path, error)));
      call.on('response', (response) => {
        readAnswer(address, `${method} ${path}`, response).then(resolve, (error: Error) => {
          call.destroy();
          reject(connectionError(address, path, error));
        });
      });
      call.end(body);
    });
  }

  function stream(path: string, timeout: number): Promise<StreamedAnswer | null> {
    return new Promise((resolve, reject) => {
      const call = open('GET', path, undefined);
      let begun: IncomingMessage | undefined;
      // Whoever reads the answer already hears of it from the answer only.
      call.setTimeout(timeout, () => (begun ?? call).destroy(timeoutError(address, path, timeout)));
      call.on('error', (error) => reject(connectionError(address, path, error)));
      call.on('response', (response) => {
        begun = response;
        if (response.statusCode === 200) {
          resolve({
            header: (name) => [response.headers[name]].flat()[0],
            chunks: bytesOf(address, path, response),
          });
        } else {
          readAnswer(address, `GET ${path}`, response)
            .then(() => resolve(null))
            .catch((error: Error) => reject(connectionError(address, path, error)));
        }
      });
      call.end();
    });
  }

  return { send, stream, close: () => agent.destroy() };
}

async function* bytesOf(address: EngineAddress, path: string, response: IncomingMessage): AsyncGenerator<Buffer, void> {
  try {
    yield* response as AsyncIterable<Buffer>;
  } catch (error) {
    throw connectionError(address, path, error as Error);
  } finally {
    response.destroy();
  }
}

async function transport(address: EngineAddress) {
  const options = { keepAlive: true, maxSockets: connections };
  if (address.kind === 'tcp' && address.tls) {
    // Loaded only here: TLS costs every other start 10 ms.
    const { Agent: SecureAgent, request } = await import('node:https');
    const { verify, ...material } = address.tls;
    return { agent: new SecureAgent({ ...options, ...material, rejectUnauthorized: verify }), request };
  }
  return { agent: new Agent(options), request: httpRequest };
}

function requestTarget(address: EngineAddress): RequestOptions {
  const headers = { Accept: 'application/json' };
  if (address.kind === 'unix') {
    // With a server name given, if empty, Node need not find out that `docker` is no IP address.
    return { socketPath: address.path, headers: { ...headers, Host: 'docker' }, servername: '' };
  }
  // No Host of our own here: it is the name that TLS holds the engine's certificate against.
  return { host: address.host, port: address.port, headers };
}

async function readAnswer(address: EngineAddress, question: string, response: IncomingMessage): Promise<JsonValue> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumAnswerBytes) throw answerError(address, question, 'more than 256 MiB', '超过 256 MiB');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const status = response.statusCode ?? 0;
  if (status === 404) return null;
  if (status !== 304 && (status < 200 || status > 299)) throw refusal(address, question, status, body);
  // What is done and has nothing to say answers with nothing.
  if (body === '' && !question.startsWith('GET ')) return null;
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    throw answerError(address, question, 'something that is not JSON', '非 JSON 内容');
  }
}

function refusal(address: EngineAddress, question: string, status: number, body: string): PlimsollError {
  if (/HTTP request to an HTTPS server/.test(body)) {
    return new PlimsollError(
      'engine-tls',
      {
        en: `${formatAddress(address)} speaks TLS, but was asked without it`,
        zh: `${formatAddress(address)} 使用 TLS，但请求未使用 TLS`,
      },
      {
        en: 'Give --tlsverify with --tlscacert, --tlscert and --tlskey, or set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH.',
        zh: '请使用 --tlsverify 并提供 --tlscacert、--tlscert 和 --tlskey，或设置 DOCKER_TLS_VERIFY 与 DOCKER_CERT_PATH。',
      },
    );
  }
  const message = messageOf(body);
  return new PlimsollError(
    status === 401 || status === 403 ? 'engine-permission' : 'engine-answer',
    {
      en: `the engine refused ${question} with status ${status}${message ? `: ${message}` : ''}`,
      zh: `引擎以状态码 ${status} 拒绝了 ${question}${message ? `：${message}` : ''}`,
    },
    status === 401 || status === 403
      ? {
          en: 'An authorization plugin or proxy forbids it: allow this request, or run with an identity that may make it.',
          zh: '授权插件或代理禁止了该请求：请放行此请求，或使用有相应权限的身份运行。',
        }
      : undefined,
  );
}

function messageOf(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string')
      return answer.message.slice(0, 300);
  } catch {
    // Not the engine's own form of an error: a proxy's page says nothing useful.
  }
  return '';
}

function answerError(address: EngineAddress, question: string, en: string, zh: string): PlimsollError {
  return new PlimsollError(
    'engine-answer',
    {
      en: `${formatAddress(address)} answered ${question} with ${en}`,
      zh: `${formatAddress(address)} 对 ${question} 的应答为${zh}`,
    },
    { en: 'Check that a container engine listens there.', zh: '请确认监听在该地址的是容器引擎。' },
  );
}
