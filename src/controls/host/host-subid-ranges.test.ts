import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { SubordinateRange } from '../../model/host.ts';
import { hostSubidRanges as control } from './host-subid-ranges.ts';

const whole: SubordinateRange = { owner: 'dockremap', start: 100_000, count: 65_536 };

function ids(users: readonly SubordinateRange[], groups: readonly SubordinateRange[] = [whole]) {
  return { subordinateIds: known({ users, groups }, 'file' as const, '/etc/subuid') };
}

function annas(start: number): SubordinateRange {
  return { owner: 'anna', start, count: 65_536 };
}

/** A host with accounts of these ids. */
function accounts(...named: readonly (readonly [name: string, id: number])[]) {
  const users = named.map(([name, id]) => ({ name, uid: id, gid: id, home: '/', shell: '/bin/sh' }));
  return { accounts: known({ users, groups: [] }, 'file' as const, '/etc/group') };
}

test('enough ids that are nobody else’s, in one range or several', () => {
  expect(judge(control, host())).toMatchObject({
    status: 'pass',
    evidence: [{ value: 'dockremap' }, { path: '/etc/subuid' }, { path: '/etc/subgid' }],
  });
  const halves = [
    { ...whole, count: 32_768 },
    { ...whole, start: 200_000, count: 32_768 },
  ];
  expect(judge(control, host(ids(halves))).status).toBe('pass');
});

test('none, or too few, in either file', () => {
  const few = { ...whole, count: 65_535 };
  for (const subject of [ids([]), ids([few]), ids([whole], []), ids([whole], [few])]) {
    expect(judge(control, host(subject)).status).toBe('fail');
  }
});

test('a range that overlaps with another user’s, by one id', () => {
  expect(judge(control, host(ids([whole, annas(165_536)]))).status).toBe('pass');
  expect(judge(control, host(ids([whole, annas(34_464)]))).status).toBe('pass');
  expect(judge(control, host(ids([whole, annas(165_535)])))).toMatchObject({
    status: 'fail',
    evidence: [{}, { path: '/etc/subuid', value: ['dockremap:100000:65536', 'anna:165535:65536'] }, {}],
  });
  expect(judge(control, host(ids([whole], [whole, annas(34_465)]))).status).toBe('fail');
});

test('a real user within the range', () => {
  expect(judge(control, host(accounts(['anna', 99_999], ['ben', 165_536]))).status).toBe('pass');
  expect(judge(control, host(accounts(['anna', 165_535]))).status).toBe('fail');
});

test('the user may be written as a number', () => {
  const subject = { ...ids([{ ...whole, owner: '112' }]), ...accounts(['dockremap', 112]) };
  expect(judge(control, host(subject)).status).toBe('pass');
  const numbered = machine({ engine: engine({ 'userns-remap': '1000' }) });
  const annasOwn = ids([annas(100_000)], [annas(100_000)]);
  expect(judge(control, host({ ...annasOwn, ...accounts(['anna', 1000]) }), { machine: numbered }).status).toBe('pass');
});

test('a rootless engine needs them for its own user', () => {
  const rootless = machine({
    engine: engine({}, { process: mapFact(engine().process, (before) => ({ ...before, uid: 1000 })) }),
  });
  const anna = accounts(['anna', 1000]);
  expect(judge(control, host(anna), { machine: rootless }).status).toBe('fail');
  const own = [{ ...whole, owner: 'anna' }];
  expect(judge(control, host({ ...anna, ...ids(own, own) }), { machine: rootless }).status).toBe('pass');
});

test('without remapping nobody needs any', () => {
  const plain = machine({ engine: engine({ 'userns-remap': null }, { info: info({ securityOptions: [] }) }) });
  expect(judge(control, host(ids([], [])), { machine: plain }).status).toBe('not-applicable');
  expect(judge(control, host(ids([], [])), { machine: undefined }).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ subordinateIds: hidden })).status).toBe('unknown');
  expect(judge(control, host({ accounts: hidden })).status).toBe('unknown');
  const silent = machine({ engine: engine({}, { configuration: hidden }) });
  expect(judge(control, host(), { machine: silent })).toMatchObject({ status: 'unknown', need: hidden.need });
});

test('the remedy offers a range that is free', () => {
  const subject = host(ids([{ ...whole, owner: 'anna' }], []));
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    commands: ['usermod --add-subuids 165536-231071 --add-subgids 165536-231071 dockremap'],
  });
});

test('the range that is offered passes: neither given out nor an account’s, whatever stands far above it', () => {
  const given = [annas(200_000), { ...annas(0), owner: 'ben', start: 4_000_000_000 }];
  const subject = host({ ...ids(given, []), ...accounts(['carl', 120_000], ['nfsnobody', 4_294_967_294]) });
  const remedy = control.remedy(subject, contextOf(control));
  const [command = ''] = remedy.kind === 'manual' ? remedy.commands : [];
  expect(command).toBe('usermod --add-subuids 120001-185536 --add-subgids 120001-185536 dockremap');
  const own = { ...whole, start: 120_001 };
  expect(judge(control, { ...subject, ...ids([...given, own], [own]) }).status).toBe('pass');
});
