import { isObject, type JsonObject, type JsonValue, type KeyPath, textIn } from '../../../model/json.ts';
import { entriesOf, ownPath, type PodSource, textsOf, valueOn } from './pod-source.ts';

/** The probe that comes nearest to an engine's health check: what restarts the container, else what takes it out. */
export function probePath(source: PodSource): KeyPath | undefined {
  const name = ['livenessProbe', 'readinessProbe'].find((each) => isObject(source.entry.value[each]));
  return name === undefined ? undefined : ownPath(source, name);
}

/**
 * The probe as an engine would run it. The kubelet asks over HTTP, TCP and gRPC itself, where an engine needs a
 * program of the image: these are written with the usual ones. Undefined where there is no probe, which for init
 * containers and jobs is as it should be: no control of containers asks a pod for one.
 */
export function probeTest(source: PodSource): string[] | undefined {
  const path = probePath(source);
  const probe = path && valueOn(source, path);
  if (!isObject(probe)) return undefined;
  if (isObject(probe.exec)) {
    const command = textsOf(probe.exec.command);
    return command.length > 0 ? ['CMD', ...command] : undefined;
  }
  if (isObject(probe.httpGet)) return ['CMD-SHELL', httpCommand(source, probe.httpGet)];
  if (isObject(probe.tcpSocket)) {
    return ['CMD-SHELL', `nc -z 127.0.0.1 ${portOf(source, probe.tcpSocket.port)}`];
  }
  if (!isObject(probe.grpc)) return undefined;
  const service = textIn(probe.grpc, 'service');
  const address = `-addr=127.0.0.1:${portOf(source, probe.grpc.port)}`;
  return ['CMD', 'grpc_health_probe', address, ...(service ? [`-service=${service}`] : [])];
}

function httpCommand(source: PodSource, request: JsonObject): string {
  const secure = textIn(request, 'scheme')?.toUpperCase() === 'HTTPS';
  const path = textIn(request, 'path') ?? '/';
  const url = `${secure ? 'https' : 'http'}://127.0.0.1:${portOf(source, request.port)}${path.startsWith('/') ? '' : '/'}${path}`;
  const headers = (Array.isArray(request.httpHeaders) ? (request.httpHeaders as readonly JsonValue[]) : []).flatMap(
    (header) => [`--header=${quoted(`${textIn(header, 'name') ?? ''}: ${textIn(header, 'value') ?? ''}`)}`],
  );
  // The kubelet does not verify certificates either.
  const words = [
    'wget',
    '-q',
    '-O',
    '/dev/null',
    ...(secure ? ['--no-check-certificate'] : []),
    ...headers,
    quoted(url),
  ];
  return words.join(' ');
}

/** Ports may be named: the name is that of one of the container's own ports. */
function portOf(source: PodSource, port: JsonValue | undefined): string {
  if (typeof port === 'number') return String(port);
  if (typeof port !== 'string') return '80';
  if (/^\d+$/.test(port)) return port;
  const named = entriesOf(source.entry.value.ports).find(({ value }) => value.name === port);
  const number = named?.value.containerPort;
  return typeof number === 'number' ? String(number) : '80';
}

function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where a word of `probeTest` stands. */
export function probeWordPath(source: PodSource, index: number): KeyPath | undefined {
  const path = probePath(source);
  if (!path || index < 1 || !isObject(valueOn(source, [...path, 'exec']))) return path;
  return [...path, 'exec', 'command', index - 1];
}
