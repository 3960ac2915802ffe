import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { known } from '../../model/fact.ts';
import { findSocketOwner, interfacesOf, openFilesOf, readDaemonProcess, readDaemonSockets } from './daemon.ts';
import { type ProcessEntry, readProcesses } from './processes.ts';

const self = known(process.pid, 'kernel', '/proc/self');

function pathOf(engine: Awaited<ReturnType<typeof startFakeEngine>>): string {
  return engine.address.kind === 'unix' ? engine.address.path : '';
}

function entry(pid: number, parent: number, name: string): ProcessEntry {
  return { pid, parent, name, startTicks: 0, cgroup: '' };
}

test('the owner of a socket is the process that holds it, whatever its name', async () => {
  await using engine = await startFakeEngine();
  expect(findSocketOwner(pathOf(engine), readProcesses())).toEqual({
    known: true,
    value: process.pid,
    source: 'kernel',
    path: `/proc/${process.pid}/fd`,
  });
});

test('a process that is called dockerd and does not hold the socket is not its owner', async () => {
  await using engine = await startFakeEngine();
  const entries = [entry(process.ppid, 1, 'dockerd'), entry(process.pid, 1, 'node')];
  expect(findSocketOwner(pathOf(engine), entries)).toMatchObject({ known: true, value: process.pid });
});

test('where nothing listens there is no owner, and what to do is said', () => {
  const fact = findSocketOwner('/nowhere/docker.sock', readProcesses());
  expect(fact).toMatchObject({ known: false, path: 'owner of /nowhere/docker.sock' });
  expect(fact.known ? '' : fact.need.en).toContain('start the engine');
});

test('an owner that cannot be seen from here is unknown', async () => {
  await using engine = await startFakeEngine();
  const fact = findSocketOwner(pathOf(engine), []);
  expect(fact.known ? '' : fact.need.en).toBe("run in the host's PID namespace");
});

test('the process as it was started', () => {
  const fact = readDaemonProcess(self, readProcesses());
  const value = fact.known ? fact.value : undefined;
  expect(value).toMatchObject({ pid: process.pid, uid: process.geteuid?.(), proxies: 0 });
  expect(value?.arguments[0]).toMatch(/node/);
  expect(value?.arguments.at(-1)).not.toBe('');
  expect(value?.capabilityBoundingSet).toBeTypeOf('bigint');
  const started = Date.now() - process.uptime() * 1000;
  expect(Math.abs((value?.started ?? 0) - started)).toBeLessThan(5000);
});

test('userland proxies are counted where they are its children', () => {
  const entries = [entry(7, process.pid, 'docker-proxy'), entry(8, 1, 'docker-proxy'), entry(9, process.pid, 'runc')];
  expect(readDaemonProcess(self, entries)).toMatchObject({ value: { proxies: 1 } });
});

test('a process that has ended is unknown', () => {
  const gone = known(2 ** 22 + 1, 'kernel', '');
  expect(readDaemonProcess(gone, []).known).toBe(false);
  expect(readDaemonSockets(gone).known).toBe(false);
});

test('of an owner that is not known nothing else is', () => {
  expect(readDaemonProcess(hidden, [])).toBe(hidden);
  expect(readDaemonSockets(hidden)).toBe(hidden);
});

test('the sockets that it listens on are its own alone', async () => {
  using folder = temporaryFolder();
  await using overUnix = await startFakeEngine();
  await using overTcp = await startFakeEngine({}, { over: 'tcp' });
  const closed = createServer();
  const path = join(folder.path, 'closed.sock');
  await new Promise<void>((resolve) => {
    closed.listen(path, resolve);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  closed.close(() => resolve());
  await promise;
  onTestFinished(() => void closed.close());
  const fact = readDaemonSockets(self);
  const sockets = fact.known ? fact.value : undefined;
  expect(sockets?.unix).toContain(pathOf(overUnix));
  expect(sockets?.unix).not.toContain(path);
  const port = overTcp.address.kind === 'tcp' ? overTcp.address.port : 0;
  expect(sockets?.tcp).toContainEqual({ protocol: 'tcp', address: '127.0.0.1', port });
});

test('how many files it may open', () => {
  const limits = 'Limit                     Soft Limit           Hard Limit           Units     \n';
  expect(
    openFilesOf(`${limits}Max open files            1024                 524288               files     \n`),
  ).toEqual({
    openFiles: { soft: 1024, hard: 524_288 },
  });
  expect(
    openFilesOf(`${limits}Max open files            unlimited            unlimited            files     \n`),
  ).toEqual({
    openFiles: { soft: Infinity, hard: Infinity },
  });
  expect(openFilesOf('')).toEqual({});
});

test('the network interfaces that it sees', () => {
  const devices =
    'Inter-|   Receive  |  Transmit\n face |bytes    packets|bytes\n    lo: 1 2\ndocker_gwbridge:0 0\n  veth1: 3 4\n';
  expect(interfacesOf(devices)).toEqual({ interfaces: ['lo', 'docker_gwbridge', 'veth1'] });
  expect(interfacesOf('')).toEqual({});
  expect(readDaemonProcess(self, readProcesses())).toMatchObject({
    value: { interfaces: expect.arrayContaining(['lo']) },
  });
});
