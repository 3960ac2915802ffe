import { expect, test } from 'vitest';
import { hostCommands } from './host.ts';

test('users leave a group with what the host has for it', () => {
  const change = { kind: 'group', group: 'docker', remove: ['anna', 'o b'] } as const;
  expect(hostCommands([{ ...change, program: 'gpasswd' }])).toEqual([
    'gpasswd --delete anna docker',
    "gpasswd --delete 'o b' docker",
  ]);
  expect(hostCommands([{ ...change, program: 'delgroup' }])[0]).toBe('delgroup anna docker');
});

test('containers and images are removed by name, and never by force', () => {
  expect(
    hostCommands([
      { kind: 'removal', what: 'container', id: 'c1', name: 'old' },
      { kind: 'removal', what: 'image', id: 'sha256:0a', name: 'web:1' },
    ]),
  ).toEqual(['docker container rm old', 'docker image rm web:1']);
});

test('a rule before published ports, for each family', () => {
  const change = { kind: 'filter', family: 'ip', inInterface: 'eth0', protocol: 'tcp', port: 5432 } as const;
  expect(hostCommands([change, { ...change, family: 'ip6' }])).toEqual([
    'iptables -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctstate NEW --ctorigdstport 5432 --ctdir ORIGINAL -m comment --comment plimsoll -j DROP',
    expect.stringMatching(/^ip6tables -I DOCKER-USER -i eth0 /),
  ]);
});
