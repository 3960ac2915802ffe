import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  letrec,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareContainer } from '../../../remedy/every-field.fixture.ts';
import { Secret } from '../../../model/secret.ts';
import { writtenFile } from '../written-file.ts';
import { readComposeText } from './project.ts';
import { at, readTree } from './reading.fixture.ts';

const oneService = 'services: {web: {image: a}}';

describe('the name of a project', () => {
  const written = `name: written\n${oneService}`;

  test.each<[string, string, object]>([
    ['chosen', written, { projectName: 'Chosen', environment: { COMPOSE_PROJECT_NAME: 'given' } }],
    ['given', written, { environment: { COMPOSE_PROJECT_NAME: 'given' } }],
    ['written', written, {}],
    ['stage-x', `name: "\${STAGE}-x"\n${oneService}`, { environment: { STAGE: 'stage' } }],
    ['shop1', oneService, {}],
    ['shop1', `name: "\${NOTHING}"\n${oneService}`, {}],
  ])('is %s', (expected, text, options) => {
    expect(readTree({ '/srv/_Shop.1/compose.yaml': text }, options).project.name).toBe(expected);
  });

  test('of several files the last one that says it holds', () => {
    const tree = {
      'a.yaml': `name: one\n${oneService}`,
      'b.yaml': 'name: two',
      'c.yaml': 'services: {web: {user: x}}',
    };
    expect(readTree(tree, {}, Object.keys(tree)).project.name).toBe('two');
  });

  test('is a variable of its own', () => {
    const text = 'name: shop\nservices: {web: {image: "$COMPOSE_PROJECT_NAME/web"}}';
    expect(readTree({ 'a.yaml': text }).containers['web']?.image.reference).toBe('shop/web');
  });
});

test('ids and files of the subjects', () => {
  const text = 'name: shop\nservices: {web: {image: a}, db: {image: b, profiles: [debug]}}';
  const { project, containers } = readTree({ 'x/compose.yaml': text });
  expect(project.files).toEqual(['x/compose.yaml']);
  expect(Object.keys(containers)).toEqual(['web', 'db']);
});

test.each([
  [undefined, ['web', 'db', 'tool']],
  [[], ['web']],
  [['debug'], ['web', 'db']],
  [
    ['debug', 'tools'],
    ['web', 'db', 'tool'],
  ],
  [['*'], ['web', 'db', 'tool']],
])('with the profiles %j', (profiles, expected) => {
  const text = 'services: {web: {image: a}, db: {image: b, profiles: [debug]}, tool: {image: c, profiles: [tools, x]}}';
  const { containers, project } = readTree({ 'compose.yaml': text }, profiles ? { profiles } : {});
  expect(Object.keys(containers)).toEqual(expected);
  expect(Object.keys(project.value['services'] as object)).toEqual(expected);
});

describe('variables', () => {
  const tree = {
    'shop/compose.yaml': `services:
  web:
    image: "web:\${TAG:-1}"
    command: echo $$HOME \${GREETING} $LOST
    environment:
      - PASSED
      - TAG
      - OWN=\${LOST:?it is needed}
    env_file:
      - common.env
      - path: local.env
        required: false
      - path: literal.env
        format: raw
      - missing.env
    label_file: labels.env
`,
    'shop/.env': 'TAG=7\nGREETING=hello\nDB_PASSWORD=hunter2\n',
    'shop/common.env': '# shared\nA=1\nTAG=8\nGREETED=${GREETING} $LOST\n',
    'shop/literal.env': 'A="$x"\n',
    'shop/labels.env': 'owner=ann\n',
  };
  const { project, containers, problems } = readTree(tree, { environment: { TAG: '9' } });
  const { web } = containers;

  test('the shell goes before .env, and a file of variables before nothing', () => {
    expect(web?.image.reference).toBe('web:9');
    expect(web?.command).toEqual(['echo', '$HOME', 'hello', '$LOST']);
    expect(Object.fromEntries(web?.environment.map(({ name, value }) => [name, value.reveal()]) ?? [])).toEqual({
      PASSED: '',
      TAG: '9',
      OWN: '${LOST:?it is needed}',
      A: '"$x"',
      GREETED: 'hello $LOST',
    });
    expect(web?.labels).toEqual({ owner: 'ann' });
  });

  test('each is located in its own file', () => {
    const names = web?.environment.map(({ name }) => name) ?? [];
    expect(at(web, `environment[${names.indexOf('PASSED')}]`)).toBe('shop/compose.yaml:6:9');
    expect(at(web, `environment[${names.indexOf('A')}]`)).toBe('shop/literal.env:1:1');
    expect(at(web, `environment[${names.indexOf('GREETED')}]`)).toBe('shop/common.env:4:1');
    expect(at(web, 'labels["owner"]')).toBe('shop/labels.env:1:1');
  });

  test('one without a value is unset, at every place that asks for it, and said once', () => {
    expect(project.unset.map(({ name, location }) => [name, location.line])).toEqual([
      ['LOST', 4],
      ['LOST', 8],
    ]);
    const [lost, ...others] = problems.filter(({ reason }) => reason.en.includes('LOST'));
    expect(lost).toMatchObject({ kind: 'notice', file: 'shop/compose.yaml', line: 4, column: 38 });
    expect(others).toEqual([]);
  });

  test('a file of variables that is missing is said, unless it may be', () => {
    const missing = problems.filter(({ reason }) => reason.en.includes('is not there'));
    expect(missing).toMatchObject([
      { kind: 'notice', line: 15, reason: { en: expect.stringContaining('shop/missing.env') as string } },
    ]);
  });

  test('the files are listed, and who has their variables', () => {
    const listed = project.environmentFiles.flatMap(({ file, variables }) =>
      variables.map(({ name, services }) => [file, name, services?.join() ?? '']),
    );
    expect(listed).toEqual([
      ['shop/.env', 'TAG', ''],
      ['shop/.env', 'GREETING', ''],
      ['shop/.env', 'DB_PASSWORD', ''],
      ['shop/common.env', 'A', ''],
      ['shop/common.env', 'TAG', ''],
      ['shop/common.env', 'GREETED', 'web'],
      ['shop/literal.env', 'A', 'web'],
      ['shop/labels.env', 'owner', 'web'],
    ]);
    expect(JSON.stringify(project.environmentFiles)).not.toContain('hunter2');
  });

  test('the text before variables were replaced is there', () => {
    expect(project.written(['services', 'web', 'image'])).toBe('web:${TAG:-1}');
    expect(project.written(['services', 'web', 'environment', 2])).toBe('OWN=${LOST:?it is needed}');
    expect(project.written(['services', 'web', 'environment'])).toBeUndefined();
    expect(project.written(['services', 'web', 'user'])).toBeUndefined();
  });

  test('a dollar sign that begins none is said, and the text stays', () => {
    const read = readTree({
      'a.yaml': 'services:\n  web:\n    image: a\n    command: [sh, -c, "echo $(date) ${TAG}"]\n',
    });
    expect(read.containers['web']?.command).toEqual(['sh', '-c', 'echo $(date) ${TAG}']);
    expect(read.problems).toMatchObject([{ kind: 'notice', line: 4, column: 23 }]);
  });
});

describe('places', () => {
  const text = `x-env: &env
  A: 1
services:
  web: &web
    image: a
    environment:
      <<: *env
      B: 2
  two:
    <<: *web
    user: me
  three: *web
configs:
  app:
    content: |
      first
      second
`;
  const { project, containers } = readTree({ 'a.yaml': text });

  test('what stands behind an alias or a merge key is where it is written', () => {
    expect(at(containers['web'], 'environment[1]')).toBe('a.yaml:2:3');
    expect(at(containers['web'], 'environment[0]')).toBe('a.yaml:8:7');
    expect(at(containers['two'], 'image')).toBe('a.yaml:5:5');
    expect(at(containers['two'], 'user')).toBe('a.yaml:11:5');
    expect(at(containers['three'], 'privileged')).toBe('a.yaml:12:3');
    expect(containers['three']?.image.reference).toBe('a');
  });

  test('of a field, of one that is absent, of a line', () => {
    const line = (...path: (string | number)[]) => project.locate(path).line;
    expect(line('services', 'two', 'user')).toBe(11);
    expect(line('services', 'two', 'build', 'args')).toBe(9);
    expect(line('nothing')).toBe(1);
    expect(line('configs', 'app', 'content')).toBe(15);
    expect(project.locate(['configs', 'app', 'content', 1])).toMatchObject({
      line: 17,
      path: 'configs.app.content[1]',
    });
  });
});

/** The service `web` with these keys, the first of them indented already. */
function built(keys: string, options: object = {}) {
  const text = `name: shop\nservices:\n  web:\n    ${keys}\n`;
  return readTree({ '/srv/compose.yaml': text }, options).containers['web'];
}

describe('images that are built', () => {
  test.each([
    ['build: .', 'shop-web'],
    ['build: {context: ., tags: ["registry.example/web:2", x]}', 'registry.example/web:2'],
    ['{build: ., image: "web:3"}', 'web:3'],
  ])('%s', (keys, reference) => {
    expect(built(keys)?.image.reference).toBe(reference);
    expect(at(built(keys), 'image.reference')).toMatch(/^\/srv\/compose.yaml:4:/);
  });

  test.each([
    ['build: .', true],
    ['{build: ., image: web}', true],
    ['{build: ., image: registry.example/web}', undefined],
    ['{build: ., image: web, pull_policy: always}', undefined],
    ['{build: ., image: registry.example/web, pull_policy: build}', true],
    ['{image: web, pull_policy: never}', undefined],
  ])('of %s the reference is only a name here: %s', (keys, unnamed) => {
    expect(built(keys)?.image.unnamed).toBe(unnamed);
  });

  test.each<[string, string[] | undefined]>([
    ['build: .', ['/srv/Dockerfile']],
    ['build: ./web', ['/srv/web/Dockerfile']],
    ['build: {context: web, dockerfile: ../x/Dockerfile.dev, target: final}', ['/srv/x/Dockerfile.dev', 'final']],
    ['build: {dockerfile: /abs/Dockerfile}', ['/abs/Dockerfile']],
    ['build: https://git.example/web.git', undefined],
    ['build: {dockerfile_inline: FROM a}', undefined],
    ['build: "${WHERE}"', undefined],
  ])('%s asks for its Dockerfile', (keys, expected) => {
    const asked: string[][] = [];
    built(keys, {
      dockerfileOf: (path: string, target?: string) => {
        asked.push(target === undefined ? [path] : [path, target]);
      },
    });
    expect(asked).toEqual(expected ? [expected] : []);
  });

  const image = {
    ...bareContainer,
    dialect: 'dockerfile' as const,
    user: 'app',
    healthCheck: { test: ['CMD', 'x'] },
    environment: ['A', 'B'].map((name) => ({ name, value: new Secret('image') })),
    locate: (field: string) => ({ source: 'file' as const, path: field, file: 'Dockerfile', line: 7, column: 1 }),
  };

  test('take over what the Dockerfile says and the service does not', () => {
    const container = built('build: .\n    environment: {B: service}', { dockerfileOf: () => image });
    expect(container).toMatchObject({ user: 'app', healthCheck: { test: ['CMD', 'x'] } });
    expect(container?.environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
      ['B', 'service'],
      ['A', 'image'],
    ]);
    for (const field of ['user', 'healthCheck', 'environment[1]']) expect(at(container, field)).toBe('Dockerfile:7:1');
    expect(at(container, 'environment[0]')).toBe('/srv/compose.yaml:5:19');
  });

  test('a service goes before its Dockerfile', () => {
    const container = built('build: .\n    user: root\n    healthcheck: {disable: true}', {
      dockerfileOf: () => image,
    });
    expect(container).toMatchObject({ user: 'root', healthCheck: { test: ['NONE'] } });
    expect(at(container, 'user')).toBe('/srv/compose.yaml:5:5');
  });
});

test('the first form of Compose files is read', () => {
  const { containers, problems } = readTree({
    'docker-compose.yml':
      'web:\n  build: .\n  net: host\n  log_driver: syslog\n  privileged: true\ndb:\n  image: db:1\n  mem_limit: 1g\n',
  });
  expect(problems).toEqual([]);
  expect(containers['web']).toMatchObject({
    privileged: true,
    namespaces: { network: 'host' },
    logging: { driver: 'syslog' },
  });
  expect(at(containers['web'], 'privileged')).toBe('docker-compose.yml:5:3');
  expect(containers['db']).toMatchObject({ image: { reference: 'db:1' } });
});

test.each(['"2"', '"3.8"', '3', '2.4'])('version %s is ignored', (version) => {
  expect(readTree({ 'a.yaml': `version: ${version}\n${oneService}` }).problems).toEqual([]);
});

test('what another program provides is no container, a service without an image is one', () => {
  const { containers, problems } = readTree({
    'a.yaml': 'services:\n  db: {provider: {type: cloud}}\n  web: {user: me}\n',
  });
  expect(Object.keys(containers)).toEqual(['web']);
  expect(containers['web']?.image.reference).toBe('');
  expect(problems).toMatchObject([{ kind: 'notice', line: 3 }]);
});

test('comments, byte-order marks and Windows lines do not matter', () => {
  const text = '\uFEFF# a shop\r\nservices:\r\n  web:\r\n    image: a\r\n    privileged: true # why\r\n';
  const { containers, problems } = readTree({ 'a.yaml': text });
  expect(problems).toEqual([]);
  expect(at(containers['web'], 'privileged')).toBe('a.yaml:5:5');
});

test('JSON is read as well', () => {
  const { containers } = readTree({ 'a.json': '{"services": {"web": {"image": "a", "privileged": true}}}' });
  expect(containers['web']?.privileged).toBe(true);
});

describe('bad input', () => {
  test.each<[string, string, object]>([
    ['no YAML', 'services:\n  web:\n   - a\n  b: [', { kind: 'error', line: 4 }],
    [
      'a template',
      'services:\n  web:\n    image: {{ tag }}\n',
      { kind: 'error', need: { en: expect.stringContaining('template') as string } },
    ],
    [
      'a key that is there twice',
      'services:\n  web:\n    image: a\n    image: b\n',
      { kind: 'error', line: 4, column: 5 },
    ],
    ['nothing', '', { kind: 'error', line: 1 }],
    ['comments alone', '# nothing\n', { kind: 'error', line: 1 }],
    ['a list', '- a\n', { kind: 'error', line: 1 }],
    [
      'services that are a list',
      'services:\n  - web\n',
      { kind: 'error', line: 1, column: 1, reason: { en: expect.stringContaining('a mapping') as string } },
    ],
    ['a service that is a text', 'services:\n  web: a\n', { kind: 'error', line: 2, column: 3 }],
    ['a service that is empty', 'services:\n  web:\n', { kind: 'notice', line: 2, column: 3 }],
    ['a name with a blank', 'services:\n  "my web": {image: a}\n', { kind: 'error', line: 2, column: 3 }],
    [
      'a key that nobody knows',
      'services:\n  web:\n    image: a\n    privilged: true\n',
      { kind: 'notice', line: 4, column: 5, need: { en: 'did you mean "privileged"?' } },
    ],
    ['a key of another tool', 'services:\n  web:\n    image: a\n    imagePullPolicy: x\n', { kind: 'notice', line: 4 }],
    [
      'a key at the top',
      'servces: {}\nservices: {web: {image: a}}\n',
      { kind: 'notice', line: 1, need: { en: 'did you mean "services"?' } },
    ],
    [
      'a wrong type',
      'services:\n  web:\n    image: a\n    ports:\n      a: b\n',
      { kind: 'error', line: 4, column: 5, reason: { en: 'services.web.ports must be a list, and it is a mapping' } },
    ],
    [
      'a wrong item',
      'services:\n  web:\n    image: a\n    cap_add:\n      - A\n      - 5\n',
      { kind: 'error', line: 6, column: 9 },
    ],
    [
      'a wrong word',
      'services:\n  web:\n    image: a\n    cgroup: guest\n',
      { kind: 'error', line: 4, reason: { en: expect.stringContaining('host, private') as string } },
    ],
    [
      'a key that is missing',
      'services:\n  web:\n    image: a\n    volumes:\n      - target: /x\n',
      { kind: 'error', line: 5, reason: { en: expect.stringContaining('"type"') as string } },
    ],
    ['an empty field', 'services:\n  web:\n    image: a\n    environment:\n', { kind: 'notice', line: 4, column: 5 }],
    ['an alias without an anchor', 'services:\n  web: *nobody\n', { kind: 'error', line: 2 }],
  ])('%s', (_, text, expected) => {
    const { problems } = readTree({ 'a.yaml': text });
    expect(problems[0]).toMatchObject({ file: 'a.yaml', ...expected });
    expect(problems.length).toBe(1);
  });

  test('what can be judged is judged all the same', () => {
    const text =
      'services:\n  web:\n    image: a\n    user: 0\n    cap_add: NET_ADMIN\n    privileged: "maybe"\n  db: nothing\n';
    const { containers, problems } = readTree({ 'a.yaml': text });
    expect(problems.map(({ line }) => line)).toEqual([4, 5, 7, 6]);
    expect(containers['web']).toMatchObject({ user: '0', capabilities: { add: ['NET_ADMIN'] }, privileged: false });
  });

  test('what extension fields hold is nobody else’s business', () => {
    const { problems } = readTree({
      'a.yaml': 'x-a: [1, {b: !x y}]\nservices: {web: {image: a, x-b: 1, build: {context: ., x-c: }}}',
    });
    expect(problems).toEqual([]);
  });

  test('aliases that multiply, and nests that never end, cost little', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 30; index += 1) {
      const before = `*${String.fromCharCode(96 + index)}`;
      bomb.push(
        `${String.fromCharCode(97 + index)}: &${String.fromCharCode(97 + index)} [${Array(9).fill(before).join(', ')}]`,
      );
    }
    const start = performance.now();
    readTree({
      'a.yaml': `${bomb
        .slice(0, 26)
        .map((line) => `x-${line}`)
        .join('\n')}\nservices: {web: {image: a}}`,
    });
    readTree({
      'a.yaml': `${bomb
        .slice(0, 6)
        .map((line) => `x-${line}`)
        .join('\n')}\nservices: {web: {image: a, labels: *f, ports: *f, cap_add: *f}}`,
    });
    readTree({ 'a.yaml': `services: {web: ${'['.repeat(20_000)}${']'.repeat(20_000)}}` });
    readTree({ 'a.yaml': `services: {web: {image: a, labels: ${'{a: '.repeat(3000)}b${'}'.repeat(3000)}}}` });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

const names = constantFrom(
  ...'services web image build ports volumes environment env_file extends include deploy resources limits memory'.split(
    ' ',
  ),
  ...'healthcheck test networks labels ulimits security_opt devices restart_policy name target source type path'.split(
    ' ',
  ),
  ...'file service __proto__ constructor x-a gpus'.split(' '),
);
const words = constantFrom(
  'web',
  'a.yaml',
  '${X}',
  '${',
  '$$',
  'a:b:c',
  '/etc:/x',
  '80:80',
  '-1',
  'true',
  '1g',
  'bind',
  '',
);
const { value: anyValue } = letrec((tie) => ({
  value: oneof(
    { maxDepth: 7 },
    oneof(words, string(), double(), boolean(), constant(null)),
    array(tie('value'), { maxLength: 4 }),
    dictionary(oneof(names, string()), tie('value'), { maxKeys: 6 }),
  ),
}));

test('no project brings the reader down, and every field of every container has a place', () => {
  const service = dictionary(names, anyValue);
  const project = record(
    { services: dictionary(names, service), include: anyValue, volumes: anyValue },
    { requiredKeys: [] },
  );
  assert(
    property(oneof(anyValue, project), oneof(anyValue, project), (first, second) => {
      const tree = { 'a.yaml': JSON.stringify(first), 'b.yaml': JSON.stringify(second), web: 'A=1' };
      const {
        containers,
        project: read,
        problems,
      } = readTree(tree, { dockerfileOf: () => bareContainer }, ['a.yaml', 'b.yaml']);
      readComposeText(writtenFile('a.yaml', tree['a.yaml']));
      for (const container of Object.values(containers)) {
        for (const field of ['privileged', 'mounts[0]', 'environment[0]', 'labels["a"]', '', '[', '.']) {
          expect(container.locate(field)).toMatchObject({
            file: expect.any(String) as string,
            line: expect.any(Number) as number,
          });
        }
      }
      read.locate(['services', 'web', 0, 'x']);
      expect(problems.every(({ reason, need }) => reason.en !== '' && need.zh !== '')).toBe(true);
      expect(JSON.stringify(read.value)).toBeTypeOf('string');
    }),
    { numRuns: 150 },
  );
});
