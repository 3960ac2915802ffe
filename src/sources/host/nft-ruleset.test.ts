import { expect, test } from 'vitest';
import { parseNftRuleset } from './nft-ruleset.ts';

const place = { family: 'inet', table: 'guard', chain: 'input' };
const chain = {
  chain: {
    family: 'inet',
    table: 'guard',
    name: 'input',
    handle: 1,
    type: 'filter',
    hook: 'input',
    prio: 0,
    policy: 'drop',
  },
};

/** As nft 1.0 writes it. */
function ruleset(...entries: object[]): string {
  return JSON.stringify({
    nftables: [{ metainfo: { json_schema_version: 1 } }, { table: { family: 'inet', name: 'guard' } }, ...entries],
  });
}

function rule(...expr: object[]) {
  const { text: _text, ...rest } = parseNftRuleset(ruleset(chain, { rule: { ...place, handle: 2, expr } }))[0]
    ?.rules[0] ?? { text: '' };
  return rest;
}

const dport = (right: unknown, protocol = 'tcp') => ({
  match: { op: '==', left: { payload: { protocol, field: 'dport' } }, right },
});
const payload = (protocol: string, field: string, right: unknown) => ({
  match: { op: '==', left: { payload: { protocol, field } }, right },
});
const ct = (key: string, right: unknown) => ({ match: { op: 'in', left: { ct: { key } }, right } });
const meta = (key: string, right: string) => ({ match: { op: '==', left: { meta: { key } }, right } });

test('chains, with the hook and policy of those that the kernel enters', () => {
  const others = ['bridge', 'arp', 'netdev'].map((family) => ({ chain: { family, table: 'x', name: 'y' } }));
  expect(
    parseNftRuleset(ruleset(chain, { chain: { family: 'ip', table: 'guard', name: 'allow' } }, ...others)),
  ).toEqual([
    { family: 'inet', table: 'guard', name: 'input', hook: 'input', policy: 'drop', rules: [] },
    { family: 'ip', table: 'guard', name: 'allow', rules: [] },
  ]);
});

test.each([
  [
    [dport(2376), { counter: { packets: 1, bytes: 2 } }, { accept: null }],
    { target: 'accept', protocol: 'tcp', destinationPorts: ['2376'] },
  ],
  [
    [dport({ set: [22, { range: [8000, 8010] }] }, 'th'), { drop: null }],
    { target: 'drop', destinationPorts: ['22', '8000:8010'] },
  ],
  [
    [
      {
        match: {
          op: '==',
          left: { payload: { protocol: 'ip', field: 'saddr' } },
          right: { prefix: { addr: '10.0.0.0', len: 8 } },
        },
      },
      { jump: { target: 'allow' } },
    ],
    { target: 'allow', sources: ['10.0.0.0/8'] },
  ],
  [
    [{ match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] } }, { accept: null }],
    { target: 'accept', states: ['established', 'related'] },
  ],
  [
    [meta('iifname', 'lo'), meta('oifname', 'veth*'), { log: { prefix: 'x' } }],
    { inInterface: 'lo', outInterface: 'veth+' },
  ],
  [[ct('status', 'dnat'), { accept: null }], { target: 'accept', states: ['dnat'] }],
  [[payload('ip6', 'daddr', 'fd00::1'), { drop: null }], { target: 'drop', destinations: ['fd00::1'] }],
  [[meta('l4proto', 'udp'), { reject: { type: 'icmp' } }], { target: 'reject', protocol: 'udp' }],
])('%j is understood', (expr, expected) => {
  expect(rule(...expr)).toEqual({ isPartial: false, ...expected });
});

test.each([
  [
    [{ match: { op: '!=', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '10.0.0.1' } }, { drop: null }],
    { target: 'drop' },
  ],
  [
    [
      { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '@friends' } },
      { accept: null },
    ],
    { target: 'accept' },
  ],
  [[payload('ip', 'saddr', { range: ['10.0.0.1', '10.0.0.9'] }), { accept: null }], { target: 'accept' }],
  [[payload('ether', 'saddr', '02:42:ac:11:00:02'), { accept: null }], { target: 'accept' }],
  [[ct('status', ['dnat', 'snat']), { accept: null }], { target: 'accept' }],
  [[ct('state', 'new'), ct('status', 'dnat'), { accept: null }], { target: 'accept', states: ['new'] }],
  [[{ limit: { rate: 3, per: 'minute' } }, { accept: null }], { target: 'accept' }],
  [[{ xt: { type: 'match', name: 'addrtype' } }, { return: null }], { target: 'return' }],
])('%j is only understood in part', (expr, expected) => {
  expect(rule(...expr)).toEqual({ isPartial: true, ...expected });
});

test('what is not as it should be is skipped, and what is no JSON is refused', () => {
  expect(parseNftRuleset('{"nftables":[null,{"chain":3},{"chain":{"family":"ip"}},{"rule":[]}]}')).toEqual([]);
  expect(parseNftRuleset('[]')).toEqual([]);
  expect(() => parseNftRuleset('table inet guard {')).toThrow(SyntaxError);
});

test('rules belong to the chain of their own table and family', () => {
  const entries = [
    ['ip', 'a', { accept: null }],
    ['ip', 'b', { drop: null }],
    ['ip6', 'a', { reject: null }],
  ].flatMap(([family, table, verdict]) => [
    { chain: { family, table, name: 'input' } },
    { rule: { family, table, chain: 'input', expr: [verdict] } },
  ]);
  expect(parseNftRuleset(ruleset(...entries)).map(({ rules }) => rules.map(({ target }) => target))).toEqual([
    ['accept'],
    ['drop'],
    ['reject'],
  ]);
});
