import { describe, expect, test } from 'vitest';
import { composeProject, failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { Secret } from '../../model/secret.ts';
import { composeNoSecrets as control } from './compose-no-secrets.ts';

const token = `ghp_${'a1B2c3D4'.repeat(5)}`;

function lines(text: string) {
  return failingLines(control, composeProject(text));
}

test.each<[string, string, number[]]>([
  [
    'build arguments',
    'services:\n  w:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: a1b2\n        USER: me\n',
    [6],
  ],
  [
    'a list of them',
    'services:\n  w:\n    build:\n      args:\n        - A=1\n        - DB_PASSWORD=hunter2\n        - NPM_TOKEN\n',
    [6],
  ],
  ['labels of a build', 'services:\n  w:\n    build:\n      labels:\n        password: hunter2\n', [5]],
  [
    'logging options',
    'services:\n  w:\n    image: a\n    logging:\n      driver: splunk\n      options:\n        splunk-token: a1b2-c3d4\n',
    [7],
  ],
  [
    'driver options',
    'volumes:\n  v:\n    driver_opts:\n      type: cifs\n      o: "addr=nas,username=web,password=hunter2"\n',
    [5],
  ],
  ['labels of a network', 'networks:\n  n:\n    labels:\n      - "owner=me"\n      - "api_key=a1b2"\n', [5]],
  ['deploy labels', 'services:\n  w:\n    image: a\n    deploy:\n      labels: {db.password: hunter2}\n', [5]],
  ['a hook', 'services:\n  w:\n    image: a\n    post_start:\n      - command: [login, --password, hunter2]\n', [5]],
  [
    'a hook in one line',
    'services:\n  w:\n    image: a\n    pre_stop:\n      - command: curl https://me:hunter2@shop.example\n',
    [5],
  ],
  ['an extension field', `x-a:\n  deep:\n    - ${token}\n`, [3]],
  [
    'options of a provider',
    'services:\n  w:\n    provider:\n      type: cloud\n      options: {password: hunter2}\n',
    [5],
  ],
  [
    'a default of a variable',
    'services:\n  w:\n    build:\n      args:\n        DB_PASSWORD: ${DB_PASSWORD:-hunter2}\n',
    [5],
  ],
])('%s', (_, text, expected) => {
  expect(lines(text)).toEqual(expected);
});

test('the lines of a config', () => {
  const text = `configs:
  app:
    content: |
      user=web
      db_password = hunter2
      api_key: \${API_KEY}
      token = read("x")
      "client_secret": "a1b2c3",
      password_file: /run/secrets/x
      url: https://me:hunter2@shop.example/
`;
  expect(lines(text)).toEqual([5, 8, 10]);
});

describe('what is judged with the container is not reported again', () => {
  test.each([
    [
      'its own',
      'services:\n  w:\n    image: a\n    environment: {DB_PASSWORD: hunter2}\n    labels: ["password=x1"]\n    command: [a, --password, hunter2]\n    entrypoint: b --password hunter2\n    healthcheck: {test: "a --password=hunter2"}\n',
    ],
    ['behind an anchor', 'x-env: &env\n  DB_PASSWORD: hunter2\nservices:\n  w:\n    image: a\n    environment: *env\n'],
    [
      'behind a merge key',
      'x-env: &env\n  DB_PASSWORD: hunter2\nservices:\n  w:\n    image: a\n    environment:\n      <<: *env\n      A: 1\n',
    ],
  ])('%s', (_, text) => {
    expect(lines(text)).toEqual([]);
  });

  test('an extension field that no service uses is', () => {
    expect(lines('x-env:\n  DB_PASSWORD: hunter2\nservices:\n  w: {image: a}\n')).toEqual([2]);
  });
});

test.each([
  ['variables', 'services: {w: {build: {args: {DB_PASSWORD: "$DB_PASSWORD", URL: "https://a:${PASS}@shop.example"}}}}'],
  [
    'secrets that are files',
    'services: {w: {image: a, secrets: [db_password, {source: token, target: token}]}}\nsecrets:\n  db_password: {file: ./db_password.txt}\n  token: {environment: API_TOKEN}\n',
  ],
  [
    'names and switches',
    'services: {w: {build: {args: {SECRET_NAME: x, TOKEN_TTL: 5, PASSWORD_RESET_ENABLED: "true", DB_PASSWORD: ""}}}}',
  ],
  [
    'an ordinary project',
    'name: shop\nservices: {w: {image: "a:1", ports: ["80:80"], volumes: ["./password.txt:/run/password"]}}\nvolumes: {secret: }',
  ],
])('%s pass', (_, text) => {
  expect(judgeText(control, composeProject(text))).toMatchObject([{ status: 'pass' }]);
});

function at(line: number) {
  return { source: 'file' as const, path: 'X', file: '.env', line, column: 1 };
}

test('files of variables, but for what a service takes over', () => {
  const project = {
    ...composeProject('services: {w: {image: a}}'),
    environmentFiles: [
      {
        file: '.env',
        variables: [
          { name: 'TAG', value: new Secret('1'), location: at(1) },
          { name: 'DB_PASSWORD', value: new Secret('hunter2'), location: at(2) },
          { name: 'API_TOKEN', value: new Secret('a1b2'), location: at(3), services: ['w'] },
        ],
      },
    ],
  };
  expect(failingLines(control, project)).toEqual([2]);
});

test('no value is ever shown, and only a person can mend it', () => {
  const project = composeProject(`services:\n  w:\n    build:\n      args: {DB_PASSWORD: hunter2, A: ${token}}\n`);
  const shown = JSON.stringify(judgeText(control, project));
  expect(shown).toContain('DB_PASSWORD');
  expect(shown).not.toContain('hunter2');
  expect(shown).not.toContain(token);
  expect(remediesOf(control, project)).toMatchObject([{ kind: 'manual' }, { kind: 'manual' }]);
});
