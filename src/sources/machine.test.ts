import { expect, onTestFinished, test } from 'vitest';
import { type Answers, hangUpHalfWay, status } from '../../test/answers.ts';
import { type FakeEngineOptions, startFakeEngine } from '../../test/fake-engine.ts';
import { containerAnswers, docker20Version, inspected, tooOld } from '../../test/recorded-engines.ts';
import { readMachine } from './machine.ts';

const surroundings = { environment: {}, home: '/nowhere' };

async function read(answers: Answers = {}, options: FakeEngineOptions = {}) {
  const engine = await startFakeEngine(answers, options);
  onTestFinished(() => engine.close());
  return { engine, ...(await readMachine({ address: engine.address, surroundings })) };
}

test('one snapshot of a machine, its engine and its containers', async () => {
  const { engine, machine, gaps, engineError } = await read(containerAnswers(inspected('web'), inspected('db')));
  expect(engineError).toBeUndefined();
  expect(gaps).toEqual([]);
  expect(machine.unlisted).toBeUndefined();
  expect(machine.containers.map(({ name }) => name)).toEqual(['db', 'web']);
  expect(machine.engine).toMatchObject({
    endpoint: engine.host,
    kind: 'docker',
    local: true,
    version: { value: { version: '20.10.24+dfsg1' } },
    info: { value: { name: 'harbour' } },
    process: { value: { pid: process.pid } },
    sockets: { value: { unix: expect.arrayContaining([engine.host.slice('unix://'.length)]) } },
    clients: { value: [] },
  });
  expect(machine.host.kernelRelease.known).toBe(true);
});

test('an engine that is reached over the network is not looked for on this machine', async () => {
  const { machine } = await read(containerAnswers(inspected('web', { state: 'running' })), { over: 'tcp' });
  expect(machine.containers).toHaveLength(1);
  expect(machine.containers[0]?.effective).toBeUndefined();
  const { process, configuration, sockets, units, filterChains } = machine.engine;
  for (const fact of [process, configuration, sockets, units, filterChains]) {
    expect(fact).toMatchObject({ known: false, need: { en: "run Plimsoll on the engine's own machine" } });
  }
});

test('a kernel of the same release over the network is no proof of the same machine', async () => {
  const { machine } = await read({}, { over: 'tcp' });
  expect(machine.engine.version.known).toBe(true);
  expect(machine.engine.local).toBe(false);
});

test('a socket that leads to another kernel is forwarded: whoever holds it here is not the engine', async () => {
  const { machine } = await read({ '/version': { ...docker20Version, KernelVersion: '6.6.87.2-linuxkit' } });
  expect(machine.engine).toMatchObject({ local: false, process: { known: false }, configuration: { known: false } });
  expect(machine.engine.version.known).toBe(true);
});

test('without an engine the host is still read, and everything else says why not', async () => {
  const address = { kind: 'unix', path: '/nowhere/docker.sock' } as const;
  const { machine, gaps, engineError } = await readMachine({ address, surroundings });
  expect(engineError?.code).toBe('engine-not-found');
  expect(machine.host.kernelRelease.known).toBe(true);
  expect(machine.containers).toEqual([]);
  expect(gaps.map(({ path }) => path)).toEqual(['GET /containers/json']);
  const { version, info, process, sockets } = machine.engine;
  for (const fact of [version, info, process, sockets]) expect(fact.known).toBe(false);
});

test('an engine that cannot be spoken to still shows its process', async () => {
  const { machine, engineError } = await read(tooOld);
  expect(engineError?.code).toBe('engine-version');
  expect(machine.engine.info.known).toBe(false);
  expect(machine.engine.process).toMatchObject({ known: true, value: { pid: process.pid } });
});

test('an engine that goes away half way leaves what it had said, and gaps', async () => {
  const { machine, gaps, engineError } = await read({
    '/info': hangUpHalfWay,
    '/containers/json': hangUpHalfWay,
    '/images/json': status(500),
  });
  expect(engineError).toBeUndefined();
  expect(machine.engine.version.known).toBe(true);
  expect(machine.engine.info).toMatchObject({ known: false, path: 'GET /info' });
  expect(machine.engine.images.known).toBe(false);
  expect(gaps.map(({ path }) => path)).toEqual(['GET /containers/json?all=1']);
  expect(machine.unlisted).toBe(gaps[0]);
});
