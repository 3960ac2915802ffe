import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import { PlimsollError } from '../../model/error.ts';
import type { JsonValue } from '../../model/json.ts';
import { type EngineAddress, formatAddress } from './address.ts';
import { connectionError, timeoutError } from './connection-error.ts';

/** An HTTP client for one engine: it only ever sends GET, so nothing can be changed through it. */
export interface EngineClient {
  readonly address: EngineAddress;
  /** The answer's JSON. `null` for 404; any other refusal is a PlimsollError, as is whatever is not JSON. */
  get(path: string): Promise<JsonValue>;
  close(): void;
}

export interface EngineClientOptions {
  /** How long one answer may take to begin and then to go on, milliseconds. */
  readonly timeout?: number;
}

/** Connections at once; an engine answers inspects in parallel, but more than this gains nothing. */
const connections = 8;
/** An answer larger than this is not what was asked for. */
const maximumAnswerBytes = 256 * 1024 * 1024;
export const defaultTimeout = 10_000;

export async function openEngineClient(
  address: EngineAddress,
  { timeout = defaultTimeout }: EngineClientOptions = {},
): Promise<EngineClient> {
  const { agent, send } = await transport(address);
  const target = requestTarget(address);

  function open(path: string): ClientRequest {
    try {
      return send({ ...target, agent, path });
    } catch (error) {
      // TLS material that is not what it should be is refused before anything is sent.
      throw connectionError(address, path, error as Error);
    }
  }

  function get(path: string): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      const call = open(path);
      call.setTimeout(timeout, () => call.destroy(timeoutError(address, path, timeout)));
      call.on('error', (error) => reject(connectionError(address, path, error)));
      call.on('response', (response) => {
        readAnswer(address, path, response).then(resolve, (error: Error) => {
          call.destroy();
          reject(connectionError(address, path, error));
        });
      });
      call.end();
    });
  }

  return { address, get, close: () => agent.destroy() };
}

async function transport(address: EngineAddress) {
  const options = { keepAlive: true, maxSockets: connections };
  if (address.kind === 'tcp' && address.tls) {
    // Loaded only here: TLS costs every other start 10 ms.
    const { Agent: SecureAgent, request } = await import('node:https');
    const { verify, ...material } = address.tls;
    return { agent: new SecureAgent({ ...options, ...material, rejectUnauthorized: verify }), send: request };
  }
  return { agent: new Agent(options), send: httpRequest };
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

async function readAnswer(address: EngineAddress, path: string, response: IncomingMessage): Promise<JsonValue> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumAnswerBytes) throw answerError(address, path, 'more than 256 MiB', '超过 256 MiB');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const status = response.statusCode ?? 0;
  if (status === 404) return null;
  if (status < 200 || status > 299) throw refusal(address, path, status, body);
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    throw answerError(address, path, 'something that is not JSON', '非 JSON 内容');
  }
}

function refusal(address: EngineAddress, path: string, status: number, body: string): PlimsollError {
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
      en: `the engine refused GET ${path} with status ${status}${message ? `: ${message}` : ''}`,
      zh: `引擎以状态码 ${status} 拒绝了 GET ${path}${message ? `：${message}` : ''}`,
    },
    status === 401 || status === 403
      ? {
          en: 'An authorization plugin or proxy forbids it: allow this GET, or run with an identity that may read.',
          zh: '授权插件或代理禁止了该请求：请放行此 GET，或使用有读取权限的身份运行。',
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

function answerError(address: EngineAddress, path: string, en: string, zh: string): PlimsollError {
  return new PlimsollError(
    'engine-answer',
    {
      en: `${formatAddress(address)} answered GET ${path} with ${en}`,
      zh: `${formatAddress(address)} 对 GET ${path} 的应答为${zh}`,
    },
    { en: 'Check that a container engine listens there.', zh: '请确认监听在该地址的是容器引擎。' },
  );
}
