import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeSubjects, subjectsOf } from '../../src/judge/judge.ts';
import { resolvePolicy } from '../../src/judge/policy.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { containerFromCreateRequest } from '../../src/sources/engine/container.ts';
import { type MachineReading, readMachine } from '../../src/sources/machine.ts';
import { bodyOf } from './containers.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';
import { configuredEngine, defaultEngineFails, notFailedHere, plainContainer, testContainers } from './subjects.ts';

const reason = whyNoEngine();

test.runIf(process.env.PLIMSOLL_ENGINE === 'required')('an engine can be started here, as CI promises', () => {
  expect(reason).toBeUndefined();
});

describe.skipIf(reason !== undefined)(`a real engine${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let reading: MachineReading;
  let hostFolder: string;
  const policy = resolvePolicy({});

  beforeAll(async () => {
    engine = await startPrivateEngine();
    hostFolder = mkdtempSync(join(tmpdir(), 'plimsoll-host-'));
    mkdirSync(join(hostFolder, 'shared'));
    const tree = buildImageTree(join(engine.folder, 'tree'), {
      'usr/sbin/sshd': '#!/bin/busybox sh\nwhile true; do sleep 3600; done\n',
    });
    await engine.importImage('web:1', tree);
    await engine.importImage('web:latest', tree);
    for (const each of testContainers) {
      const id = await engine.container(each.name, inPlace(bodyOf(each)), each.state !== 'created');
      if (each.state === 'exited') await engine.call('POST', `/containers/${id}/wait`);
    }
    await engine.container(plainContainer.name, plainContainer.body, true);
    reading = await readMachine({
      address: { kind: 'unix', path: engine.socket },
      surroundings: { environment: {}, home: engine.folder },
    });
  }, 120_000);

  afterAll(async () => {
    await engine?.stop();
    if (hostFolder) rmSync(hostFolder, { recursive: true, force: true });
  }, 60_000);

  /** Test containers name this run's own paths by placeholders. */
  function inPlace(body: JsonObject): JsonObject {
    const text = JSON.stringify(body).replaceAll('ENGINE_SOCKET', engine.socket).replaceAll('HOST_FOLDER', hostFolder);
    return JSON.parse(text) as JsonObject;
  }

  function failing(subjectId: string): string[] {
    const subjects = subjectsOf(reading.machine).filter(({ id }) => id === subjectId);
    expect(subjects).toHaveLength(1);
    return judgeSubjects(subjects, { policy, now: new Date(), machine: reading.machine })
      .filter(({ status }) => status === 'fail')
      .map(({ control }) => control.id);
  }

  test('everything was read, and nothing is unknown of any container', () => {
    expect(reading.gaps).toEqual([]);
    expect(reading.engineError).toBeUndefined();
    const { machine } = reading;
    expect(machine.engine.process).toMatchObject({ known: true, value: { pid: engine.pid } });
    const containers = subjectsOf(machine).filter(({ kind }) => kind === 'container');
    const unknown = judgeSubjects(containers, { policy, now: new Date(), machine }).filter(
      ({ status }) => status === 'unknown',
    );
    expect(unknown.map(({ control, subject }) => `${subject.id} ${control.id}`)).toEqual([]);
  });

  test.each(testContainers)('$name ($state) fails exactly what is wrong with it', ({ name, fails }) => {
    expect(failing(`container/${name}`)).toEqual(fails.toSorted());
  });

  test('a container with no options at all fails all that the defaults leave open', () => {
    expect(failing(`container/${plainContainer.name}`)).toEqual(plainContainer.fails.toSorted());
  });

  test('an engine with nothing configured fails all that its defaults leave open', () => {
    const { id } = subjectsOf(reading.machine).find(({ kind }) => kind === 'engine') ?? {};
    expect(failing(id ?? '')).toEqual(defaultEngineFails.toSorted());
  });

  test('every container control is failed by a real container here, but for those that are named', () => {
    const seen = new Set([...testContainers.flatMap(({ fails }) => fails), ...plainContainer.fails]);
    const unseen = policy.controls.filter(({ id, subject }) => subject === 'container' && !seen.has(id));
    expect(unseen.map(({ id }) => id)).toEqual(notFailedHere.toSorted());
  });

  test.each(testContainers)(
    '$name is judged the same from its create request, where the paper tells',
    ({ name, change, fails, kernelOnly = [] }) => {
      const container = containerFromCreateRequest(inPlace(bodyOf({ change })), name);
      const subject = { kind: 'container', id: `container/${name}`, value: container } as const;
      const onPaper = judgeSubjects([subject], { policy, now: new Date(), machine: reading.machine })
        .filter(({ status }) => status === 'fail')
        .map(({ control }) => control.id);
      expect(onPaper).toEqual(fails.filter((id) => !kernelOnly.includes(id)).toSorted());
    },
  );
});

describe.skipIf(reason !== undefined)(`a configured engine${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let engine: PrivateEngine;

  beforeAll(async () => {
    engine = await startPrivateEngine(configuredEngine.configuration);
  }, 60_000);

  afterAll(() => engine?.stop(), 60_000);

  test('what its configuration mends no longer fails', async () => {
    const { machine } = await readMachine({
      address: { kind: 'unix', path: engine.socket },
      surroundings: { environment: {}, home: engine.folder },
    });
    const ofEngine = subjectsOf(machine).filter(({ kind }) => kind !== 'host');
    const failed = judgeSubjects(ofEngine, { policy: resolvePolicy({}), now: new Date(), machine })
      .filter(({ status }) => status === 'fail')
      .map(({ control }) => control.id);
    expect(failed).toEqual(configuredEngine.fails.toSorted());
  });
});
