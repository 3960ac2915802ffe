import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { JsonValue } from '../src/model/json.ts';

export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
  readonly body: string;
}

/** Answers in the place of the registry; `proceed` has it answer after all. */
export type Fault = (request: IncomingMessage, response: ServerResponse, proceed: () => void) => void;

/** Who may pull, and how he shows that. */
export type Guard =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | {
      readonly kind: 'token';
      /** Nobody else gets one; without it everybody does. */
      readonly account?: { readonly username: string; readonly password: string };
      readonly identityToken?: string;
      /** Seconds. */
      readonly life?: number;
      /** Parts of the challenge in the place of its own. */
      readonly realm?: string;
      readonly scope?: string;
    };

export interface FakeRegistryOptions {
  readonly tls?: TlsOptions;
  readonly guard?: Guard;
}

export interface FakeRegistry extends AsyncDisposable {
  /** `127.0.0.1:40123`. */
  readonly host: string;
  readonly requests: readonly SeenRequest[];
  /** Takes bytes in; how a manifest names them. */
  readonly blob: (bytes: Uint8Array, mediaType?: string) => FakeDescriptor;
  /** Takes a manifest or an index in, under its digest and under a tag. */
  readonly manifest: (content: object | string, mediaType: string, tag?: string) => FakeDescriptor;
  /** The next requests whose path ends in `end` meet these faults, one each. */
  readonly fail: (end: string, ...faults: readonly Fault[]) => void;
  /** Tokens that it gave are no longer valid. */
  readonly forgetTokens: () => void;
  readonly close: () => Promise<void>;
}

export interface FakeDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

/** A registry in this process that has what it is given, and fails as it is told to. */
export async function startFakeRegistry({ tls, guard }: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const requests: SeenRequest[] = [];
  const blobs = new Map<string, Uint8Array>();
  const manifests = new Map<string, { readonly bytes: Buffer; readonly mediaType: string; readonly digest: string }>();
  const faults: { readonly end: string; readonly fault: Fault }[] = [];
  let tokens = new Set<string>();
  const scheme = tls ? 'https' : 'http';
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function giveToken(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { account, identityToken, life } = guard as Extract<Guard, { kind: 'token' }>;
    const isKnown =
      request.method === 'POST'
        ? identityToken !== undefined && new URLSearchParams(body).get('refresh_token') === identityToken
        : !account || request.headers.authorization === basic(account);
    if (!isKnown) return send(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'who are you' }] });
    const token = `token-${tokens.size + 1}-${createHash('sha256').update(String(requests.length)).digest('hex')}`;
    tokens.add(token);
    send(response, 200, { token, ...(life === undefined ? {} : { expires_in: life }) });
  }

  function isAllowed({ headers }: IncomingMessage): boolean {
    if (!guard) return true;
    if (guard.kind === 'basic') return headers.authorization === basic(guard);
    return tokens.has(headers.authorization?.replace(/^Bearer /, '') ?? '');
  }

  function challenge(request: IncomingMessage): string {
    if (guard?.kind !== 'token') return 'Basic realm="a registry, of sorts"';
    const [, repository = ''] = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(request.url ?? '') ?? [];
    const { realm = `${scheme}://${host()}/token`, scope = `repository:${repository}:pull,push` } = guard;
    return `Bearer realm="${realm}",service="fake, registry",scope="${scope}"`;
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const path = request.url ?? '';
    if (path.startsWith('/token')) return giveToken(request, response, body);
    if (request.method !== 'GET') return send(response, 405, {});
    if (!isAllowed(request)) {
      response.setHeader('www-authenticate', challenge(request));
      return send(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'log in' }] });
    }
    const [, kind, reference = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
    if (kind === 'manifests') return sendManifest(response, reference);
    if (kind === 'blobs') return sendBlob(request, response, reference);
    send(response, 404, { errors: [{ code: 'NAME_UNKNOWN', message: 'no such thing' }] });
  }

  function sendManifest(response: ServerResponse, reference: string): void {
    const found = manifests.get(reference);
    if (!found) return send(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'no such manifest' }] });
    response.setHeader('content-type', found.mediaType);
    response.setHeader('docker-content-digest', found.digest);
    response.end(found.bytes);
  }

  function sendBlob(request: IncomingMessage, response: ServerResponse, digest: string): void {
    const bytes = blobs.get(digest);
    if (!bytes) return send(response, 404, { errors: [{ code: 'BLOB_UNKNOWN', message: 'no such blob' }] });
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const rest = bytes.subarray(Number(from ?? 0));
    response.writeHead(from === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': rest.length,
      ...(from === undefined ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    response.end(rest);
  }

  const listener: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, authorization: headers.authorization, range: headers.range, body });
      const next = faults.findIndex(({ end }) => path.split('?')[0]?.endsWith(end));
      const [found] = next === -1 ? [] : faults.splice(next, 1);
      const proceed = () => answer(request, response, body);
      if (found) found.fault(request, response, proceed);
      else proceed();
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  // A client that speaks TLS to one that does not, or does not believe in its certificate, is part of the tests.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function blob(bytes: Uint8Array, mediaType = 'application/octet-stream'): FakeDescriptor {
    const digest = digestOf(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  }

  function manifest(content: object | string, mediaType: string, tag?: string): FakeDescriptor {
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    const digest = digestOf(bytes);
    for (const name of [digest, ...(tag === undefined ? [] : [tag])]) manifests.set(name, { bytes, mediaType, digest });
    return { mediaType, digest, size: bytes.length };
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    host: host(),
    requests,
    blob,
    manifest,
    fail: (end, ...more) => faults.push(...more.map((fault) => ({ end, fault }))),
    forgetTokens: () => {
      tokens = new Set();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function send(response: ServerResponse, code: number, body: JsonValue): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Refuses with a status. */
export function refuse(code: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end();
  };
}

/** Sends somewhere else. */
export function redirect(location: string, code = 307): Fault {
  return refuse(code, { location });
}

/** Takes the question and never answers. */
export function hang(): void {}

/** Sends the first bytes of what was asked for, and breaks off. */
export function breakAfter(bytes: Uint8Array, count: number): Fault {
  return ({ headers }, response) => {
    const from = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
    const rest = bytes.subarray(from);
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': rest.length,
      ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    response.write(rest.subarray(0, count), () => setImmediate(() => response.socket?.destroy()));
  };
}

/** Answers with these bytes and headers. */
export function say(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, code = 200): Fault {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };
}
