import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { hasOpenssl, makeCertificates } from '../../../test/certificates.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseWebhookAddress } from './address.ts';
import { openPoster } from './post.ts';

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** A receiver that answers as it is told to. */
async function startReceiver(answer: RequestListener, make: (listener: RequestListener) => Server = createServer) {
  const seen: Seen[] = [];
  async function receive(request: IncomingMessage, response: Parameters<RequestListener>[1]): Promise<void> {
    const body = await buffer(request);
    seen.push({ request, body: body.toString() });
    answer(request, response);
  }
  const server = make((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function post(url: string, environment: Readonly<Record<string, string>> = {}, timeout = 5000) {
  using poster = openPoster(parseWebhookAddress(url), { environment, timeout });
  return await poster.post('{"a":"é"}', { 'webhook-id': 'msg_1' });
}

const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = ''): RequestListener =>
  (_, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };

test('a message arrives as JSON, with its headers and its user', async () => {
  await using receiver = await startReceiver(status(204));
  expect(await post(`http://me:secret@127.0.0.1:${receiver.port}/hook?a=b`)).toEqual({ kind: 'accepted' });
  const [{ request, body } = { request: undefined, body: '' }] = receiver.seen;
  expect([request?.method, request?.url, body]).toEqual(['POST', '/hook?a=b', '{"a":"é"}']);
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': '10',
    'webhook-id': 'msg_1',
    'user-agent': 'plimsoll',
    authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
  });
});

describe('the answer', () => {
  test.each([
    [200, { kind: 'accepted' }],
    [202, { kind: 'accepted' }],
    [400, { kind: 'refused', why: 'HTTP 400' }],
    [410, { kind: 'refused', why: 'HTTP 410' }],
    [429, { kind: 'failed', why: 'HTTP 429', retryAfter: '7' }],
    [500, { kind: 'failed', why: 'HTTP 500', retryAfter: '7' }],
  ])('%i', async (code, outcome) => {
    const headers: Record<string, string> = 'retryAfter' in outcome ? { 'Retry-After': '7' } : {};
    await using receiver = await startReceiver(status(code, headers, 'some words'));
    expect(await post(`http://127.0.0.1:${receiver.port}/`)).toEqual(outcome);
  });

  test('a redirect is not followed: what is signed is for one address', async () => {
    await using other = await startReceiver(status(200));
    await using receiver = await startReceiver(status(307, { Location: `http://127.0.0.1:${other.port}/` }));
    expect(await post(`http://127.0.0.1:${receiver.port}/`)).toEqual({ kind: 'refused', why: 'HTTP 307' });
    expect(other.seen).toEqual([]);
  });

  test('without an end is not waited for', async () => {
    await using receiver = await startReceiver((_, response) => {
      response.writeHead(200);
      response.on('error', () => undefined);
      const timer = setInterval(() => response.write('x'.repeat(50_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await post(`http://127.0.0.1:${receiver.port}/`)).toEqual({ kind: 'accepted' });
  });

  test('that never comes is a failure, and so is a connection that breaks', async () => {
    await using silent = await startReceiver(() => undefined);
    expect(await post(`http://127.0.0.1:${silent.port}/`, {}, 50)).toEqual({ kind: 'failed', why: 'ETIMEDOUT' });
    await using broken = await startReceiver((request) => void request.socket.destroy());
    expect(await post(`http://127.0.0.1:${broken.port}/`)).toEqual({ kind: 'failed', why: 'ECONNRESET' });
    const { port } = broken;
    await broken[Symbol.asyncDispose]();
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', why: 'ECONNREFUSED' });
  });
});

test('a proxy is gone through', async () => {
  await using proxy = await startReceiver(status(200));
  const environment = { http_proxy: `http://127.0.0.1:${proxy.port}` };
  expect(await post('http://hooks.example/path', environment)).toEqual({ kind: 'accepted' });
  expect(proxy.seen.map(({ request }) => request.url)).toEqual(['http://hooks.example/path']);
});

test.skipIf(!hasOpenssl)(
  `a certificate that nobody knows is not believed${hasOpenssl ? '' : ' (needs openssl)'}`,
  async () => {
    using folder = temporaryFolder();
    const { server } = makeCertificates(folder.path, 'IP:127.0.0.1');
    await using receiver = await startReceiver(status(200), (listener) => createSecureServer(server, listener));
    const outcome = await post(`https://127.0.0.1:${receiver.port}/`);
    expect(outcome).toMatchObject({ kind: 'failed', why: expect.stringMatching(/CERT|SIGNATURE/) as string });
    expect(receiver.seen).toEqual([]);
  },
);
