import { chmodSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import { readFilterChains } from './filter-chains.ts';

function daemon(pid: number): DaemonProcess {
  return { pid, arguments: ['dockerd'], uid: 0, started: 0, capabilityBoundingSet: 0n, proxies: 0 };
}

/** Reads the chains where `iptables` is this script, or is not there at all. */
async function readWith(script: string | undefined, pid = process.pid) {
  using folder = temporaryFolder();
  if (script !== undefined) chmodSync(folder.write('iptables', `#!/bin/sh\n${script}\n`), 0o755);
  vi.stubEnv('PATH', folder.path);
  return await readFilterChains(daemon(pid));
}

afterEach(() => void vi.unstubAllEnvs());

test('the engine’s own chains, among all others', async () => {
  const rules = String.raw`-P FORWARD DROP\n-N DOCKER\n-N DOCKER-USER\n-N KUBE-DOCKER\n-A FORWARD -j DOCKER-USER\n-N f2b-sshd\n`;
  await expect(readWith(`printf -- '${rules}'`)).resolves.toMatchObject({
    known: true,
    value: ['DOCKER', 'DOCKER-USER'],
  });
});

test('it asks to list, and nothing else', async () => {
  const fact = await readWith('IFS=:; echo "-N DOCKER:$*"');
  expect(fact).toMatchObject({ value: ['DOCKER:--wait:5:--table:filter:--list-rules'] });
});

test('a filter that may not be read is unknown', async () => {
  await expect(readWith('exit 4')).resolves.toMatchObject({
    known: false,
    need: { en: expect.stringContaining('root') },
  });
});

test('without iptables it is unknown', async () => {
  await expect(readWith(undefined)).resolves.toMatchObject({ known: false, need: { en: 'install iptables' } });
});

test('the filter of another network namespace cannot be seen from here', async () => {
  const fact = await readWith('echo "-N DOCKER"', 2 ** 22 + 1);
  expect(fact).toMatchObject({ known: false, reason: { en: 'the engine runs in another network namespace' } });
});
