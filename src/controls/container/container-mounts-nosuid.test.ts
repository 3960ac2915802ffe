import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import { configured, type Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerMountsNosuid as control } from './container-mounts-nosuid.ts';

const mount = (kind: Mount['kind'], options: Record<string, string> = {}, change: Partial<Mount> = {}): Mount => ({
  kind,
  target: '/data',
  readOnly: false,
  options,
  ...change,
});
const paper = (...mounts: Mount[]) => judge(control, container({ mounts }));
const entry = (target: string, options: string) => ({
  target,
  options: options.split(','),
  propagation: [],
  fileSystem: 'ext4',
  source: '/dev/vda',
});
const seen = (options: string, ...mounts: Mount[]) => {
  const table = known([entry('/', 'rw'), entry('/data', options)], 'kernel', '/proc/412/mountinfo');
  return judge(control, running({ mounts: table }, { mounts }));
};

// Seen on Docker 20.10: `--tmpfs /t` is rw,nosuid,nodev,noexec, `--tmpfs /t:suid` loses nosuid.
test('a tmpfs is nosuid unless it says suid, the last word counting', () => {
  expect(paper(mount('tmpfs')).status).toBe('pass');
  expect(paper(mount('tmpfs', { size: '64m' })).status).toBe('pass');
  expect(paper(mount('tmpfs', { suid: '' })).status).toBe('fail');
  expect(paper(mount('tmpfs', { suid: '', nosuid: '' })).status).toBe('pass');
});

test('a local volume is nosuid only when its options say so', () => {
  const verdict = paper(mount('tmpfs'), mount('volume'));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('mounts[1]');
  expect(paper(mount('volume', { type: 'ext4', device: '/dev/vg/data', o: 'noatime, nosuid' })).status).toBe('pass');
  expect(paper(mount('volume', { type: 'ext4', device: '/dev/vg/data', o: 'nosuidx' })).status).toBe('fail');
});

// Seen on Docker 20.10: a volume with o=bind,nosuid is mounted rw,relatime.
/** A container that an engine made, and that does not run: its mounts can be looked at once it does. */
function made(mounts: Mount): string {
  return judge(control, { ...container({ mounts: [mounts] }), state: 'stopped' }).status;
}

test.each<[string, Mount]>([
  ['a bind', mount('bind', {}, { source: '/srv' })],
  ['a bind in disguise', mount('volume', { type: 'none', device: '/srv', o: 'bind,nosuid' })],
  ["another driver's volume", mount('volume', {}, { driver: 'ceph' })],
  ["a cluster's volume", mount('cluster')],
])('%s has the flags of a file system that paper does not show', (_, each) => {
  expect(made(each)).toBe('unknown');
  expect(paper(each).status).toBe('not-applicable');
});

test('the mount table outranks the configuration, both ways', () => {
  const open = seen('rw,relatime', mount('volume', { type: 'none', device: '/srv', o: 'bind,nosuid' }));
  expect(open.status).toBe('fail');
  expect(open.evidence[0]?.source).toBe('kernel');
  expect(seen('rw,nosuid', mount('volume')).status).toBe('pass');
  expect(seen('rw,nosuid', mount('bind', {}, { source: '/srv', target: '/data/' })).status).toBe('pass');
});

test('an unreadable mount table falls back to the configuration', () => {
  expect(judge(control, running({ mounts: hidden }, { mounts: [mount('tmpfs')] })).status).toBe('pass');
  expect(judge(control, running({ mounts: hidden }, { mounts: [mount('bind')] })).status).toBe('unknown');
});

test('a failure outranks what is unknown', () => {
  expect(paper(mount('bind'), mount('volume')).status).toBe('fail');
});

test('read-only binds, images and what the engine mounts are no data', () => {
  expect(paper(mount('bind', {}, { readOnly: true })).status).toBe('not-applicable');
  expect(paper(mount('image')).status).toBe('not-applicable');
  expect(paper(mount('bind', {}, { target: '/etc/hosts' })).status).toBe('not-applicable');
  expect(paper(mount('bind', {}, { target: '/dev/shm' })).status).toBe('not-applicable');
  expect(judge(control, container({ mounts: [] })).status).toBe('not-applicable');
  expect(seen('ro', mount('bind')).status).toBe('not-applicable');
});

test('the remedy adds nosuid where a mount has options of its own', () => {
  const subject = container({
    mounts: [
      mount('tmpfs', { suid: '', size: '1m' }),
      mount('volume', { type: 'tmpfs', device: 'tmpfs', o: 'suid,nodev' }),
    ],
  });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('not a change of the specification');
  const mended = applySpecChange(subject, remedy.change);
  expect(judge(control, mended).status).toBe('pass');
  expect(
    configured(
      mended,
      'mounts',
      mended.mounts.map(({ options }) => options),
    ).value,
  ).toEqual([
    { size: '1m', nosuid: '' },
    { type: 'tmpfs', device: 'tmpfs', o: 'nodev,nosuid' },
  ]);
});

test("the remedy for a plain volume or a bind is the host's file system", () => {
  const remedy = control.remedy(container({ mounts: [mount('volume', {}, { hostPath: "/a'b" })] }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'manual', commands: [String.raw`findmnt --target '/a'\''b'`] });
});

test('no value of an option appears in the verdict', () => {
  const options = { type: 'cifs', device: '//nas/share', o: 'username=shop,password=hunter2,suid' };
  expect(JSON.stringify(paper(mount('volume', options)))).not.toContain('hunter2');
});
