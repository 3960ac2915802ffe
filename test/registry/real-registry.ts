import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { get as secureGet } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../src/model/json.ts';
import { digestOf } from '../fake-registry.ts';
import type { ImagePlace } from './written-image.ts';

/** Debian's registry, in a process of its own. */
export interface RealRegistry extends AsyncDisposable {
  /** `127.0.0.1:40123`. */
  readonly host: string;
  /** Everything that it keeps; another registry may be started on the same. */
  readonly storage: string;
  /** How many requests of a kind it has answered: `GET /v2/shop/web/blobs/`. */
  readonly answered: (beginning: string) => number;
}

const program = '/usr/bin/docker-registry';

/** Why none can be started here; `undefined` where one can. */
export function whyNoRegistry(): string | undefined {
  return existsSync(program) ? undefined : 'docker-registry is not installed';
}

export interface RealRegistryOptions {
  readonly storage?: string;
  /** More of its configuration, in its own words. */
  readonly auth?: JsonObject;
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export async function startRealRegistry({ storage, auth, tls }: RealRegistryOptions = {}): Promise<RealRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const kept = storage ?? join(folder, 'storage');
  const configuration = {
    version: '0.1',
    log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: kept } },
    http: { addr: host, ...(tls ? { tls: { ...tls } } : {}) },
    ...(auth ? { auth } : {}),
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(configuration));
  const child = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilItAnswers(host, tls !== undefined, child);
  } catch (error) {
    await stop();
    throw new Error(`docker-registry did not start:\n${log.slice(-2000)}`, { cause: error });
  }
  const answered = (beginning: string) =>
    log.split('\n').filter((line) => {
      const { 'http.request.method': method, 'http.request.uri': uri, msg } = parsed(line);
      return msg === 'response completed' && `${method as string} ${uri as string}`.startsWith(beginning);
    }).length;
  return { host, storage: kept, answered, [Symbol.asyncDispose]: stop };
}

function parsed(line: string): JsonObject {
  try {
    return JSON.parse(line) as JsonObject;
  } catch {
    return {};
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await end;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(host: string, isSecure: boolean, child: ChildProcess): Promise<void> {
  for (let count = 0; count < 200 && child.exitCode === null; count++) {
    const answers = await new Promise<boolean>((resolve) => {
      const call = isSecure
        ? secureGet(`https://${host}/v2/`, { rejectUnauthorized: false, agent: false })
        : get(`http://${host}/v2/`, { agent: false });
      call.on('response', (response) => resolve(response.resume() === response));
      call.on('error', () => resolve(false));
    });
    if (answers) return;
    await pause(50);
  }
  throw new Error('no answer');
}

async function expectStatus(response: Response, status: number): Promise<Response> {
  if (response.status !== status) throw new Error(`${response.status}: ${await response.text()}`);
  return response;
}

/** Pushes with requests of our own, to a registry that lets everybody. */
export function pusher(host: string, repository: string): ImagePlace {
  const base = `http://${host}/v2/${repository}`;

  async function blob(bytes: Buffer, mediaType: string) {
    const digest = digestOf(bytes);
    const begun = await expectStatus(await fetch(`${base}/blobs/uploads/`, { method: 'POST' }), 202);
    const place = new URL(begun.headers.get('location') ?? '', base);
    place.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    await expectStatus(await fetch(place, { method: 'PUT', body: new Uint8Array(bytes), headers }), 201);
    return { mediaType, digest, size: bytes.length };
  }

  async function manifest(content: object, mediaType: string, tag?: string) {
    const bytes = Buffer.from(JSON.stringify(content));
    const digest = digestOf(bytes);
    const headers = { 'content-type': mediaType };
    await expectStatus(
      await fetch(`${base}/manifests/${tag ?? digest}`, { method: 'PUT', body: new Uint8Array(bytes), headers }),
      201,
    );
    return { mediaType, digest, size: bytes.length };
  }

  return { blob, manifest };
}
