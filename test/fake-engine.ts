import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { EngineAddress } from '../src/sources/engine/address.ts';
import { compareApiVersions } from '../src/sources/engine/negotiate.ts';
import { stringAt } from '../src/sources/engine/reading.ts';
import { type Answer, type Answers, type Behaviour, behaviourOf, status } from './answers.ts';
import { healthyEngine } from './recorded-engines.ts';

export interface FakeEngine extends AsyncDisposable {
  readonly address: EngineAddress;
  /** As for `--host`. */
  readonly host: string;
  /** `GET /v1.41/info`, in the order in which they came. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export type FakeEngineOptions =
  | { readonly over?: 'unix' }
  /** On a free port of 127.0.0.1. */
  | { readonly over: 'tcp'; readonly tls?: TlsOptions };

/** An engine that answers what it is told to, and like a small healthy Docker 20.10 where it is told nothing. */
export async function startFakeEngine(answers: Answers = {}, options: FakeEngineOptions = {}): Promise<FakeEngine> {
  const all: Answers = { ...healthyEngine, ...answers };
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answerTo(request, all)(response);
  };
  const tls = options.over === 'tcp' ? options.tls : undefined;
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-engine-'));
  const address = await listen(server, options.over === 'tcp' ? undefined : join(folder, 'docker.sock'));
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    address,
    host: address.kind === 'unix' ? `unix://${address.path}` : `tcp://${address.host}:${address.port}`,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, path: string | undefined): Promise<EngineAddress> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (path !== undefined) server.listen(path, () => resolve({ kind: 'unix', path }));
    else {
      const host = '127.0.0.1';
      server.listen(0, host, () => resolve({ kind: 'tcp', host, port: (server.address() as AddressInfo).port }));
    }
  });
}

function answerTo({ method, url = '' }: IncomingMessage, answers: Answers): Behaviour {
  // Plimsoll may only ever read.
  if (method !== 'GET') return status(405, { message: 'this engine can only be read' });
  const [, spoken, path = url] = /^\/v(\d+\.\d+)(\/.*)$/.exec(url) ?? [];
  const refusal = spoken === undefined ? undefined : refusedVersion(spoken, answers['/version']);
  if (refusal !== undefined) return status(400, { message: refusal });
  const answer = answers[path] ?? answers[path.split('?')[0] ?? ''];
  if (answer === undefined) return status(404, { message: 'page not found' });
  return behaviourOf(answer);
}

/** Docker refuses to speak an API that it does not know, or no longer. */
function refusedVersion(spoken: string, version: Answer | undefined): string | undefined {
  if (typeof version === 'function') return undefined;
  const newest = stringAt(version, 'ApiVersion');
  if (newest !== undefined && compareApiVersions(spoken, newest) > 0) {
    return `client version ${spoken} is too new. Maximum supported API version is ${newest}`;
  }
  const oldest = stringAt(version, 'MinAPIVersion');
  if (oldest !== undefined && compareApiVersions(spoken, oldest) < 0) {
    return `client version ${spoken} is too old. Minimum supported API version is ${oldest}`;
  }
  return undefined;
}
