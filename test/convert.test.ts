import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { convertFiles } from '../src/cli/convert.ts';
import { convertedDialects } from '../src/cli/converted-dialects.ts';
import { judgeSubjects } from '../src/judge/judge.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import { composeFile, podManifests, runCommands } from '../src/remedy/convert.ts';
import { secretValue } from '../src/remedy/every-field.fixture.ts';
import type { FileKind } from '../src/sources/files/kinds.ts';
import { readFiles } from '../src/sources/files/read.ts';
import { writtenFile } from '../src/sources/files/written-file.ts';
import { severalContainers } from './any-container.ts';
import { temporaryFolder } from './temporary-folder.ts';

const circumstances = { policy: resolvePolicy({}), now: new Date('2026-07-01') };

const sources = [
  { from: 'compose', name: 'compose.yaml', kind: 'compose', write: composeFile },
  { from: 'pod', name: 'pod.yaml', kind: 'kubernetes', write: podManifests },
  { from: 'run', name: 'run.sh', kind: 'run', write: runCommands },
] as const;

const kinds: Readonly<Record<(typeof convertedDialects)[number], [FileKind, string]>> = {
  compose: ['compose', 'compose.yaml'],
  pod: ['kubernetes', 'pod.yaml'],
  run: ['run', 'run.sh'],
};

function read(kind: FileKind, name: string, text: string) {
  return readFiles([{ kind, file: writtenFile(name, text) }], { environment: {} });
}

function converted(kind: FileKind, text: string, to: (typeof convertedDialects)[number], language: 'en' | 'zh' = 'en') {
  return convertFiles(read(kind, `source.${kind}`, text), circumstances, to, language);
}

function containersIn(kind: FileKind, name: string, text: string) {
  return read(kind, name, text).subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
}

describe.each(sources)('from $from', ({ kind, name, write }) => {
  test.each(convertedDialects)('to %s: all of it can be read, is hardened, and shows no secret', (to) => {
    fc.assert(
      fc.property(severalContainers, (containers) => {
        const text = convertFiles(read(kind, name, write(containers)), circumstances, to, 'en');
        const { subjects, problems } = read(...kinds[to], text);
        expect(problems).toEqual([]);
        const after = subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
        expect(after.map((each) => each.name)).toEqual(containers.map((each) => each.name));
        expect(after.map((each) => each.environment.map((variable) => variable.name))).toEqual(
          containers.map((each) => each.environment.map((variable) => variable.name)),
        );
        expect(after.map((each) => [...each.entrypoint, ...each.command])).toEqual(
          containers.map((each) => [...each.entrypoint, ...each.command]),
        );
        const failures = judgeSubjects(subjects, circumstances).filter(({ status }) => status === 'fail');
        expect(failures.filter(({ remedy }) => remedy?.kind !== 'manual').map(({ control }) => control.id)).toEqual([]);
        expect(text).not.toContain(secretValue);
      }),
      { numRuns: 8 },
    );
  });
});

const pod = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      hostPID: true
      initContainers:
      - {name: first, image: "tools:1", command: [migrate]}
      containers:
      - name: web
        image: web:1
        volumeMounts:
        - {name: cache, mountPath: /a}
        - {name: cache, mountPath: /b}
        - {name: conf, mountPath: /conf}
        - {name: keys, mountPath: /keys}
        - {name: data, mountPath: /data}
      - name: side
        image: side:1
        volumeMounts:
        - {name: cache, mountPath: /a}
      volumes:
      - {name: cache, emptyDir: {}}
      - {name: conf, configMap: {name: shop}}
      - {name: keys, secret: {secretName: shop}}
      - {name: data, persistentVolumeClaim: {claimName: shop}}
`;

interface Manifest {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, readonly { readonly name: string }[]>>;
}

describe('several containers of one pod', () => {
  test('stay one pod, with the volumes that they share', () => {
    const documents = parseAllDocuments(converted('kubernetes', pod, 'pod'));
    expect(documents).toHaveLength(1);
    const { metadata, spec } = (documents[0] as { toJS(): unknown }).toJS() as Manifest;
    expect(metadata.name).toBe('shop');
    expect(spec).not.toHaveProperty('hostPID');
    expect(spec.initContainers).toMatchObject([{ name: 'first', command: ['migrate'] }]);
    expect(spec.containers?.map(({ name }) => name)).toEqual(['web', 'side']);
    expect(spec.volumes).toEqual(
      expect.arrayContaining([
        { name: 'cache', emptyDir: {} },
        { name: 'shop', configMap: { name: 'shop' } },
        { name: 'shop-2', secret: { secretName: 'shop' } },
        { name: 'shop-3', persistentVolumeClaim: { claimName: 'shop' } },
      ]),
    );
    const names = spec.volumes?.map(({ name }) => name) ?? [];
    expect(new Set(names).size).toBe(names.length);
  });

  test('are services of one file, which wait for those that come first', () => {
    const text = converted('kubernetes', pod, 'compose');
    const [document] = parseAllDocuments(text);
    expect(document?.toJS()).toMatchObject({
      services: {
        first: { image: 'tools:1', entrypoint: ['migrate'] },
        web: { depends_on: { first: { condition: 'service_completed_successfully' } } },
        side: { depends_on: { first: { condition: 'service_completed_successfully' } } },
      },
      volumes: { cache: {}, 'shop-configmap': {}, 'shop-secret': {}, shop: {} },
    });
    expect(text).not.toMatch(/driver|RuntimeDefault/);
  });

  test('two of the same name have two names', () => {
    const twice = `${pod}---\n${pod.replace('name: shop}', 'name: other}')}`;
    const names = containersIn(...kinds.compose, converted('kubernetes', twice, 'compose')).map(({ name }) => name);
    expect(names).toEqual(['first', 'web', 'side', 'first-2', 'web-2', 'side-2']);
    expect(
      new Set(containersIn(...kinds.run, converted('kubernetes', twice, 'run')).map(({ name }) => name)).size,
    ).toBe(6);
  });
});

/** The comments at the top. */
function remarksOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('#'));
}

describe('a Compose file', () => {
  const compose = `services:
  web:
    image: \${REGISTRY}/web:1
    container_name: the-web
    networks: [front, back]
    ports: ["80:80"]
    volumes: [data:/data]
    environment: {TOKEN: ${secretValue}, DEBUG: "0"}
    command: [serve, --password, ${secretValue}]
    labels: {db.password: ${secretValue}}
    ulimits: {nproc: 9}
  none: {}
volumes: {data: {}}
networks: {front: {}, back: {}}
`;

  test('declares what its services use, and keeps names and variables', () => {
    const [document] = parseAllDocuments(converted('compose', compose, 'compose'));
    expect(document?.toJS()).toMatchObject({
      services: { web: { image: '${REGISTRY}/web:1', container_name: 'the-web', environment: ['TOKEN', 'DEBUG'] } },
      networks: { front: {}, back: {} },
      volumes: { data: {} },
    });
  });

  test('of what a pod cannot say, says so at the top', () => {
    expect(remarksOf(converted('compose', compose, 'pod'))).toEqual([
      '# Variables appear by name: their values are not written here.',
      '# Not said here:',
      '#   the-web: the program and its arguments, ulimits, published ports, networks',
    ]);
    expect(remarksOf(converted('compose', compose, 'pod', 'zh')).join('\n')).toMatch(
      /^# 环境变量只写名称.*\n# 此处未写出：\n# {3}the-web：程序及其参数、ulimit、/,
    );
  });

  test('leaves a variable in an image’s name to the shell', () => {
    expect(converted('compose', compose, 'run')).toContain('"${REGISTRY}/web:1"');
  });

  test('leaves out what an image sets itself, which a name without a value would take away', () => {
    using folder = temporaryFolder({ Dockerfile: 'FROM a:1\nENV PATH=/app/bin\n' });
    const name = folder.write('compose.yaml', 'services: {web: {build: ., environment: [A]}}\n');
    const reading = readFiles([{ kind: 'compose', file: writtenFile(name, readFileSync(name, 'utf8')) }], {
      environment: {},
    });
    const text = convertFiles(reading, circumstances, 'pod', 'en');
    expect(containersIn(...kinds.pod, text)).toMatchObject([{ environment: [{ name: 'A' }] }]);
  });
});

test('without a container there is nothing to write', () => {
  expect(() => converted('kubernetes', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 'run')).toThrow(
    /no container/,
  );
});
