import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject, JsonValue } from '../../src/model/json.ts';

/** A real engine of the test's own: its own socket, data root, exec root and bridge. The machine's engine is left alone. */
export interface PrivateEngine {
  readonly socket: string;
  /** `unix://…`. */
  readonly host: string;
  /** A folder that goes away with the engine. */
  readonly folder: string;
  readonly configurationFile: string;
  readonly pid: number;
  /** One call of its API; throws when the engine refuses. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: JsonValue | Buffer): Promise<JsonValue>;
  /** Imports a file tree as an image. */
  importImage(reference: string, tree: string): Promise<void>;
  /** Creates a container, starts it if asked, and returns its id. */
  container(name: string, body: JsonObject, start: boolean): Promise<string>;
  stop(): Promise<void>;
}

/** Why no engine can be started here; `undefined` when one can. */
export function whyNoEngine(): string | undefined {
  if (process.geteuid?.() !== 0) return 'no engine: not root';
  const missing = ['dockerd', 'containerd', 'runc', 'ip'].filter((program) => !isInstalled(program));
  if (missing.length > 0) return `no engine: ${missing.join(', ')} not installed`;
  return existsSync('/bin/busybox') ? undefined : 'no engine: busybox-static not installed';
}

function isInstalled(program: string): boolean {
  return `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/sbin`
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}

/** How long the daemon may take to answer, milliseconds. */
const patience = 30_000;

export interface StartOptions {
  /** Nobody's child, as a daemon that somebody has started in the background is: whoever fixes it may start it again. */
  readonly orphan?: boolean;
}

export async function startPrivateEngine(
  configuration: JsonObject = {},
  options: readonly string[] = [],
  { orphan = false }: StartOptions = {},
): Promise<PrivateEngine> {
  // Socket paths must stay under 108 bytes, so that a deep TMPDIR is not used.
  const folder = mkdtempSync(existsSync('/tmp') ? '/tmp/plimsoll-' : join(tmpdir(), 'p-'));
  const socket = join(folder, 'docker.sock');
  const configurationFile = join(folder, 'daemon.json');
  writeFileSync(configurationFile, JSON.stringify(configuration));
  const bridge = createBridge();
  const [program, ...first] = orphan ? ['setsid', '--fork', 'dockerd'] : ['dockerd'];
  const daemon = spawn(
    program ?? 'dockerd',
    [
      ...first,
      `--data-root=${join(folder, 'data')}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--pidfile=${join(folder, 'pid')}`,
      `--config-file=${configurationFile}`,
      `--host=unix://${socket}`,
      `--bridge=${bridge}`,
      '--iptables=false',
      '--ip-masq=false',
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const log: Buffer[] = [];
  daemon.stdout.on('data', (chunk: Buffer) => log.push(chunk));
  daemon.stderr.on('data', (chunk: Buffer) => log.push(chunk));

  const call: PrivateEngine['call'] = (method, path, body) => send(socket, method, path, body);
  const pid = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));
  const stop = () => stopEngine({ pid, folder, bridge, call });
  try {
    await untilItAnswers(daemon, orphan, call);
    await createNetwork(call, bridge);
  } catch (error) {
    await stop();
    throw new Error(`dockerd did not start:\n${Buffer.concat(log).toString('utf8').slice(-2000)}`, { cause: error });
  }
  return {
    socket,
    host: `unix://${socket}`,
    folder,
    configurationFile,
    get pid() {
      return pid();
    },
    call,
    importImage: (reference, tree) => importImage(call, reference, tree),
    container: (name, body, start) => createContainer(call, name, body, start),
    stop,
  };
}

async function untilItAnswers(daemon: ChildProcess, orphan: boolean, call: PrivateEngine['call']): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    if (daemon.exitCode !== null && !orphan) throw new Error(`dockerd ended with ${daemon.exitCode}`);
    try {
      await call('GET', '/_ping');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(50);
  }
}

/** A bridge and a subnet that nothing else uses. */
function createBridge(): string {
  for (let subnet = 100; subnet < 250; subnet += 1) {
    const name = `plim${process.pid % 10_000}x${subnet}`;
    if (execFileSync('ip', ['-o', '-4', 'address']).toString().includes(`172.30.${subnet}.`)) continue;
    // Another engine of this process may have taken it since: then the next one is tried.
    if (!run('ip', ['link', 'add', name, 'type', 'bridge'])) continue;
    execFileSync('ip', ['address', 'add', `172.30.${subnet}.1/24`, 'dev', name]);
    execFileSync('ip', ['link', 'set', name, 'up']);
    return name;
  }
  throw new Error('no subnet of 172.30.0.0/16 is free');
}

/** A network `shop` for well-kept containers: nobody on it reaches anybody else. Its subnet is as free as the bridge's. */
async function createNetwork(call: PrivateEngine['call'], bridge: string): Promise<void> {
  const number = bridge.slice(bridge.indexOf('x') + 1);
  await call('POST', '/networks/create', {
    Name: 'shop',
    IPAM: { Config: [{ Subnet: `172.31.${number}.0/24` }] },
    Options: { 'com.docker.network.bridge.enable_icc': 'false' },
  });
}

async function importImage(call: PrivateEngine['call'], reference: string, tree: string): Promise<void> {
  const archive = execFileSync('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', tree, '-c', '.'], {
    maxBuffer: 2 ** 30,
  });
  const [repository = '', tag = 'latest'] = reference.split(':');
  await call('POST', `/images/create?fromSrc=-&repo=${repository}&tag=${tag}`, archive);
}

async function createContainer(
  call: PrivateEngine['call'],
  name: string,
  body: JsonObject,
  start: boolean,
): Promise<string> {
  const { Id: id } = (await call('POST', `/containers/create?name=${name}`, body)) as { Id: string };
  if (start) await call('POST', `/containers/${id}/start`);
  return id;
}

interface EngineParts {
  /** Of the daemon as it is now: it may have been started again. Throws where none was ever started. */
  readonly pid: () => number;
  readonly folder: string;
  readonly bridge: string;
  readonly call: PrivateEngine['call'];
}

/** Takes away all that was started here, by its process id and by its path; never anything by its name. */
async function stopEngine({ pid, folder, bridge, call }: EngineParts): Promise<void> {
  try {
    const containers = (await call('GET', '/containers/json?all=1')) as { Id: string }[];
    await Promise.all(containers.map(({ Id: id }) => call('DELETE', `/containers/${id}?force=1&v=1`)));
    // The kernel keeps the bridge of a network whose engine is gone.
    await call('DELETE', '/networks/shop');
  } catch {
    // The daemon is gone already: what is left of its containers goes with its folders.
  }
  await endDaemon(pid);
  for (const mount of mountsBelow(folder)) run('umount', ['--lazy', mount]);
  run('ip', ['link', 'delete', bridge]);
  rmSync(folder, { recursive: true, force: true });
}

async function endDaemon(pid: () => number): Promise<void> {
  try {
    const number = pid();
    process.kill(number, 'SIGTERM');
    for (let waited = 0; waited < 10_000 && existsSync(`/proc/${number}/exe`); waited += 50) await pause(50);
    process.kill(number, 'SIGKILL');
  } catch {
    // It has ended, or was never there.
  }
}

function mountsBelow(folder: string): string[] {
  const targets = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return targets.filter((target) => target.startsWith(`${folder}/`)).toReversed();
}

/** Whether it could be done: what is to be taken away may be gone already. */
function run(program: string, options: readonly string[]): boolean {
  try {
    execFileSync(program, options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function send(
  socketPath: string,
  method: string,
  path: string,
  body: JsonValue | Buffer | undefined,
): Promise<JsonValue> {
  const isArchive = Buffer.isBuffer(body);
  const payload = isArchive || body === undefined ? body : JSON.stringify(body);
  const headers = { Host: 'docker', 'Content-Type': isArchive ? 'application/x-tar' : 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const status = response.statusCode ?? 0;
        if (status >= 400) reject(new Error(`${method} ${path}: ${status} ${text}`));
        else resolve(text.startsWith('{') || text.startsWith('[') ? parse(text) : text);
      });
    });
    call.on('error', reject);
    call.end(payload);
  });
}

/** Some answers are a stream of documents; the last one tells. */
function parse(text: string): JsonValue {
  const lines = text.trim().split('\n');
  return JSON.parse(lines.length > 1 && lines[0]?.startsWith('{') ? (lines.at(-1) ?? '') : text) as JsonValue;
}
