import { expect, onTestFinished, test } from 'vitest';
import { startFakeEngine } from '../../test/fake-engine.ts';
import { containerAnswers, inspected } from '../../test/recorded-engines.ts';
import { unreadable } from '../model/fact.ts';
import type { Standpoint } from './host/standpoint.ts';
import { readMachine } from './machine.ts';

const gapOf = (kind: string) =>
  unreadable('kernel', `/proc/self/ns/${kind}`, { en: 'elsewhere', zh: '别处' }, { en: kind, zh: kind });
const inContainer = { files: gapOf('mnt'), processes: gapOf('pid'), network: gapOf('net') };

/** What is read from a standpoint. */
async function readAt(standpoint: Standpoint) {
  const engine = await startFakeEngine(containerAnswers(inspected('web')));
  onTestFinished(() => engine.close());
  const surroundings = { environment: {}, home: '/nowhere' };
  return (await readMachine({ address: engine.address, surroundings, standpoint })).machine;
}

test('in a container nothing of its own passes for the host’s', async () => {
  const { host, engine, containers } = await readAt(inContainer);
  const ofFiles = [
    ...Object.values(host.files),
    host.accounts,
    host.subordinateIds,
    host.enabledUnits,
    host.credentials,
    host.distribution,
    host.mounts,
    host.bindSources,
    host.kernel.installed,
    host.kernel.rebootAskedFor,
    engine.configuration,
    engine.units,
    engine.referencedFiles,
  ];
  for (const fact of ofFiles) expect(fact).toMatchObject({ known: false, need: { en: 'mnt' } });
  expect(host.processes).toMatchObject({ known: false, need: { en: 'pid' } });
  for (const fact of [host.listeners, host.packetFilter, host.runtimeSockets]) {
    expect(fact).toMatchObject({ known: false, need: { en: 'net' } });
  }
  // The kernel is the same, and so is what the engine says.
  expect(host.kernelRelease.known && host.kernel.started.known && engine.info.known).toBe(true);
  expect(engine.local).toBe(true);
  expect(containers).toHaveLength(1);
});

test('what the network namespace has of its own is not told of the host', async () => {
  const { kernel } = (await readAt({ network: gapOf('net') })).host;
  const names = kernel.parameters.known ? Object.keys(kernel.parameters.value) : [];
  expect(names).toContain('kernel.randomize_va_space');
  expect(names.filter((name) => name.startsWith('net.'))).toEqual([]);
  expect(kernel.hiddenParameters).toContain('net.ipv4.ip_forward');
});

test('in the host’s PID namespace the first process shows the host’s mounts and listeners', async () => {
  const { host } = await readAt({ files: gapOf('mnt'), network: gapOf('net') });
  expect(host.processes.known).toBe(true);
  expect(host.listeners).toMatchObject({ known: true });
  expect(host.mounts.path).not.toBe('/proc/self/mountinfo');
});

test('only in another network namespace the files are the host’s', async () => {
  const { host } = await readAt({ network: gapOf('net'), processes: gapOf('pid') });
  expect(host.accounts.known && host.mounts.known && host.distribution.known).toBe(true);
  expect(host.packetFilter.known || host.listeners.known).toBe(false);
});
