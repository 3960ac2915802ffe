import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAdvisoryDatabase } from '../../src/feeds/advisory-database.ts';
import { importFeeds } from '../../src/feeds/import-feeds.ts';
import { storeFile } from '../../src/feeds/store-file.ts';
import type { ComponentPart, HostComponents } from '../../src/model/host-component.ts';
import { findComponents } from '../../src/scan/host/find-components.ts';
import { readMachine } from '../../src/sources/machine.ts';
import { advisoryPart, osvRecord } from '../feed-parts.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine() ?? whyNotDebian();

/** What is asked here is answered by the packages of Debian, whichever release it is. */
function whyNotDebian(): string | undefined {
  const isDebian = /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  return isDebian ? undefined : 'the engine is not that of Debian';
}

describe.skipIf(reason !== undefined)(`the components of a real engine${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let found: HostComponents;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    const dataFolder = engine.folder;
    const database = openAdvisoryDatabase(storeFile(dataFolder), { writes: true });
    const [, release = ''] = /^VERSION_ID="?(\d+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    const all = [{ introduced: '0' }];
    await importFeeds(
      database,
      [
        advisoryPart('Debian', [
          osvRecord('DSA-1', `Debian:${release}`, 'runc', [...all, { fixed: '999' }], { upstream: ['CVE-2024-1'] }),
        ]),
        advisoryPart('Go', [osvRecord('GO-1', 'Go', 'stdlib', all, { aliases: ['CVE-2024-2'] })]),
      ],
      { now: 1_717_200_000 },
    );
    database.close();
    const surroundings = { environment: {}, home: engine.folder };
    const { machine } = await readMachine({ address: { kind: 'unix', path: engine.socket }, surroundings });
    found = await findComponents(machine, { dataFolder });
  }, 120_000);

  afterAll(() => engine?.stop(), 60_000);

  function partOf(part: ComponentPart) {
    const [one, ...others] = found.components.filter((each) => each.part === part);
    expect(others).toEqual([]);
    return one;
  }

  function idsOf(part: ComponentPart) {
    const flaws = partOf(part)?.flaws;
    return flaws?.known ? flaws.value.found.map(({ id }) => id) : flaws?.reason.en;
  }

  test.each([
    ['engine', 'dockerd', 'docker.io'],
    ['containerd', 'containerd', 'containerd'],
    ['runtime', 'runc', 'runc'],
  ] as const)('the %s is %s of the package %s, with what is built in told beside', (part, name, owner) => {
    const component = partOf(part);
    expect(component).toMatchObject({ name, judgedBy: 'distribution', gaps: [] });
    expect(component?.package).toContain(`/${owner}@`);
    expect(component?.builtIn?.found.map(({ id, reason: { name: module } }) => [id, module])).toEqual([
      ['CVE-2024-2', 'stdlib'],
    ]);
  });

  test('what the distribution says of them counts', () => {
    expect([idsOf('engine'), idsOf('containerd'), idsOf('runtime')]).toEqual([[], [], ['CVE-2024-1']]);
  });

  test('the kernel is the one that runs, whoever provides it', () => {
    const release = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
    expect(partOf('kernel')).toMatchObject({ name: release, judgedBy: 'distribution' });
  });
});
