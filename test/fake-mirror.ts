import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Fault } from './fake-registry.ts';

export interface AskedFile {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server of files that knows of conditions and ranges, and fails as it is told to. */
export interface FakeMirror extends AsyncDisposable {
  /** `http://127.0.0.1:40123/`. */
  readonly address: string;
  readonly requests: readonly AskedFile[];
  /** Puts a file at a path: `Debian/all.zip`. Its ETag and MD5 are those of its bytes, unless other headers are given. */
  readonly put: (path: string, bytes: Uint8Array | string, headers?: OutgoingHttpHeaders) => Buffer;
  /** The next requests for the path meet these faults, one each. */
  readonly fail: (path: string, ...faults: readonly Fault[]) => void;
  readonly close: () => Promise<void>;
}

export async function startFakeMirror(tls?: TlsOptions): Promise<FakeMirror> {
  const requests: AskedFile[] = [];
  const files = new Map<string, { readonly bytes: Buffer; readonly headers: OutgoingHttpHeaders }>();
  const faults: { readonly path: string; readonly fault: Fault }[] = [];

  function serve(path: string, asked: IncomingHttpHeaders, response: ServerResponse): void {
    const file = files.get(path);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const { bytes, headers } = file;
    if (headers.etag !== undefined && asked['if-none-match'] === headers.etag) {
      response.writeHead(304, { etag: headers.etag }).end();
      return;
    }
    const condition = asked['if-range'];
    const isSame =
      condition !== undefined && [headers.etag, headers['last-modified']].some((each) => each === condition);
    const from = asked.range !== undefined && isSame ? Number(/\d+/.exec(asked.range)?.[0]) : 0;
    const rest = bytes.subarray(from);
    const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from === 0 ? 200 : 206, { ...headers, 'content-length': rest.length, ...range }).end(rest);
  }

  const listener: RequestListener = (request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    requests.push({ path, headers: request.headers });
    const next = faults.findIndex((each) => each.path === path);
    const [found] = next === -1 ? [] : faults.splice(next, 1);
    const proceed = () => serve(path, request.headers, response);
    if (found) found.fault(request, response, proceed);
    else proceed();
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    put(path, content, headers) {
      const bytes = Buffer.from(content);
      files.set(path, { bytes, headers: headers ?? servedHeaders(bytes) });
      return bytes;
    },
    fail: (path, ...more) => faults.push(...more.map((fault) => ({ path, fault }))),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** As Google's storage describes a file. */
export function servedHeaders(bytes: Uint8Array): { readonly etag: string; readonly 'x-goog-hash': string } {
  const sum = createHash('md5').update(bytes).digest();
  return { etag: `"${sum.toString('hex')}"`, 'x-goog-hash': `crc32c=AAAAAA==, md5=${sum.toString('base64')}` };
}

/** Says that it sends a file, or the rest of it, with its headers, and breaks off after some of that. */
export function breakOff(bytes: Buffer, count: number, headers: OutgoingHttpHeaders = servedHeaders(bytes)): Fault {
  return ({ headers: { range, 'if-range': condition } }, response) => {
    const from = range !== undefined && condition === headers.etag ? Number(/\d+/.exec(range)?.[0]) : 0;
    const rest = bytes.subarray(from);
    const place = from === 0 ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from === 0 ? 200 : 206, { ...headers, 'content-length': rest.length, ...place });
    response.write(rest.subarray(0, count), () => setImmediate(() => response.socket?.destroy()));
  };
}
