import { describe, expect, test } from 'vitest';
import { container, engine, hidden, info, machine, running } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { PublishedPort } from '../../model/container-spec.ts';
import { apiListeners, formatListener, parseHost } from './api-listeners.ts';

const sockets = (unix: string[], ports: number[]) =>
  known(
    { unix, tcp: ports.map((port) => ({ protocol: 'tcp' as const, address: '0.0.0.0', port })) },
    'kernel',
    '/proc/400/fd',
  );

const started = (...flags: string[]) =>
  mapFact(engine().process, (before) => ({ ...before, arguments: ['/usr/bin/dockerd', ...flags] }));

function listeners(subject: EngineFacts, where = machine()) {
  const fact = apiListeners(subject, where);
  if (!fact.known) throw new Error('unreadable');
  return { unix: fact.value.unix, tcp: fact.value.tcp.map(({ port }) => port), source: fact.source };
}

const publishes = (port: Partial<PublishedPort>) => [{ containerPort: 80, protocol: 'tcp' as const, ...port }];

describe('sockets that the process holds', () => {
  test('sockets of libnetwork, Swarm and metrics below the runtime folder are not the API', () => {
    const internal = [
      '/var/run/docker/metrics.sock',
      '/run/docker/libnetwork/ab12cd34.sock',
      '/run/docker/swarm/control.sock',
      '/run/user/1000/docker/libnetwork/ab12.sock',
      '/srv/engine/exec/metrics.sock',
    ];
    const subject = engine(
      { 'exec-root': '/srv/engine/exec/' },
      { sockets: sockets(['/run/docker.sock', ...internal], []) },
    );
    expect(listeners(subject).unix).toEqual(['/run/docker.sock']);
  });

  test('a socket below the runtime folder counts when the engine was told to answer there', () => {
    const subject = engine(
      {},
      { process: started('-H', 'unix:///var/run/docker/api.sock'), sockets: sockets(['/run/docker/api.sock'], []) },
    );
    expect(listeners(subject).unix).toEqual(['/run/docker/api.sock']);
  });

  test('ports of Swarm, of metrics and of the network diagnostics are not the API', () => {
    const subject = engine(
      { 'metrics-addr': '127.0.0.1:9323', 'network-diagnostic-port': 2000 },
      { sockets: sockets([], [2377, 7946, 9323, 2000, 2375]) },
    );
    expect(listeners(subject).tcp).toEqual([2375]);
  });

  test('a port of Swarm is the API when the engine was told to answer there', () => {
    const subject = engine({}, { process: started('-H', 'tcp://0.0.0.0:2377'), sockets: sockets([], [2377]) });
    expect(listeners(subject).tcp).toEqual([2377]);
  });

  test('published ports, which dockerd itself holds where there is no userland proxy, are not the API', () => {
    const subject = engine({}, { sockets: sockets([], [8080, 40_001, 9000]) });
    const busy = machine({
      containers: [
        running({}, { ports: publishes({ hostPort: 8080 }) }),
        running({}, { ports: publishes({}) }),
        running({}, { ports: publishes({ hostPort: 9000, protocol: 'udp' }) }),
      ],
    });
    expect(listeners(subject, busy).tcp).toEqual([9000]);
    const stopped = machine({
      containers: [{ ...container({ ports: publishes({ hostPort: 8080 }) }), state: 'stopped' }],
    });
    expect(listeners(subject, stopped).tcp).toEqual([8080, 40_001, 9000]);
  });

  test('on a Swarm node the ports of services are not the API, but its conventional ports are', () => {
    const facts = { info: info({ swarm: 'active' }), sockets: sockets([], [8080, 2376]) };
    expect(listeners(engine({}, facts)).tcp).toEqual([2376]);
  });
});

describe('hosts that the engine was told, where its sockets cannot be seen', () => {
  const unseen = { sockets: hidden };

  test('the file', () => {
    const subject = engine({ hosts: ['unix:///run/docker.sock', 'tcp://10.0.0.5:2376'] }, unseen);
    expect(listeners(subject)).toEqual({ unix: ['/run/docker.sock'], tcp: [2376], source: 'file' });
  });

  test('the command line', () => {
    const subject = engine({}, { ...unseen, process: started('-H', 'fd://', '-Htcp://0.0.0.0:2375') });
    expect(listeners(subject)).toEqual({ unix: [], tcp: [2375], source: 'command-line' });
  });

  test.each([null, []])('without any (%j) the engine answers on its default socket', (hosts) => {
    expect(listeners(engine({ hosts }, unseen)).unix).toEqual(['/var/run/docker.sock']);
  });

  test('the warnings of the engine are the last resort', () => {
    const warning = '[DEPRECATION NOTICE]: API is accessible on http://[::]:2375 without encryption. More text.';
    const facts = { ...unseen, process: hidden, configuration: hidden };
    expect(listeners(engine({}, { ...facts, info: info({ warnings: [warning] }) }))).toMatchObject({
      tcp: [2375],
      source: 'engine-api',
    });
    expect(apiListeners(engine({}, facts)).known).toBe(false);
  });
});

test.each([
  ['tcp://10.0.0.5:2376', '10.0.0.5', 2376],
  ['tcp://[fd00::1]:2376', 'fd00::1', 2376],
  ['0.0.0.0:4243', '0.0.0.0', 4243],
  ['tcp://:2375', 'localhost', 2375],
  ['tcp://', 'localhost', 2375],
  ['tcp://build.example:2376/', 'build.example', 2376],
])('dockerd reads %s as %s port %i', (text, address, port) => {
  expect(parseHost(text)).toEqual({ kind: 'tcp', address, port });
});

test('unix, systemd and what dockerd refuses', () => {
  expect(parseHost('unix://')).toEqual({ kind: 'unix', path: '/var/run/docker.sock' });
  expect(parseHost('fd://docker.socket')).toEqual({ kind: 'activated' });
  expect(parseHost('npipe:////./pipe/docker_engine')).toBeUndefined();
});

test('IPv6 addresses are written in brackets', () => {
  expect(formatListener({ address: '::', port: 2375 })).toBe('tcp://[::]:2375');
});
