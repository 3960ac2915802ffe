import { expect, test } from 'vitest';
import { at, readTree } from './reading.fixture.ts';

test('a service takes over what it extends, from its own file and from another', () => {
  const { containers, problems, project } = readTree({
    'shop/compose.yaml': `services:
  base:
    image: base:1
    privileged: true
    command: [a]
    environment: { A: 1, B: 1 }
    volumes: [ "./here:/here" ]
  web:
    extends: base
    command: [b]
    environment:
      B: 2
  worker:
    extends:
      file: ../common/all.yaml
      service: job
    user: me
`,
    'common/all.yaml': `services:
  root:
    image: root:1
    read_only: true
  job:
    extends: { service: root }
    cap_add: [ALL]
    env_file: job.env
    volumes: [ "./there:/there" ]
networks: { unused: }
`,
    'common/job.env': 'FROM_FILE=1\n',
  });
  expect(problems).toEqual([]);
  const { web, worker } = containers;
  expect(web).toMatchObject({ image: { reference: 'base:1' }, privileged: true, command: ['b'] });
  expect(web?.environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
    ['A', '1'],
    ['B', '2'],
  ]);
  expect(at(web, 'privileged')).toBe('shop/compose.yaml:4:5');
  expect(at(web, 'environment[1]')).toBe('shop/compose.yaml:12:7');
  expect(at(web, 'readOnlyRoot')).toBe('shop/compose.yaml:8:3');
  expect(worker).toMatchObject({ image: { reference: 'root:1' }, readOnlyRoot: true, user: 'me' });
  expect(at(worker, 'capabilities.add[0]')).toBe('common/all.yaml:7:15');
  expect(at(worker, 'readOnlyRoot')).toBe('common/all.yaml:4:5');
  expect(at(worker, 'environment[0]')).toBe('common/job.env:1:1');
  expect(worker?.mounts).toMatchObject([{ source: './there' }]);
  expect(worker?.origin).toMatchObject({ file: 'shop/compose.yaml', path: ['services', 'worker'] });
  expect(project.value).not.toHaveProperty('networks');
  expect(project.value).not.toHaveProperty(['services', 'web', 'extends']);
});

test.each([
  ['itself', { 'a.yaml': 'services: {web: {image: a, extends: web}}' }, ['a.yaml:web → a.yaml:web']],
  [
    'in a circle',
    {
      'a.yaml': 'services:\n  a: {image: a, extends: b}\n  b: {extends: {service: c, file: b.yaml}}\n',
      'b.yaml': 'services: {c: {extends: {service: a, file: a.yaml}}}',
    },
    ['a.yaml:a → a.yaml:b → b.yaml:c → a.yaml:a'],
  ],
])('a service that extends %s is an error that names the chain', (_, tree, chains) => {
  const { problems, containers } = readTree(tree);
  const errors = problems.filter(({ kind }) => kind === 'error');
  expect(errors.map(({ reason }) => reason.en.replace(/^[^:]*: /, ''))).toEqual(expect.arrayContaining(chains));
  expect(Object.values(containers)[0]?.image.reference).toBe('a');
});

test('a chain of thousands is refused, not followed', () => {
  const services = Array.from({ length: 5000 }, (_, index) => `  s${index}: {extends: s${index + 1}}`);
  const { problems } = readTree({ 'a.yaml': `services:\n${services.join('\n')}\n  s5000: {image: a}\n` });
  expect(problems.some(({ kind, reason }) => kind === 'error' && reason.en.includes('in a row'))).toBe(true);
});

test.each([
  ['{service: web, file: none.yaml}', 3, 38, 'none.yaml', 'error'],
  ['{service: nobody}', 3, 23, 'nobody', 'error'],
  ['nobody', 3, 13, 'nobody', 'error'],
  ['{service: web, file: "https://git.example/x.git"}', 3, 28, 'git.example', 'notice'],
])('extends: %s is reported at its place', (extending, line, _column, words, kind) => {
  const { problems } = readTree({ 'a.yaml': `services:\n  web:\n    extends: ${extending}\n    image: a\n` });
  expect(problems).toMatchObject([
    { file: 'a.yaml', kind, line, reason: { en: expect.stringContaining(words) as string } },
  ]);
});
