import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonIptablesManaged as control } from './daemon-iptables-managed.ts';

const chains = (...names: string[]) => known(names, 'kernel', 'iptables --table filter');
const own = { parameters: { ownRuleset: true } };
const off = (set: JsonObject, facts: Partial<EngineFacts> = {}) => engine(set, { filterChains: chains(), ...facts });

const remedy = (subject: EngineFacts) => control.remedy(subject, contextOf(control));

test('the chains of the engine pass', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({ iptables: true })).status).toBe('pass');
});

test('switched off fails, even while old chains are left', () => {
  expect(judge(control, off({ iptables: false }))).toMatchObject({ status: 'fail', field: 'iptables' });
  expect(judge(control, engine({ iptables: false }, { filterChains: chains('DOCKER') })).status).toBe('fail');
});

test('switched off on the command line fails', () => {
  const process = mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', '--iptables=false'] }));
  const verdict = judge(control, engine({}, { process }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]).toMatchObject({ source: 'command-line', path: '--iptables' });
});

test('a ruleset of your own may take its place', () => {
  expect(judge(control, off({ iptables: false }), own).status).toBe('pass');
  expect(judge(control, off({}), own).status).toBe('pass');
});

test('ip6tables matters where the engine speaks IPv6', () => {
  expect(judge(control, engine({ ip6tables: false })).status).toBe('pass');
  expect(judge(control, engine({ ip6tables: false, ipv6: true }))).toMatchObject({
    status: 'fail',
    field: 'ip6tables',
  });
});

test('before 27.0 an engine filters IPv6 only when it is told to, and does not start with that alone', () => {
  const old = { version: mapFact(engine().version, (before) => ({ ...before, version: '26.1.5+dfsg1' })) };
  expect(judge(control, engine({}, old)).status).toBe('pass');
  expect(judge(control, engine({ ipv6: true, ip6tables: true }, old)).status).toBe('pass');
  expect(judge(control, engine({ ipv6: true })).status).toBe('pass');
  const open = engine({ ipv6: true }, old);
  expect(judge(control, open)).toMatchObject({ status: 'fail', field: 'ip6tables' });
  expect(remedy(open)).toMatchObject({ kind: 'manual' });
  expect(remedy(off({ iptables: false, ipv6: true }, old))).toMatchObject({ set: { iptables: null } });
});

test('null in the file is false to dockerd', () => {
  const configuration = mapFact(
    engine().configuration,
    (before) => before && { ...before, values: { iptables: null } },
  );
  expect(judge(control, engine({}, { configuration })).status).toBe('fail');
});

test('rules that something else flushed fail', () => {
  const verdict = judge(control, engine({}, { filterChains: chains('DOCKER-USER') }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence.at(-1)?.source).toBe('kernel');
});

test('the nftables backend has no chain DOCKER', () => {
  const nftables = { info: info({ firewallBackend: 'nftables' }), filterChains: chains() };
  expect(judge(control, engine({}, nftables)).status).toBe('pass');
  expect(judge(control, engine({ iptables: false }, nftables)).status).toBe('fail');
  const iptables = { info: info({ firewallBackend: 'iptables+firewalld' }), filterChains: chains() };
  expect(judge(control, engine({}, iptables)).status).toBe('fail');
});

test("a rootless engine's chains are in a namespace of its own", () => {
  const process = mapFact(engine().process, (before) => ({ ...before, uid: 1000 }));
  expect(judge(control, engine({}, { process, filterChains: chains() })).status).toBe('pass');
  expect(judge(control, engine({ iptables: false }, { process, filterChains: chains() })).status).toBe('fail');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { filterChains: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});

test("the packet filter of this machine says nothing of another machine's engine", () => {
  expect(judge(control, engine({}, { local: false, filterChains: chains() })).status).toBe('unknown');
});

test('the remedy takes away exactly what switches the rules off', () => {
  expect(remedy(off({ iptables: false }))).toMatchObject({ set: { iptables: null } });
  expect(remedy(off({ iptables: false, ip6tables: false, ipv6: true }))).toMatchObject({
    set: { iptables: null, ip6tables: null },
  });
  expect(remedy(off({ ip6tables: false }))).toMatchObject({ kind: 'manual', disruption: 'daemon-restart' });
});

test('with the setting taken away and its chains written again it passes', () => {
  expect(judge(control, engine({ iptables: null }, { filterChains: chains('DOCKER', 'DOCKER-USER') })).status).toBe(
    'pass',
  );
});
