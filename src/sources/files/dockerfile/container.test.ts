import { expect, test } from 'vitest';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import { writtenFile } from '../written-file.ts';
import { containerFromDockerfile } from './container.ts';
import { readDockerfile } from './dockerfile.ts';

function container(text: string, target?: string): ContainerSpec {
  const options = target === undefined ? {} : { target };
  const spec = containerFromDockerfile(readDockerfile(writtenFile('app/Dockerfile', text), options));
  if (!spec) throw new Error('no container');
  return spec;
}

test.each([
  ['FROM a', undefined],
  ['FROM scratch', undefined],
  ['FROM a\nUSER me', 'me'],
  ['FROM a\nUSER me\nUSER 0:0', '0:0'],
  ['FROM a\nARG U=me\nUSER ${U}:g', 'me:g'],
  ['FROM a\nUSER $APP_UID', '$APP_UID'],
  ['FROM a AS b\nUSER me\nFROM b', 'me'],
  ['FROM a AS b\nUSER me\nFROM b AS c\nFROM c\nUSER you', 'you'],
  ['FROM a AS b\nUSER me\nFROM c', undefined],
  ['FROM a\nONBUILD USER me', undefined],
  ['FROM gcr.example/static:nonroot', 'nonroot'],
  ['FROM gcr.example/static:debug-nonroot-amd64', 'nonroot'],
  ['FROM gcr.example/node:latest-nonroot', 'nonroot'],
  ['FROM gcr.example/nonroot:latest', undefined],
  ['FROM docker:27-dind-rootless', 'nonroot'],
  ['FROM nginxinc/nginx-unprivileged:1.27', 'nonroot'],
  ['FROM nginxinc/nginx-unprivileged', 'nonroot'],
  ['FROM example/unprivilegedness:1', undefined],
  ['FROM gcr.example/static:nonroot\nUSER root', 'root'],
  ['ARG T=nonroot\nFROM gcr.example/static:$T', 'nonroot'],
])('the user of %j', (text, user) => {
  expect(container(text).user).toBe(user);
});

test.each([
  ['CMD a b', [], ['/bin/sh', '-c', 'a b']],
  ['CMD ["a", "b"]', [], ['a', 'b']],
  ['ENTRYPOINT ["a"]\nCMD ["b"]', ['a'], ['b']],
  ['CMD ["b"]\nENTRYPOINT ["a"]', ['a'], ['b']],
  ['SHELL ["bash", "-c"]\nENTRYPOINT a', ['bash', '-c', 'a'], []],
  ['CMD ["a"]\nCMD ["b"]', [], ['b']],
  ['CMD ["b"]\nFROM x\nENTRYPOINT ["a"]', ['a'], []],
  ['CMD ["b"]\nFROM x\nENTRYPOINT ["a"]\nCMD ["c"]', ['a'], ['c']],
  ['ENTRYPOINT ["a"]\nFROM x\nCMD ["c"]', ['a'], ['c']],
])('what %j starts', (text, entrypoint, command) => {
  expect(container(`FROM base AS x\n${text}`)).toMatchObject({ entrypoint, command });
});

test('variables: those of ENV, the last value of each, never in the open', () => {
  const { environment } = container('FROM a AS b\nENV A=1 B=$A\nARG C=2\nFROM b\nENV A=3 P=/x:$PATH');
  expect(environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
    ['A', '3'],
    ['B', '$A'],
    ['P', '/x:$PATH'],
  ]);
  expect(JSON.stringify(environment)).not.toContain('/x');
});

test('ports, volumes, labels and the health check', () => {
  const text = `FROM a
EXPOSE 80 53/UDP 8000-8002
EXPOSE 80/tcp
VOLUME /data ["/b"]
VOLUME ["/data", "/c d"]
LABEL a=b org.example.c="d e"
HEALTHCHECK NONE
HEALTHCHECK --interval=5s CMD curl x
`;
  expect(container(text)).toMatchObject({
    exposedPorts: ['80/tcp', '53/udp', '8000/tcp', '8001/tcp', '8002/tcp'],
    mounts: ['/data', '[/b]', '/c d'].map((target) => ({ kind: 'volume', target, readOnly: false, anonymous: true })),
    labels: { a: 'b', 'org.example.c': 'd e' },
    healthCheck: { test: ['CMD-SHELL', 'curl x'] },
  });
});

test.each([
  ['HEALTHCHECK CMD ["a", "b"]', { test: ['CMD', 'a', 'b'] }],
  ['HEALTHCHECK NONE', { test: ['NONE'] }],
  ['RUN x', undefined],
])('the health check of %j', (text, expected) => {
  expect(container(`FROM a\n${text}`).healthCheck).toEqual(expected);
});

test('a variable in EXPOSE may stand for several ports, and a long range stays one', () => {
  expect(container('FROM a\nARG P="80 81/udp"\nEXPOSE $P 1-65535 8080:90').exposedPorts).toEqual([
    '80/tcp',
    '81/udp',
    '1-65535/tcp',
    '90/tcp',
  ]);
});

test('every field is at the line that says it; what nobody says, at the FROM of the target', () => {
  const text = `FROM a AS b
USER me
ENV A=1 \\
    B=2
FROM b
EXPOSE 80 \\
    443
VOLUME /x
LABEL org.example.a=1
ENV A=2
HEALTHCHECK NONE
CMD ["a",
`;
  const spec = container(text.replace('["a",', '["a", "b"]'));
  const lines = [
    ['user', 2],
    ['environment[0]', 10],
    ['environment[0].value', 10],
    ['environment[1]', 4],
    ['exposedPorts[0]', 6],
    ['exposedPorts[1]', 7],
    ['mounts[0]', 8],
    ['mounts[0].target', 8],
    ['labels.org.example.a', 9],
    ['healthCheck.test', 11],
    ['command[1]', 12],
    ['capabilities.drop', 5],
    ['readOnlyRoot', 5],
  ] as const;
  for (const [field, line] of lines) expect([field, spec.locate(field).line]).toEqual([field, line]);
  expect(spec.locate('command[1]')).toMatchObject({ file: 'app/Dockerfile', column: 11, path: 'CMD' });
});

test('the chosen stage is judged, and nothing where nothing is built', () => {
  const text = 'FROM a AS b\nUSER one\nFROM a\nUSER two';
  expect(container(text).user).toBe('two');
  expect(container(text, 'b')).toMatchObject({ user: 'one', name: 'app/Dockerfile', state: 'declared' });
  expect(containerFromDockerfile(readDockerfile(writtenFile('Dockerfile', 'ARG A'), {}))).toBeUndefined();
});
