import { expect, test } from 'vitest';
import type { JsonValue } from '../../../model/json.ts';
import { at, readTree } from './reading.fixture.ts';

/** The service `web` of two files that give it these keys. */
function merged(earlier: string, later: string): JsonValue | undefined {
  const tree = {
    'compose.yaml': `services: {web: {${earlier}}}`,
    'compose.override.yaml': `services: {web: {${later}}}`,
  };
  const { project } = readTree(tree, {}, Object.keys(tree));
  const services = project.value['services'] as { web: JsonValue };
  return services.web;
}

test.each<[string, string, JsonValue]>([
  ['image: a', 'image: b', { image: 'b' }],
  ['image: a', 'user: b', { image: 'a', user: 'b' }],
  ['image: a', 'image: ', { image: 'a' }],
  ['command: a b', 'command: [c]', { command: ['c'] }],
  ['command: [a, b]', 'command: [c]', { command: ['c'] }],
  ['entrypoint: [a]', 'entrypoint: [b]', { entrypoint: ['b'] }],
  [
    'healthcheck: {test: [CMD, a], retries: 3}',
    'healthcheck: {test: [CMD, b]}',
    { healthcheck: { test: ['CMD', 'b'], retries: 3 } },
  ],
  ['cap_add: [A, B]', 'cap_add: [B, C]', { cap_add: ['A', 'B', 'C'] }],
  ['security_opt: [a]', 'security_opt: [b]', { security_opt: ['a', 'b'] }],
  ['environment: {A: 1, B: 2}', 'environment: {B: 3, C: 4}', { environment: { A: 1, B: 3, C: 4 } }],
  ['environment: [A=1, B=2]', 'environment: [B=3, C]', { environment: ['A=1', 'B=3', 'C'] }],
  ['environment: [A=1, B]', 'environment: {A: 2}', { environment: { A: 2, B: null } }],
  ['environment: {A: 1}', 'environment: [A=2=3]', { environment: { A: '2=3' } }],
  ['labels: {a: 1}', 'labels: [b=2]', { labels: { a: 1, b: '2' } }],
  ['sysctls: {a: 1}', 'sysctls: [a=2]', { sysctls: { a: '2' } }],
  ['build: .', 'build: {args: {A: 1}}', { build: { context: '.', args: { A: 1 } } }],
  ['build: {context: a, args: [A=1]}', 'build: {args: {A: 2}}', { build: { context: 'a', args: { A: 2 } } }],
  ['volumes: ["a:/x", "b:/y"]', 'volumes: ["./c:/x:ro"]', { volumes: ['./c:/x:ro', 'b:/y'] }],
  ['volumes: ["a:/x"]', 'volumes: [{type: tmpfs, target: /x}]', { volumes: [{ type: 'tmpfs', target: '/x' }] }],
  ['ports: ["80:80"]', 'ports: ["80:80", "81:80"]', { ports: ['80:80', '81:80'] }],
  ['ports: ["80:80"]', 'ports: [{target: 80, published: "80"}]', { ports: [{ target: 80, published: '80' }] }],
  ['ports: ["127.0.0.1:80:80"]', 'ports: ["80:80"]', { ports: ['127.0.0.1:80:80', '80:80'] }],
  ['secrets: [a]', 'secrets: [{source: b, target: a}]', { secrets: [{ source: 'b', target: 'a' }] }],
  ['configs: [a]', 'configs: [b]', { configs: ['a', 'b'] }],
  ['devices: ["/dev/a:/dev/x"]', 'devices: ["/dev/b:/dev/x:r"]', { devices: ['/dev/b:/dev/x:r'] }],
  ['tmpfs: /a', 'tmpfs: ["/a:ro", /b]', { tmpfs: ['/a:ro', '/b'] }],
  ['dns: 1.1.1.1', 'dns: 8.8.8.8', { dns: ['1.1.1.1', '8.8.8.8'] }],
  ['env_file: a', 'env_file: [{path: a, required: false}]', { env_file: [{ path: 'a', required: false }] }],
  [
    'depends_on: [a]',
    'depends_on: {b: {condition: service_healthy}}',
    { depends_on: { a: { condition: 'service_started' }, b: { condition: 'service_healthy' } } },
  ],
  ['networks: [a]', 'networks: {b: {priority: 1}}', { networks: { a: null, b: { priority: 1 } } }],
  ['extra_hosts: ["a:1.1.1.1"]', 'extra_hosts: {b: 2.2.2.2}', { extra_hosts: { a: '1.1.1.1', b: '2.2.2.2' } }],
  [
    'logging: {driver: a, options: {x: 1}}',
    'logging: {options: {y: 2}}',
    { logging: { driver: 'a', options: { x: 1, y: 2 } } },
  ],
  ['logging: {driver: a, options: {x: 1}}', 'logging: {driver: b}', { logging: { driver: 'b' } }],
  [
    'ulimits: {nofile: 5, core: {soft: 1, hard: 2}}',
    'ulimits: {nofile: {soft: 1, hard: 2}, core: {hard: 3}}',
    { ulimits: { nofile: { soft: 1, hard: 2 }, core: { soft: 1, hard: 3 } } },
  ],
  [
    'deploy: {resources: {limits: {cpus: "1"}}}',
    'deploy: {resources: {limits: {pids: 1}}}',
    { deploy: { resources: { limits: { cpus: '1', pids: 1 } } } },
  ],
  ['ports: ["80:80"], user: a', 'ports: !reset [], user: !reset null', {}],
  ['ports: ["80:80"]', 'ports: !override ["81:81"]', { ports: ['81:81'] }],
  ['environment: {A: 1, B: 2}', 'environment: {A: !reset null}', { environment: { B: 2 } }],
  ['environment: {A: 1}', 'environment: !override {B: 2}', { environment: { B: 2 } }],
])('{%s} and {%s}', (earlier, later, expected) => {
  expect(merged(earlier, later)).toEqual(expected);
});

test('of two entries for one target in one file the later holds', () => {
  const { project } = readTree({ 'compose.yaml': 'services: {web: {image: a, volumes: ["a:/x", "b:/x"]}}' });
  expect(project.value).toMatchObject({ services: { web: { volumes: ['b:/x'] } } });
});

test('every field is located in the file that it comes from', () => {
  const tree = {
    'compose.yaml': `services:
  web:
    image: a
    environment:
      A: 1
      B: 2
    cap_add: [X]
`,
    'compose.override.yaml': `services:
  web:
    privileged: true
    environment:
      - B=3
    cap_add:
      - Y
  db:
    image: b
`,
  };
  const { project, containers } = readTree(tree, {}, Object.keys(tree));
  const { web } = containers;
  expect(at(web, 'image')).toBe('compose.yaml:3:5');
  expect(at(web, 'privileged')).toBe('compose.override.yaml:3:5');
  expect(at(web, 'environment[0]')).toBe('compose.yaml:5:7');
  expect(at(web, 'environment[1]')).toBe('compose.override.yaml:5:9');
  expect(at(web, 'capabilities.add[0]')).toBe('compose.yaml:7:15');
  expect(at(web, 'capabilities.add[1]')).toBe('compose.override.yaml:7:9');
  expect(at(web, 'readOnlyRoot')).toBe('compose.yaml:2:3');
  expect(web?.origin).toMatchObject({ file: 'compose.yaml' });
  expect(containers['db']?.origin).toMatchObject({ file: 'compose.override.yaml' });
  expect(web?.owner.files).toEqual(['compose.yaml', 'compose.override.yaml']);
  expect(project.locate(['services', 'web', 'privileged'])).toMatchObject({ file: 'compose.override.yaml', line: 3 });
});

test('documents of one file are merged', () => {
  const { containers } = readTree({
    'compose.yaml': 'services: {web: {image: a}}\n---\nservices: {web: {user: b}, db: {image: c}}\n',
  });
  expect(containers['web']).toMatchObject({ image: { reference: 'a' }, user: 'b', origin: { document: 0 } });
  expect(containers['db']?.origin).toMatchObject({ document: 1 });
});
