import { describe, expect, test } from 'vitest';
import type { Plan } from '../../model/plan.ts';
import { exportPlan } from './export-plan.ts';
import { actionOf, fileStep, planOf, second, wholePlan } from './sample-plan.fixture.ts';
import { holdsSecret } from './secret-content.ts';

describe('daemon.json', () => {
  test('is the file as the last action leaves it, and nothing else', () => {
    expect(exportPlan(wholePlan, 'daemon.json')).toBe(second);
  });

  test('ends with a line end', () => {
    expect(exportPlan(planOf(actionOf('a', [fileStep('/d.json', null, '{}')])), 'daemon.json')).toBe('{}\n');
  });

  test.each<[string, Plan, string]>([
    ['a plan that does not change it', planOf(), 'changes nothing'],
    ['a plan that removes it', planOf(actionOf('a', [fileStep('/d.json', '{}', null)])), 'changes nothing'],
    [
      'a plan that takes an option out of the unit too',
      planOf(
        actionOf('a', [
          fileStep('/etc/systemd/system/docker.service.d/p.conf', null, '[Service]\n'),
          fileStep('/d.json', null, '{}\n'),
        ]),
      ),
      'docker.service.d/p.conf has to change with it',
    ],
    [
      'a file with a password in it',
      planOf(actionOf('a', [fileStep('/d.json', null, '{"proxies": {"http-proxy": "http://u:hunter2@p.example"}}\n')])),
      'looks as if it held a secret',
    ],
  ])('%s has none', (_, plan, reason) => {
    expect(() => exportPlan(plan, 'daemon.json')).toThrow(expect.objectContaining({ code: 'fix-refused' }));
    expect(() => exportPlan(plan, 'daemon.json')).toThrow(reason);
    expect(() => exportPlan(plan, 'daemon.json')).not.toThrow('hunter2');
  });
});

const secrets = [
  '{"proxies": {"http-proxy": "http://user:hunter2@proxy.example"}}\n',
  '{\n  "log-opts": { "splunk-token": "hunter2" }\n}\n',
  'Environment=API_TOKEN=hunter2\n',
  'services:\n  web:\n    environment:\n      DB_PASSWORD: hunter2\n',
  'environment:\n  - DB_PASSWORD=hunter2\n',
  'environment:\n  - "DB_PASSWORD": hunter2\n',
  'password = hunter2\n',
  '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n',
  'alice:$6$hunter2$x:1::::::\n',
];

describe.each(['shell', 'ansible'] as const)('contents that look like secrets, as %s', (format) => {
  test.each(secrets)('%j stays out, and is said to', (text) => {
    const exported = exportPlan(planOf(actionOf('a', [fileStep('/etc/file', text, `${text}\n`)])), format);
    expect(exported).not.toContain('hunter2');
    expect(exported).not.toContain(Buffer.from(text).toString('base64').slice(0, 20));
    expect(exported).toContain('/etc/file looks as if it held a secret');
  });

  test('nor is there a checksum of one that held a secret before', () => {
    const exported = exportPlan(planOf(actionOf('a', [fileStep('/etc/file', 'password=hunter2\n', 'x\n')])), format);
    expect(exported).not.toMatch(/[0-9a-f]{64}/);
    expect(exported).toContain('/etc/file looks as if it held a secret');
  });

  test('an action that builds on such a file is left out too', () => {
    const plan = planOf(
      actionOf('a', [fileStep('/etc/file', 'x\n', 'password=hunter2\n')]),
      actionOf('b', [fileStep('/etc/file', 'password=hunter2\n', 'y\n')]),
    );
    expect(exportPlan(plan, format)).toContain('it builds on a change of /etc/file that is not exported');
  });

  test('labels of a network that look like secrets stay out', () => {
    const body = { Labels: { 'api-token': 'hunter2' } };
    const plan = planOf(actionOf('a', [{ kind: 'existence', what: 'network', name: 'n', body }]));
    expect(exportPlan(plan, format)).not.toContain('hunter2');
  });

  test('no file of accounts is put in place as a whole', () => {
    const exported = exportPlan(wholePlan, format);
    expect(exported).not.toMatch(/docker:x:999|gshadow/);
    const other = planOf(actionOf('g', [fileStep('/etc/group', 'a:x:1:b\n', 'a:x:2:b\n')]));
    expect(exportPlan(other, format)).toContain('has no command of its own');
  });
});

test.each([
  '{"icc": false}\n',
  '[Service]\nExecStart=/usr/bin/dockerd\n',
  'password:\n',
  'POSTGRES_PASSWORD_FILE: /run/x\n',
])('%j holds none', (text) => {
  expect(holdsSecret(text)).toBe(false);
});

describe('what the command line has no words for is left to the fix', () => {
  test.each([
    ['an unknown limit', { kind: 'limits', container: 'web', before: {}, after: { KernelMemory: 1 } }],
    ['a name that is an option', { kind: 'limits', container: '--all', before: {}, after: { Memory: 1 } }],
    [
      'an unknown setting of a place',
      { kind: 'membership', network: 'n', container: 'c', before: null, after: { MacAddress: 'x' } },
    ],
    ['an unknown setting of a network', { kind: 'existence', what: 'network', name: 'n', body: { Scope: 'swarm' } }],
    ['a service', { kind: 'service', service: 's', before: {}, after: {} }],
  ] as const)('%s', (_, step) => {
    expect(exportPlan(planOf(actionOf('a', [step])), 'shell')).toContain('has no command of its own');
  });

  test('fixed addresses have words', () => {
    const after = { IPAMConfig: { IPv4Address: '172.20.0.9' }, DriverOpts: null };
    const step = { kind: 'membership', network: 'n', container: 'c', before: null, after } as const;
    expect(exportPlan(planOf(actionOf('a', [step])), 'shell')).toContain('docker network connect --ip=172.20.0.9 n c');
  });
});
