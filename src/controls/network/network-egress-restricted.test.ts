import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine, network } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { networkEgressRestricted as control } from './network-egress-restricted.ts';

const parameters = { required: true };
const ruled = (...rules: string[]) => {
  const text = [
    '*filter',
    ':FORWARD DROP [0:0]',
    ':DOCKER-USER - [0:0]',
    ...rules.map((rule) => `-A DOCKER-USER ${rule}`),
  ];
  return host({
    packetFilter: known(
      { backend: 'iptables', chains: parseIptablesSave(text.join('\n'), 'ip') },
      'kernel',
      'iptables-save',
    ),
  });
};
const within = (...networks: NetworkFacts[]) => ({
  parameters,
  machine: machine({ engine: engine({}, { networks: known(networks, 'engine-api', 'GET /networks') }) }),
});

test('it is not asked for unless it is required', () => {
  expect(judge(control, ruled()).status).toBe('not-applicable');
  expect(judge(control, ruled(), { parameters })).toMatchObject({
    status: 'fail',
    message: { en: expect.stringContaining('shop') },
  });
});

test.each([
  [['-j RETURN'], 'fail'],
  [['-j RETURN', '-s 172.20.0.0/16 -j DROP'], 'fail'],
  [
    [
      '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
      '-s 172.20.0.0/16 -d 192.0.2.0/24 -j RETURN',
      '-s 172.20.0.0/16 -j DROP',
    ],
    'pass',
  ],
  [['-i br-1a1a1a1a1a1a -j REJECT'], 'pass'],
  [['-i docker0 -j DROP'], 'fail'],
  [['-i eth0 ! -s 192.0.2.0/24 -j DROP'], 'fail'],
  [['-s 172.20.1.0/24 -j DROP'], 'unknown'],
] as const)('DOCKER-USER with %j', (rules, status) => {
  expect(judge(control, ruled(...rules), { parameters }).status).toBe(status);
});

test('networks that lead nowhere, or that nobody is in, are no matter', () => {
  expect(
    judge(control, ruled(), within(network({ internal: true }), network({ members: [] }), network({ driver: 'host' })))
      .status,
  ).toBe('pass');
});

test('every subnet counts, also that of IPv6', () => {
  const both = network({ subnets: ['172.20.0.0/16', 'fd00:1::/64'] });
  expect(judge(control, ruled('-s 172.20.0.0/16 -j DROP'), within(both)).status).toBe('fail');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ packetFilter: hidden }), { parameters }).status).toBe('unknown');
  const blind = machine({ engine: engine({}, { networks: hidden }) });
  expect(judge(control, host(), { parameters, machine: blind }).status).toBe('unknown');
  expect(judge(control, host(), { parameters }).status).toBe('pass');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
