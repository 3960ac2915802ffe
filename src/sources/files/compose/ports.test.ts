import { expect, test } from 'vitest';
import { web } from './reading.fixture.ts';

const tcp = { protocol: 'tcp' };

test.each<[string, object[]]>([
  ['"80"', [{ containerPort: 80, ...tcp }]],
  ['80', [{ containerPort: 80, ...tcp }]],
  ['"8080:80"', [{ hostPort: 8080, containerPort: 80, ...tcp }]],
  ['8080:80', [{ hostPort: 8080, containerPort: 80, ...tcp }]],
  ['"127.0.0.1:8080:80"', [{ hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 80, ...tcp }]],
  ['"0.0.0.0:80:80/tcp"', [{ hostAddress: '0.0.0.0', hostPort: 80, containerPort: 80, ...tcp }]],
  ['"127.0.0.1::80"', [{ hostAddress: '127.0.0.1', containerPort: 80, ...tcp }]],
  ['"53:53/UDP"', [{ hostPort: 53, containerPort: 53, protocol: 'udp' }]],
  ['"[::1]:80:81"', [{ hostAddress: '::1', hostPort: 80, containerPort: 81, ...tcp }]],
  ['"::1:80:81"', [{ hostAddress: '::1', hostPort: 80, containerPort: 81, ...tcp }]],
  [
    '"3000-3001"',
    [
      { containerPort: 3000, ...tcp },
      { containerPort: 3001, ...tcp },
    ],
  ],
  [
    '"9090-9091:80-81"',
    [
      { hostPort: 9090, containerPort: 80, ...tcp },
      { hostPort: 9091, containerPort: 81, ...tcp },
    ],
  ],
  ['"8000-9000:80"', [{ hostPort: 8000, containerPort: 80, ...tcp }]],
  ['"0:80"', [{ containerPort: 80, ...tcp }]],
  ['{target: 80}', [{ containerPort: 80, ...tcp }]],
  [
    '{target: 80, published: "8080", host_ip: 10.0.0.1, protocol: udp, mode: host}',
    [{ hostAddress: '10.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'udp' }],
  ],
  ['{target: 80, published: 8080}', [{ hostPort: 8080, containerPort: 80, ...tcp }]],
  [
    '"${ADDRESS:?say where}:8080:80"',
    [{ hostAddress: '${ADDRESS:?say where}', hostPort: 8080, containerPort: 80, ...tcp }],
  ],
  ['"${PORT:-8080}:80"', [{ hostPort: 8080, containerPort: 80, ...tcp }]],
  ['"${PORT}:80"', [{ containerPort: 80, ...tcp }]],
  ['"80:${PORT}"', []],
  ['"http:80x"', []],
  ['"81-80"', []],
])('%s', (entry, expected) => {
  expect(web(`ports:\n  - ${entry}`).ports).toEqual(expected);
});

test('a range that is very wide is listed by its first ports', () => {
  expect(web('ports: ["1-65535:1-65535"]').ports).toHaveLength(1024);
});
