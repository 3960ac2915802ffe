import { expect, test } from 'vitest';
import { component, flaw, hostOf, uncovered } from '../../test/host-components.ts';
import { hidden, host, machine } from '../../test/subjects.ts';
import { known } from '../model/fact.ts';
import { noAdvisories } from '../model/host-component.ts';
import { componentEntries } from './component-coverage.ts';
import { coverageOf } from './coverage.ts';

const now = new Date('2026-07-01');
const whatOf = (...written: Parameters<typeof hostOf>) => componentEntries(hostOf(...written), now);

test('names what was looked up, and where, however much was found', () => {
  expect(whatOf([component('runtime', [flaw()], { name: 'runc' })])).toEqual([
    { subject: 'host', what: '/etc/os-release' },
    { subject: 'host', what: 'advisories about runtime runc' },
    { subject: 'host', what: 'advisories of Debian:13' },
  ]);
});

test('of what nothing is known it says why, and what would help', () => {
  const unread = { subject: 'host', reason: hidden.reason, need: hidden.need };
  expect(whatOf([component('containerd', hidden)])).toContainEqual({ ...unread, what: 'advisories about containerd' });
  expect(whatOf([component('kernel', hidden, { name: '' })])).toContainEqual({
    ...unread,
    what: 'advisories about kernel',
  });
  expect(whatOf([component('engine', [], { gaps: [hidden] })])).toContainEqual({ ...unread, what: hidden.path });
});

test('packages that no source covers are named, those without data with what would bring it', () => {
  const entries = whatOf([component('engine', [], {}, [uncovered('unversioned-go-module'), uncovered('no-data')])]);
  const [unversioned, without] = entries.filter(({ reason }) => reason?.en === 'why');
  expect(unversioned).toMatchObject({ what: 'pkg:deb/debian/runc@1.1.4-1' });
  expect(unversioned?.need?.en).not.toContain('feeds');
  expect(without?.need?.en).toContain('plimsoll feeds update');
  const many = { ...uncovered('unversioned-go-module'), count: 7 };
  expect(whatOf([component('engine', [], {}, [many])]).map(({ what }) => what)).toContain(
    '7 packages in /usr/bin/engine, such as pkg:deb/debian/runc@1.1.4-1',
  );
});

test('a distribution that has ended is a gap, with or without advisories; one that is maintained is none', () => {
  const distribution = known({ id: 'debian', version: '9' }, 'file', '/etc/os-release');
  const [entry] = componentEntries(host({ distribution, components: noAdvisories }), now);
  expect(entry).toMatchObject({
    what: 'advisories of debian 9',
    reason: { en: expect.stringContaining('2022-06-30') },
  });
  expect(componentEntries(host({ components: noAdvisories }), now)).toEqual([]);
  expect(componentEntries(host({ distribution, components: noAdvisories }), undefined)).toEqual([]);
});

test('an audit without advisories says that there are none', () => {
  const entries = coverageOf(machine({ host: host({ components: noAdvisories }) }), [], [], now);
  expect(entries).toContainEqual({
    subject: 'host',
    what: 'advisories',
    reason: noAdvisories.reason,
    need: noAdvisories.need,
  });
});
