import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Answer, hang, hangHalfWay, hangUp, hangUpHalfWay, raw, status } from '../../../test/answers.ts';
import { type Certificates, hasOpenssl, makeCertificates } from '../../../test/certificates.ts';
import { type FakeEngine, type FakeEngineOptions, startFakeEngine } from '../../../test/fake-engine.ts';
import { failureOf } from '../../../test/failure.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { PlimsollError } from '../../model/error.ts';
import type { EngineAddress } from './address.ts';
import { openEngineClient } from './client.ts';
import { openExchange } from './exchange.ts';

async function engineWith(answer: Answer, options?: FakeEngineOptions): Promise<FakeEngine> {
  const engine = await startFakeEngine({ '/thing': answer }, options);
  onTestFinished(() => engine.close());
  return engine;
}

async function ask(address: EngineAddress, timeout?: number) {
  const client = await openEngineClient(address, timeout === undefined ? {} : { timeout });
  try {
    return await client.get('/v1.41/thing');
  } finally {
    client.close();
  }
}

function failureOfAsking(address: EngineAddress, timeout?: number): Promise<PlimsollError> {
  return failureOf(() => ask(address, timeout));
}

test('it asks with GET only, and gives the answer', async () => {
  const engine = await engineWith({ Name: '船', list: [1, null] });
  await expect(ask(engine.address)).resolves.toEqual({ Name: '船', list: [1, null] });
  expect(engine.requests).toEqual(['GET /v1.41/thing']);
});

test('what is not there is null', async () => {
  const engine = await engineWith(status(404, { message: 'No such container: x' }));
  await expect(ask(engine.address)).resolves.toBeNull();
});

test('many questions at once share a few connections', async () => {
  const engine = await engineWith({ ok: true });
  const client = await openEngineClient(engine.address);
  const answers = await Promise.all(Array.from({ length: 60 }, () => client.get('/v1.41/thing')));
  client.close();
  expect(answers).toHaveLength(60);
});

test('a refusal carries what the engine says', async () => {
  const engine = await engineWith(status(500, { message: 'driver failed: overlay2' }));
  const error = await failureOfAsking(engine.address);
  expect(error.code).toBe('engine-answer');
  expect(error.text.en).toBe('the engine refused GET /v1.41/thing with status 500: driver failed: overlay2');
});

test('who goes over to another protocol has not answered', async () => {
  const engine = await engineWith((response) => {
    response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  });
  for (const failing of [() => ask(engine.address), () => stream(engine.address)]) {
    const error = await failureOf(failing);
    expect([error.code, error.text.en]).toEqual(['engine-answer', expect.stringMatching(/GET .*another protocol/)]);
  }
});

test.each([401, 403])('a refusal with %i is a matter of permission', async (code) => {
  const engine = await engineWith(status(code, { message: 'authorization denied by plugin' }));
  const error = await failureOfAsking(engine.address);
  expect(error.code).toBe('engine-permission');
  expect(error.text.en).toContain('authorization denied by plugin');
});

test('a refusal that is a page, or has an odd message, is still a refusal', async () => {
  const page = await engineWith((response) => response.writeHead(502).end('<html>Bad Gateway</html>'));
  expect((await failureOfAsking(page.address)).text.en).toBe('the engine refused GET /v1.41/thing with status 502');
  for (const odd of [[], { message: { toString: 1 } }, { message: null }]) {
    const engine = await engineWith(status(500, odd));
    expect((await failureOfAsking(engine.address)).text.en).toMatch(/status 500$/);
  }
});

test('a redirect is not followed', async () => {
  const engine = await engineWith((response) => response.writeHead(301, { location: '/elsewhere' }).end());
  expect((await failureOfAsking(engine.address)).text.en).toContain('status 301');
});

test.each([
  ['a page', '<html></html>'],
  ['nothing', ''],
  ['half of a document', '{"a":'],
])('an answer that is %s is not taken for JSON', async (_, body) => {
  const engine = await engineWith(raw(body));
  const error = await failureOfAsking(engine.address);
  expect(error.code).toBe('engine-answer');
  expect(error.text.en).toContain('something that is not JSON');
});

test('an engine that closes the connection instead of answering went away', async () => {
  const engine = await engineWith(hangUp);
  expect((await failureOfAsking(engine.address)).text.en).toMatch(/went away in the middle of an answer$/);
});

test('an engine that closes the connection in the middle of an answer went away', async () => {
  const engine = await engineWith(hangUpHalfWay);
  expect((await failureOfAsking(engine.address)).text.en).toMatch(/went away in the middle of an answer$/);
});

test.each([
  ['does not begin', hang],
  ['does not end', hangHalfWay],
])('an answer that %s runs into the time limit', async (_, behaviour) => {
  const engine = await engineWith(behaviour);
  const error = await failureOfAsking(engine.address, 50);
  expect(error.code).toBe('engine-timeout');
  expect(error.text.en).toMatch(/did not answer GET \/v1\.41\/thing within 0\.05 s$/);
  expect(error.advice?.en).toContain('--timeout');
});

test('without a socket it says so', async () => {
  const error = await failureOfAsking({ kind: 'unix', path: '/nowhere/docker.sock' });
  expect(error.code).toBe('engine-not-found');
  expect(error.text.en).toBe('there is no socket at unix:///nowhere/docker.sock');
});

test.each([
  ['a plain file', 'docker.sock'],
  ['a folder', ''],
])('%s in the place of the socket is no engine', async (_, name) => {
  using folder = temporaryFolder({ 'docker.sock': '' });
  const error = await failureOfAsking({ kind: 'unix', path: join(folder.path, name) });
  expect(error.code).toBe('engine-unreachable');
});

test('a path that no socket can have is no engine', async () => {
  const error = await failureOfAsking({ kind: 'unix', path: `/${'x'.repeat(200)}` });
  expect(error.code).toMatch(/^engine-/);
});

test('a socket whose engine has gone refuses', async () => {
  const engine = await startFakeEngine({}, { over: 'tcp' });
  await engine.close();
  const error = await failureOfAsking(engine.address);
  expect(error.code).toBe('engine-unreachable');
  expect(error.text.en).toBe(`nothing listens at ${engine.host}`);
});

test('what does not speak HTTP is no engine', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'ssh.sock');
  const server = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'));
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  onTestFinished(() => void server.close());
  const error = await failureOfAsking({ kind: 'unix', path });
  expect(error.code).toBe('engine-answer');
  expect(error.text.en).toContain('does not speak HTTP');
});

test('plain HTTP to a port that wants TLS is told apart', async () => {
  const engine = await engineWith((response) =>
    response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
  );
  const error = await failureOfAsking(engine.address);
  expect(error.code).toBe('engine-tls');
  expect(error.advice?.en).toContain('--tlsverify');
});

async function stream(address: EngineAddress, most = Infinity) {
  const client = await openEngineClient(address);
  try {
    const answer = await client.stream('/v1.41/thing');
    if (answer === null) return null;
    let bytes = 0;
    for await (const chunk of answer.chunks) {
      bytes += chunk.length;
      if (bytes > most) break;
    }
    return { bytes, type: answer.header('content-type'), none: answer.header('x-none') };
  } finally {
    client.close();
  }
}

describe('an answer that is taken as it comes', () => {
  test('has its bytes and headers', async () => {
    const engine = await engineWith(raw(Buffer.alloc(3_000_000), 'application/x-tar'));
    const whole = { bytes: 3_000_000, type: 'application/x-tar', none: undefined };
    await expect(stream(engine.address)).resolves.toEqual(whole);
    expect(engine.requests).toEqual(['GET /v1.41/thing']);
  });

  test('may be left before its end', async () => {
    const engine = await engineWith(raw(Buffer.alloc(30_000_000)));
    expect((await stream(engine.address, 1000))?.bytes).toBeLessThan(30_000_000);
  });

  test('that stands still is an error of time', async () => {
    const engine = await engineWith((response) => void response.writeHead(200).write('x'));
    const exchange = await openExchange(engine.address);
    const answer = await exchange.stream('/v1.41/thing', 100);
    const error = await failureOf(async () => {
      for await (const chunk of answer?.chunks ?? []) expect(chunk.length).toBe(1);
    });
    exchange.close();
    expect(error.code).toBe('engine-timeout');
  });

  test('is null for what is not there, and an error where it is refused, breaks off or never comes', async () => {
    await expect(stream((await engineWith(status(404))).address)).resolves.toBeNull();
    for (const [answer, code] of [
      [status(403, { message: 'no' }), 'engine-permission'],
      [status(500, { message: 'no space' }), 'engine-answer'],
      [hangUp, 'engine-answer'],
      [hangUpHalfWay, 'engine-answer'],
    ] as const) {
      const { address } = await engineWith(answer);
      expect((await failureOf(() => stream(address))).code).toBe(code);
    }
  });
});

describe.runIf(hasOpenssl)('over TLS (needs openssl)', () => {
  let ours: Certificates;
  let theirs: Certificates;

  beforeAll(() => {
    using folder = temporaryFolder();
    ours = makeCertificates(folder.path);
    theirs = makeCertificates(join(folder.path, 'theirs'), 'DNS:docker');
  });

  async function secureEngine(options: TlsOptions = ours.server): Promise<Extract<EngineAddress, { kind: 'tcp' }>> {
    const { address } = await engineWith({ ok: true }, { over: 'tcp', tls: options });
    if (address.kind !== 'tcp') throw new Error('not over TCP');
    return address;
  }

  test('an engine whose certificate names its address is trusted', async () => {
    const address = await secureEngine();
    await expect(ask({ ...address, tls: { ca: ours.ca, verify: true } })).resolves.toEqual({ ok: true });
  });

  test('an engine whose certificate names another is not', async () => {
    const address = await secureEngine(theirs.server);
    const error = await failureOfAsking({ ...address, tls: { ca: theirs.ca, verify: true } });
    expect(error.code).toBe('engine-tls');
    expect(error.text.en).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('an engine with an unknown authority is not trusted', async () => {
    const address = await secureEngine();
    const error = await failureOfAsking({ ...address, tls: { verify: true } });
    expect(error.code).toBe('engine-tls');
    expect(error.advice?.en).toContain('--tlscacert');
  });

  test('without verification any certificate will do', async () => {
    const address = await secureEngine(theirs.server);
    await expect(ask({ ...address, tls: { verify: false } })).resolves.toEqual({ ok: true });
  });

  test('an engine that demands a client certificate gets it, and refuses without', async () => {
    const address = await secureEngine({ ...ours.server, ca: ours.ca, requestCert: true, rejectUnauthorized: true });
    await expect(ask({ ...address, tls: { ca: ours.ca, ...ours.client, verify: true } })).resolves.toEqual({
      ok: true,
    });
    const error = await failureOfAsking({ ...address, tls: { ca: ours.ca, verify: true } });
    expect(error.code).toBe('engine-tls');
  });

  test('TLS to a port that does not speak it fails as TLS', async () => {
    const { address } = await engineWith({ ok: true }, { over: 'tcp' });
    if (address.kind !== 'tcp') throw new Error('not over TCP');
    const error = await failureOfAsking({ ...address, tls: { ca: ours.ca, verify: true } });
    expect(error.code).toBe('engine-tls');
  });

  test('material that is no certificate fails as TLS', async () => {
    const address = await secureEngine();
    const error = await failureOfAsking({ ...address, tls: { cert: 'not PEM', key: 'not PEM', verify: false } });
    expect(error.code).toBe('engine-tls');
  });
});
