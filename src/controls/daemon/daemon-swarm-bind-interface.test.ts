import { expect, test } from 'vitest';
import { hidden, host, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { daemonSwarmBindInterface as control } from './daemon-swarm-bind-interface.ts';
import { swarmManager, testOnManagersOnly } from './swarm-node.fixture.ts';

const bound = (...addresses: string[]) => ({
  machine: machine({
    host: host({
      listeners: known(
        addresses.map((address) => ({ protocol: 'tcp' as const, address, port: 2377 })),
        'kernel',
        '/proc/1/net',
      ),
    }),
  }),
});

test.each(['0.0.0.0', '::'])('bound to %s it fails', (address) => {
  const verdict = judge(control, swarmManager(), bound('10.0.0.10', address));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel', path: '/proc/1/net port 2377' }] });
});

test('bound to one address it passes', () => {
  expect(judge(control, swarmManager(), bound('10.0.0.10')).status).toBe('pass');
});

test('other ports and other protocols do not count', () => {
  const listeners = known(
    [
      { protocol: 'tcp6' as const, address: 'fd00::10', port: 2377 },
      { protocol: 'udp' as const, address: '0.0.0.0', port: 2377 },
      { protocol: 'tcp6' as const, address: '::', port: 7946 },
    ],
    'kernel',
    '/proc/1/net',
  );
  const verdict = judge(control, swarmManager(), { machine: machine({ host: host({ listeners }) }) });
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ value: ['fd00::10'] }] });
});

test('the port that was chosen is looked for', () => {
  expect(judge(control, swarmManager({ managementPort: 4377 }), bound('0.0.0.0')).status).toBe('unknown');
  expect(judge(control, swarmManager(), bound('0.0.0.0')).status).toBe('fail');
});

test('listeners that cannot be seen are unknown', () => {
  const unseen = { machine: machine({ host: host({ listeners: hidden }) }) };
  expect(judge(control, swarmManager(), unseen).status).toBe('unknown');
  expect(judge(control, swarmManager(), bound()).status).toBe('unknown');
  expect(judge(control, swarmManager({}, { local: false }), bound('0.0.0.0')).status).toBe('unknown');
  expect(judge(control, swarmManager(), { machine: undefined }).status).toBe('unknown');
});

testOnManagersOnly(control);
