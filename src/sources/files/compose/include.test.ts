import { expect, test } from 'vitest';
import { at, readTree } from './reading.fixture.ts';

test('included files bring their services, with their own folders and variables', () => {
  const { containers, problems, project } = readTree(
    {
      'compose.yaml': `include:
  - db/compose.yaml
  - path: [web/compose.yaml, web/more.yaml]
    env_file: web/values.env
    project_directory: elsewhere
services:
  proxy: { image: "proxy:\${TAG}" }
`,
      'db/compose.yaml':
        'services:\n  db:\n    image: "db:${TAG}"\n    env_file: db.env\n    privileged: true\nvolumes: {data: }\n',
      'db/.env': 'TAG=2\n',
      'db/db.env': 'X=1\n',
      'web/compose.yaml': 'services: {web: {image: "web:${TAG}-${SHELL_TAG}", env_file: web.env}}',
      'web/more.yaml': 'services: {web: {user: me}}',
      'web/values.env': 'TAG=3\nSHELL_TAG=file\n',
      'elsewhere/web.env': 'Y=1\n',
      '.env': 'OTHER=1\n',
    },
    { environment: { SHELL_TAG: 'shell' } },
  );
  expect(problems.map(({ kind, reason }) => [kind, reason.en.includes('TAG')])).toEqual([['notice', true]]);
  const images = Object.fromEntries(Object.entries(containers).map(([name, { image }]) => [name, image.reference]));
  expect(images).toEqual({ proxy: 'proxy:${TAG}', db: 'db:2', web: 'web:3-shell' });
  expect(containers['web']?.user).toBe('me');
  expect(at(containers['db'], 'privileged')).toBe('db/compose.yaml:5:5');
  expect(at(containers['db'], 'environment[0]')).toBe('db/db.env:1:1');
  expect(at(containers['web'], 'environment[0]')).toBe('elsewhere/web.env:1:1');
  expect(project.value).toHaveProperty(['volumes', 'data']);
  expect(project.value).not.toHaveProperty('include');
  expect(project.environmentFiles.map(({ file }) => file).toSorted()).toEqual([
    '.env',
    'db/.env',
    'db/db.env',
    'elsewhere/web.env',
    'web/values.env',
  ]);
});

test.each([
  ['a file that is not there', { 'a.yaml': 'include: [none.yaml]\nservices: {w: {image: a}}' }, 'none.yaml', 1],
  [
    'a circle',
    { 'a.yaml': 'include:\n  - b.yaml\n', 'b.yaml': 'include: [a.yaml]\nservices: {w: {image: a}}' },
    'a.yaml → b.yaml → a.yaml',
    1,
  ],
  [
    'a name that is there already',
    { 'a.yaml': 'include: [b.yaml]\nservices:\n  w: {image: a}', 'b.yaml': 'services: {w: {image: b}}' },
    'services.w',
    3,
  ],
])('%s is an error', (_, tree, words, line) => {
  const { problems } = readTree(tree);
  expect(problems).toMatchObject([{ kind: 'error', line, reason: { en: expect.stringContaining(words) as string } }]);
});

test('what is kept elsewhere is said not to be read', () => {
  const { problems } = readTree({ 'a.yaml': 'include: ["oci://registry.example/x"]\nservices: {w: {image: a}}' });
  expect(problems).toMatchObject([{ kind: 'notice' }]);
});

test('a file that is included twice is no conflict', () => {
  const { problems, containers } = readTree({
    'a.yaml': 'include: [b.yaml, c.yaml]',
    'b.yaml': 'include: [d.yaml]',
    'c.yaml': 'include: [d.yaml]',
    'd.yaml': 'services: {w: {image: a}}',
  });
  expect(problems).toEqual([]);
  expect(Object.keys(containers)).toEqual(['w']);
});

test('an override may amend what is included', () => {
  const tree = {
    'a.yaml': 'include: [b.yaml]',
    'o.yaml': 'services: {w: {user: me}}',
    'b.yaml': 'services: {w: {image: a}}',
  };
  const { problems, containers } = readTree(tree, {}, ['a.yaml', 'o.yaml']);
  expect(problems).toEqual([]);
  expect(containers['w']).toMatchObject({ image: { reference: 'a' }, user: 'me' });
});
