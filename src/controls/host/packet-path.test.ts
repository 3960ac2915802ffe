import { describe, expect, test } from 'vitest';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { parseNftRuleset } from '../../sources/host/nft-ruleset.ts';
import { fateAt, isPortIn, type Packet } from './packet-path.ts';

const stranger: Packet = { family: 'ip', protocol: 'tcp', port: 2376, partly: 'maybe' };

function filter(rules: readonly string[], policy = 'ACCEPT'): PacketFilter {
  const head = ['*filter', `:INPUT ${policy} [0:0]`, ':allow - [0:0]', ':loop - [0:0]'];
  return { backend: 'iptables', chains: parseIptablesSave([...head, ...rules].join('\n'), 'ip') };
}

const fate = (rules: readonly string[], policy?: string, packet = stranger) =>
  fateAt(filter(rules, policy), 'input', packet);

describe('a stranger’s connection to port 2376', () => {
  test.each([
    [[], 'accept'],
    [['-A INPUT -p tcp -m tcp --dport 2376 -j DROP'], 'drop'],
    [
      ['-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 2376 -j ACCEPT', '-A INPUT -p tcp -m tcp --dport 2376 -j REJECT'],
      'drop',
    ],
    [['-A INPUT -p tcp -m tcp --dport 2376 -j ACCEPT', '-A INPUT -j DROP'], 'accept'],
    [['-A INPUT ! -s 10.0.0.0/8 -p tcp -m tcp --dport 2376 -j DROP'], 'drop'],
    [['-A INPUT ! -s 10.0.0.0/8 -p tcp -m tcp --dport 2376 -m limit --limit 3/min -j DROP'], 'unsure'],
    [['-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', '-A INPUT -j DROP'], 'drop'],
    [['-A INPUT -i lo -j ACCEPT', '-A INPUT -i docker0 -j ACCEPT', '-A INPUT -j DROP'], 'drop'],
    [['-A INPUT ! -i lo -p tcp -m tcp --dport 2376 -j DROP'], 'drop'],
    [['-A INPUT ! -i eth0 -p tcp -m tcp --dport 2376 -j DROP'], 'unsure'],
    [['-A INPUT -i eth0 -j ACCEPT', '-A INPUT -j DROP'], 'unsure'],
    [['-A INPUT -p udp -j ACCEPT', '-A INPUT -j DROP'], 'drop'],
    [
      ['-A INPUT -j allow', '-A INPUT -j DROP', '-A allow -p tcp -m multiport --dports 22,2000:3000 -j ACCEPT'],
      'accept',
    ],
    [
      [
        '-A INPUT -j allow',
        '-A INPUT -j DROP',
        '-A allow -p tcp -m tcp --dport 22 -j ACCEPT',
        '-A allow -j RETURN',
        '-A allow -j ACCEPT',
      ],
      'drop',
    ],
    [['-A INPUT -j RETURN', '-A INPUT -j DROP'], 'accept'],
    [['-A INPUT -g allow', '-A INPUT -j DROP', '-A allow -p tcp -m tcp --dport 22 -j ACCEPT'], 'accept'],
    [['-A INPUT -m limit --limit 3/min -g allow', '-A INPUT -j DROP'], 'unsure'],
    [['-A INPUT -m comment --comment "x -g allow" -j allow', '-A INPUT -j DROP'], 'drop'],
    [['-A INPUT -d 192.0.2.7/32 -j DROP'], 'unsure'],
    [['-A INPUT -s 0.0.0.0/0 -j DROP'], 'drop'],
    [['-A INPUT -m recent --name x -j ACCEPT', '-A INPUT -m limit --limit 3/min -j ACCEPT'], 'accept'],
    [['-A INPUT -j LOG', '-A INPUT -j DROP'], 'drop'],
    [['-A INPUT -j loop', '-A loop -j loop'], 'unsure'],
  ] as const)('after %j: %s', (rules, expected) => {
    expect(fate(rules)).toBe(expected);
  });

  test('the policy decides what no rule does', () => {
    expect(fate([], 'DROP')).toBe('drop');
    expect(fate(['-A INPUT -j RETURN'], 'DROP')).toBe('drop');
    expect(fate(['-A INPUT -p tcp -m tcp --dport 2376 -j ACCEPT'], 'DROP')).toBe('accept');
  });

  test('every chain of the hook must let it through, those of the other family do not count', () => {
    const open = filter(['-A INPUT -j ACCEPT']);
    const guard = { family: 'inet', table: 'guard', name: 'input', hook: 'input', policy: 'drop', rules: [] } as const;
    expect(fateAt({ ...open, chains: [...open.chains, guard] }, 'input', stranger)).toBe('drop');
    expect(fateAt({ ...open, chains: [...open.chains, { ...guard, family: 'ip6' }] }, 'input', stranger)).toBe(
      'accept',
    );
    expect(fateAt(open, 'forward', stranger)).toBe('accept');
  });

  test('a rule for the very address holds', () => {
    const packet = { ...stranger, destination: '192.0.2.7' };
    expect(fate(['-A INPUT -d 192.0.2.7/32 -j DROP'], 'ACCEPT', packet)).toBe('drop');
    expect(fate(['-A INPUT -d 192.0.2.8/32 -j DROP'], 'ACCEPT', packet)).toBe('accept');
  });
});

/** What nftables does with what it finds in a map. */
function map(key: object, ...verdicts: readonly [unknown, object][]) {
  return { vmap: { key, data: { set: verdicts } } };
}

describe('in a ruleset of nftables', () => {
  const place = { family: 'inet', table: 'guard' };
  const chain = { chain: { ...place, name: 'input', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } };
  const other = { chain: { ...place, name: 'allow' } };
  const judged = (...rules: readonly object[][]) => {
    const entries = rules.map((expr) => ({ rule: { ...place, chain: 'input', expr } }));
    const text = JSON.stringify({ nftables: [chain, other, ...entries] });
    return fateAt({ backend: 'nftables', chains: parseNftRuleset(text) }, 'input', stranger);
  };
  const port = { payload: { protocol: 'tcp', field: 'dport' } };
  const state = { ct: { key: 'state' } };

  test('a map of ports may accept what the policy would drop', () => {
    expect(judged()).toBe('drop');
    expect(judged([map(port, [22, { accept: null }], [2376, { accept: null }])])).toBe('unsure');
  });

  test('a map of states counts where it speaks of new connections', () => {
    expect(judged([map(state, ['established', { accept: null }], ['invalid', { drop: null }])])).toBe('drop');
    expect(judged([map(state, ['established', { accept: null }], ['new', { jump: { target: 'allow' } }])])).toBe(
      'unsure',
    );
  });

  test('after goto the rules behind it are not asked', () => {
    expect(judged([{ jump: { target: 'allow' } }], [{ accept: null }])).toBe('accept');
    expect(judged([{ goto: { target: 'allow' } }], [{ accept: null }])).toBe('drop');
  });
});

describe('whatever leaves a network', () => {
  const packet: Packet = { family: 'ip', source: '172.20.0.0/16', inInterface: 'br-1a1a', partly: 'no' };

  test.each([
    [['-A INPUT -p tcp -m tcp --dport 443 -j ACCEPT', '-A INPUT -j DROP'], 'drop'],
    [['-A INPUT -s 172.16.0.0/12 -j DROP'], 'drop'],
    [['-A INPUT -s 172.21.0.0/16 -j DROP'], 'accept'],
    [['-A INPUT -s 172.20.1.0/24 -j DROP'], 'unsure'],
    [['-A INPUT -i br-+ -o eth0 -j DROP'], 'drop'],
    [['-A INPUT -i eth0 -j DROP'], 'accept'],
    [['-A INPUT -i br-1a1a -o br-1a1a -j DROP'], 'accept'],
    [['-A INPUT -d 10.0.0.0/8 -j DROP'], 'accept'],
  ] as const)('after %j: %s', (rules, expected) => {
    expect(fate(rules, 'ACCEPT', packet)).toBe(expected);
  });
});

test('ranges of ports may be open at either end', () => {
  expect(['2376', '2000:3000', ':3000', '2000:', ':'].every((ports) => isPortIn(ports, 2376))).toBe(true);
  expect(['2375', '2377:', ':2375'].some((ports) => isPortIn(ports, 2376))).toBe(false);
});
