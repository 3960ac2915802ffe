import { expect, test } from 'vitest';
import type { ImageSummary } from '../../model/engine.ts';
import { type Fact, known, unreadable } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { readImages } from './images.ts';
import type { Ask } from './swarm.ts';

const id = `sha256:${'5a'.repeat(32)}`;
const path = `/images/${encodeURIComponent(id)}`;
const gap = unreadable('engine-api', 'GET /images', { en: 'refused', zh: '拒绝' }, { en: 'ask', zh: '询问' });

/** `GET /images/ID/json` of Docker 28 for an image that BuildKit made. */
const docker28: JsonValue = {
  Id: id,
  RepoTags: ['shop:1.4'],
  RepoDigests: [],
  Comment: 'buildkit.dockerfile.v0',
  Created: '2026-06-20T10:11:12.123456789Z',
  Author: '',
  Config: {
    User: 'web',
    ExposedPorts: { '8080/tcp': {} },
    Env: ['PATH=/usr/bin', 'TOKEN=a=b', 'BARE'],
    Cmd: ['web', '--port', '8080'],
    Entrypoint: ['/entrypoint.sh'],
    Volumes: { '/data': {} },
    WorkingDir: '/srv',
    OnBuild: null,
    Labels: { owner: 'shop' },
    Healthcheck: { Test: ['CMD', 'web', '--health'], Interval: 5_000_000_000 },
    Shell: ['/bin/bash', '-c'],
  },
  Architecture: 'amd64',
  Os: 'linux',
  Size: 4711,
  RootFS: { Type: 'layers', Layers: ['sha256:aa', 'sha256:bb'] },
};

const history28: JsonValue = [
  {
    Id: id,
    Created: 1_781_950_272,
    CreatedBy: 'CMD ["web"]',
    Tags: ['shop:1.4'],
    Size: 0,
    Comment: 'buildkit.dockerfile.v0',
  },
  {
    Id: '<missing>',
    Created: 1_781_950_271,
    CreatedBy: 'RUN |1 A=b /bin/sh -c apt-get update && apt-get install -y curl # buildkit',
    Tags: null,
    Size: 700,
    Comment: 'buildkit.dockerfile.v0',
  },
  {
    Id: '<missing>',
    Created: 0,
    CreatedBy: '/bin/sh -c #(nop) ADD file:0a in / ',
    Tags: null,
    Size: 4011,
    Comment: '',
  },
];

function summary(change: Partial<ImageSummary> = {}): ImageSummary {
  return { id, tags: ['shop:1.4'], digests: [], created: 1, ...change };
}

async function read(images: readonly ImageSummary[], answers: Readonly<Record<string, JsonValue | typeof gap>>) {
  const asked: string[] = [];
  const ask: Ask = async <T>(where: string, toFact: (answer: JsonValue) => T): Promise<Fact<T>> => {
    asked.push(where);
    const answer = answers[where] ?? null;
    if (answer === gap) return gap;
    return known(toFact(answer as JsonValue), 'engine-api', `GET ${where}`);
  };
  return { ...(await readImages(known(images, 'engine-api', 'GET /images/json'), ask)), asked };
}

test('an image is what its inspection and its history say, the first step first', async () => {
  const { images, gaps } = await read([summary()], { [`${path}/json`]: docker28, [`${path}/history`]: history28 });
  expect(gaps).toEqual([]);
  expect(images).toMatchObject([
    {
      id,
      tags: ['shop:1.4'],
      created: Date.UTC(2026, 5, 20, 10, 11, 12, 123),
      size: 4711,
      layers: ['sha256:aa', 'sha256:bb'],
      configuration: {
        user: 'web',
        exposedPorts: ['8080/tcp'],
        entrypoint: ['/entrypoint.sh'],
        command: ['web', '--port', '8080'],
        volumes: ['/data'],
        labels: { owner: 'shop' },
        workingDirectory: '/srv',
        healthCheck: { test: ['CMD', 'web', '--health'] },
        onBuild: [],
        shell: ['/bin/bash', '-c'],
      },
      history: {
        value: [
          { createdBy: '/bin/sh -c #(nop) ADD file:0a in / ', size: 4011 },
          { script: { commands: [{ program: 'apt-get' }, { program: 'apt-get' }] }, created: 1_781_950_271_000 },
          { createdBy: 'CMD ["web"]', tags: ['shop:1.4'] },
        ],
      },
    },
  ]);
  expect(images[0]).not.toHaveProperty('author');
  expect(images[0]).not.toHaveProperty('origin');
  expect(images[0]?.history).not.toHaveProperty('value.0.created');
});

test('values of variables are secrets', async () => {
  const { images } = await read([summary()], { [`${path}/json`]: docker28 });
  const environment = images[0]?.configuration.environment ?? [];
  expect(environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
    ['PATH', '/usr/bin'],
    ['TOKEN', 'a=b'],
    ['BARE', ''],
  ]);
  expect(JSON.stringify(images)).not.toContain('a=b');
});

test('API 1.52 leaves empty fields out: absent is empty', async () => {
  const { images } = await read([summary()], { [`${path}/json`]: { Id: id, Config: { Cmd: ['sh'] } } });
  expect(images).toMatchObject([
    {
      created: null,
      layers: [],
      configuration: { user: '', exposedPorts: [], environment: [], entrypoint: [], command: ['sh'], labels: {} },
      history: { known: true, value: [] },
    },
  ]);
});

test.each(['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '1970-01-01T00:00:01Z', '1980-01-01T00:00:01Z', ''])(
  'created %j means nothing',
  async (Created) => {
    const { images } = await read([summary()], { [`${path}/json`]: { Created } });
    expect(images[0]?.created).toBeNull();
  },
);

test('Podman writes no digest algorithm, an entry point as a text, and a history of its own', async () => {
  const bare = '5a'.repeat(32);
  const { images } = await read([summary({ id: bare })], {
    [`/images/${bare}/json`]: {
      Id: bare,
      Created: '2026-06-20T10:11:12Z',
      Config: { Env: null, Entrypoint: '/entrypoint.sh', Labels: { 'io.buildah.version': '1.41.3' } },
      RootFS: { Type: 'layers', Layers: ['sha256:aa'] },
    },
    [`/images/${bare}/history`]: [
      {
        Id: bare,
        CreatedBy: '/bin/sh -c make',
        Comment: 'FROM docker.io/library/debian:13',
        Created: 1_781_950_272,
        Size: 9,
      },
    ],
  });
  expect(images).toMatchObject([
    {
      id: bare,
      configuration: { entrypoint: ['/entrypoint.sh'], environment: [] },
      history: {
        value: [{ comment: 'FROM docker.io/library/debian:13', script: { commands: [{ program: 'make' }] } }],
      },
    },
  ]);
});

const answer = (Identity: JsonValue) => read([summary()], { [`${path}/json`]: { Identity } });

test('where the engine keeps a record of how it came, that is read', async () => {
  const pulled = await answer({ Pull: [{ Repository: 'docker.io/library/web' }], Signature: [{ Name: 'web' }] });
  expect(pulled.images[0]?.origin).toEqual({ built: false, repositories: ['docker.io/library/web'], signed: true });
  const built = await answer({ Build: [{ Ref: 'x' }], Signature: [{ Error: 'expired' }] });
  expect(built.images[0]?.origin).toEqual({ built: true, repositories: [], signed: false });
});

test('an image without a name is only read when a container was made from it', async () => {
  const nameless = [summary({ tags: [] }), summary({ id: 'sha256:77', tags: [] })];
  const { images, asked } = await read(nameless, {
    '/containers/json?all=1': [{ ImageID: id }],
    [`${path}/json`]: docker28,
  });
  expect(images).toHaveLength(1);
  expect(asked.filter((where) => where.includes('77'))).toEqual([]);
  expect((await read([summary()], {})).asked).not.toContain('/containers/json?all=1');
});

test('one that was removed meanwhile is no gap; one that is refused is', async () => {
  expect(await read([summary()], {})).toMatchObject({ images: [], gaps: [] });
  expect(await read([summary()], { [`${path}/json`]: gap })).toMatchObject({ images: [], gaps: [gap] });
  const { images } = await read([summary()], { [`${path}/json`]: docker28, [`${path}/history`]: gap });
  expect(images).toMatchObject([{ history: { known: false } }]);
});

const refusing: Ask = () => Promise.reject(new Error('not asked'));

test('without the list there are none, and the list itself is the gap', async () => {
  expect(await readImages(gap, refusing)).toEqual({ images: [], gaps: [] });
});

test('of very many images those of containers are read before the others, and it is said', async () => {
  const many = Array.from({ length: 301 }, (_, index) => summary({ id: `sha256:${index}` }));
  const last = encodeURIComponent('sha256:300');
  const { asked, gaps } = await read(many, { '/containers/json?all=1': [{ ImageID: 'sha256:300' }] });
  expect(asked.filter((each) => each.startsWith('/images/'))).toHaveLength(600);
  expect(asked).toContain(`/images/${last}/json`);
  expect(gaps).toHaveLength(1);
});
