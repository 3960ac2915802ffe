import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeSubjects, subjectsOf } from '../../src/judge/judge.ts';
import { resolvePolicy } from '../../src/judge/policy.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { readMachine } from '../../src/sources/machine.ts';
import { bodyOf } from './containers.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();

/** What a careful person would have set; what it leaves open fails before and after, and is not looked at. */
const careful: JsonObject = {
  'log-driver': 'json-file',
  'log-opts': { 'max-size': '1m', 'max-file': '2' },
  'live-restore': true,
  'no-new-privileges': true,
  'default-ulimits': {
    nofile: { Name: 'nofile', Soft: 1024, Hard: 65_536 },
    nproc: { Name: 'nproc', Soft: 1024, Hard: 2048 },
  },
};

/** Failures that were not there before, as `subject control`. */
async function failuresOf(engine: PrivateEngine): Promise<Set<string>> {
  const { machine, gaps, engineError } = await readMachine({
    address: { kind: 'unix', path: engine.socket },
    surroundings: { environment: {}, home: engine.folder },
  });
  expect(engineError).toBeUndefined();
  expect(gaps).toEqual([]);
  const findings = judgeSubjects(subjectsOf(machine), { policy: resolvePolicy({}), now: new Date(), machine });
  return new Set(
    findings
      .filter(({ status }) => status === 'fail')
      .map(({ subject, control }) => `${subject.id.replace(/^engine\/.*/, 'engine')} ${control.id}`),
  );
}

interface Defect {
  readonly what: string;
  make(engine: PrivateEngine): unknown;
  unmake(engine: PrivateEngine): unknown;
  /** What fails that did not, as `subject control`. */
  readonly fails: readonly string[];
}

const worldWritable = [0o666, 0o646, 0o622].map((mode): Defect => ({
  what: `a daemon.json of the mode ${mode.toString(8)}`,
  make: ({ configurationFile }) => chmodSync(configurationFile, mode),
  unmake: ({ configurationFile }) => chmodSync(configurationFile, 0o644),
  fails: ['host host-file-daemon-json-mode'],
}));

const finished = Array.from({ length: 12 }, (_, index) => `finished-${index}`);

const leftOver = Array.from({ length: 11 }, (_, index) => `left-over-${index}`);

const defects: readonly Defect[] = [
  ...worldWritable,
  {
    what: 'a socket that everybody can write to',
    make: ({ socket }) => chmodSync(socket, 0o666),
    unmake: ({ socket }) => chmodSync(socket, 0o660),
    fails: ['host host-file-docker-sock-mode'],
  },
  {
    what: 'a daemon.json of somebody else',
    make: ({ configurationFile }) => chownSync(configurationFile, 65_534, 65_534),
    unmake: ({ configurationFile }) => chownSync(configurationFile, 0, 0),
    fails: ['host host-file-daemon-json-owner'],
  },
  {
    what: 'a folder that everybody can write to, mounted into a container',
    make: async (engine) => {
      mkdirSync(join(engine.folder, 'open'));
      chmodSync(join(engine.folder, 'open'), 0o777);
      await started(engine, 'reader', { HostConfig: { Binds: [`${join(engine.folder, 'open')}:/data:ro`] } });
    },
    unmake: (engine) => removed(engine, 'reader'),
    fails: ['host host-bind-source-permissions'],
  },
  {
    what: 'a heap of volumes that nothing uses any more',
    make: async (engine) => {
      for (const name of leftOver) await engine.call('POST', '/volumes/create', { Name: name });
    },
    unmake: async (engine) => {
      for (const name of leftOver) await engine.call('DELETE', `/volumes/${name}`);
    },
    fails: ['engine operations-unused-volumes'],
  },
  {
    what: 'a container on the default bridge',
    make: (engine) => started(engine, 'on-default', { HostConfig: { NetworkMode: 'default' } }),
    unmake: (engine) => removed(engine, 'on-default'),
    fails: ['container/on-default network-no-default-bridge'],
  },
  {
    what: 'a port on every address',
    make: (engine) =>
      engine.container(
        'published',
        bodyOf({ change: { HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '', HostPort: '8080' }] } } } }),
        false,
      ),
    unmake: (engine) => removed(engine, 'published'),
    fails: ['container/published network-bind-specific-interface'],
  },
  {
    what: 'a heap of containers that have ended',
    make: async (engine) => {
      for (const name of finished) {
        const id = await engine.container(name, bodyOf({ change: { Cmd: ['true'] } }), true);
        await engine.call('POST', `/containers/${id}/wait`);
      }
    },
    unmake: async (engine) => {
      for (const name of finished) await removed(engine, name);
    },
    fails: ['engine operations-stopped-containers-removed'],
  },
  {
    what: 'an image that is a year old, in use',
    make: async (engine) => {
      await engine.call('POST', '/images/load', oldImage(join(engine.folder, 'old')));
      await started(engine, 'aged', { Image: 'old:1' });
    },
    unmake: async (engine) => {
      await removed(engine, 'aged');
      await engine.call('DELETE', '/images/old:1');
    },
    fails: ['image/old:1 image-age'],
  },
];

async function started(engine: PrivateEngine, name: string, change: JsonObject): Promise<void> {
  await engine.container(name, bodyOf({ change }), true);
}

async function removed(engine: PrivateEngine, name: string): Promise<void> {
  await engine.call('DELETE', `/containers/${name}?force=1&v=1`);
}

describe.skipIf(reason !== undefined)(`defects made on purpose${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let before: Set<string>;

  beforeAll(async () => {
    engine = await startPrivateEngine(careful);
    const tree = buildImageTree(join(engine.folder, 'tree'));
    await engine.importImage('web:1', tree);
    await engine.container('web', bodyOf({ change: {} }), true);
    before = await failuresOf(engine);
  }, 120_000);

  afterAll(() => engine?.stop(), 60_000);

  test('nothing fails anew where nothing was changed', async () => {
    expect([...(await failuresOf(engine)).difference(before)]).toEqual([]);
  });

  test.each(defects)('$what fails exactly what is meant for it', async (defect) => {
    await defect.make(engine);
    try {
      expect([...(await failuresOf(engine)).difference(before)].toSorted()).toEqual(defect.fails.toSorted());
    } finally {
      await defect.unmake(engine);
    }
  });
});

/** Defects of the daemon's own configuration, all at once. */
const careless: JsonObject = {
  ...careful,
  debug: true,
  experimental: true,
  'insecure-registries': ['registry.example:5000'],
  'registry-mirrors': ['http://mirror.example'],
  'metrics-addr': '0.0.0.0:19323',
  'live-restore': false,
  'no-new-privileges': false,
};

describe.skipIf(reason !== undefined)(`a careless configuration${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('every defect of it is found by the control that is meant for it, and by no other', async () => {
    const before = await failuresWith(careful);
    const after = await failuresWith(careless, ['--host=tcp://127.0.0.1:12375']);
    expect([...after.difference(before)].toSorted()).toEqual([
      'engine daemon-experimental-off',
      'engine daemon-live-restore',
      'engine daemon-log-level-info',
      'engine daemon-metrics-not-public',
      'engine daemon-no-insecure-registries',
      'engine daemon-no-new-privileges',
      'engine daemon-tcp-tls-verified',
      'engine registry-mirror-trusted',
    ]);
  }, 120_000);
});

/** What fails of an engine with a configuration, and of nothing on it. */
async function failuresWith(configuration: JsonObject, options: readonly string[] = []): Promise<Set<string>> {
  const engine = await startPrivateEngine(configuration, options);
  try {
    return await failuresOf(engine);
  } finally {
    await engine.stop();
  }
}

/** An image as `docker save` writes it, made a year ago, and well made but for that. */
function oldImage(folder: string): Buffer {
  mkdirSync(folder);
  const tree = buildImageTree(join(folder, 'tree'));
  const layer = join(folder, 'layer.tar');
  execFileSync('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', tree, '-cf', layer, '.']);
  const digest = createHash('sha256').update(readFileSync(layer)).digest('hex');
  const created = new Date(Date.now() - 366 * 24 * 60 * 60 * 1000).toISOString();
  const configuration = {
    architecture: 'amd64',
    os: 'linux',
    created,
    config: {
      User: '10001',
      Cmd: ['sleep', '86400'],
      Healthcheck: { Test: ['CMD', '/bin/true'] },
      Labels: {
        'org.opencontainers.image.source': 'https://code.example/old',
        'org.opencontainers.image.base.name': 'registry.example/base:1',
      },
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    history: [{ created, created_by: 'COPY . / # buildkit', comment: 'buildkit.dockerfile.v0' }],
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify([{ Config: 'config.json', RepoTags: ['old:1'], Layers: ['layer.tar'] }]),
  );
  const archive = execFileSync('tar', ['-C', folder, '-c', 'manifest.json', 'config.json', 'layer.tar'], {
    maxBuffer: 2 ** 30,
  });
  rmSync(folder, { recursive: true });
  return archive;
}
