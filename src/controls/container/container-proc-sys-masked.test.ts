import { describe, expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import type { MountEntry } from '../../model/effective.ts';
import { known } from '../../model/fact.ts';
import { containerProcSysMasked as control } from './container-proc-sys-masked.ts';

// As Docker 20.10 lists them; later versions add to the list, Podman has others beside them.
const maskedPaths = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
];
const readOnlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

const entry = (target: string, fileSystem: string, options: string[] = ['rw']): MountEntry => ({
  target,
  fileSystem,
  options,
  propagation: [],
  source: fileSystem,
});
const table = (entries: MountEntry[]) => ({ mounts: known(entries, 'kernel', '/proc/412/mountinfo') });

describe('on paper', () => {
  test('lists that are not set are those of the engine', () => {
    expect(judge(control, container()).status).toBe('pass');
    expect(judge(control, container({ maskedPaths: null, readOnlyPaths: null })).status).toBe('pass');
  });

  test('the lists of an engine pass, in any order and with more in them', () => {
    expect(judge(control, container({ maskedPaths, readOnlyPaths })).status).toBe('pass');
    const podman = [...maskedPaths, '/sys/fs/selinux', '/sys/devices/virtual/powercap'].toReversed();
    expect(judge(control, container({ maskedPaths: podman, readOnlyPaths })).status).toBe('pass');
  });

  test('empty lists mask nothing', () => {
    const verdict = judge(control, container({ maskedPaths: [], readOnlyPaths: [] }));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('/proc/kcore');
    expect(verdict.message.en).toContain('/proc/sys,');
  });

  test('a list without one of the core paths fails at that list', () => {
    const noKeys = judge(control, container({ maskedPaths: maskedPaths.filter((path) => path !== '/proc/keys') }));
    expect(noKeys).toMatchObject({ status: 'fail', field: 'maskedPaths' });
    expect(noKeys.message.en).toContain(': /proc/keys.');
    const noSys = judge(control, container({ readOnlyPaths: readOnlyPaths.filter((path) => path !== '/proc/sys') }));
    expect(noSys).toMatchObject({ status: 'fail', field: 'readOnlyPaths' });
  });

  test('a directory covers what is in it, a mask covers more than read-only, a slash at the end changes nothing', () => {
    const change = { maskedPaths: ['/proc/', '/sys/firmware/'], readOnlyPaths: [] };
    expect(judge(control, container(change)).status).toBe('pass');
    const onlyReadOnly = { maskedPaths: [], readOnlyPaths: [...readOnlyPaths, ...maskedPaths] };
    expect(judge(control, container(onlyReadOnly)).status).toBe('fail');
    expect(judge(control, container({ maskedPaths: [...maskedPaths, '/proc/sy'], readOnlyPaths: [] })).status).toBe(
      'fail',
    );
  });

  test('a privileged container masks nothing, whatever it lists', () => {
    const verdict = judge(control, container({ privileged: true, maskedPaths, readOnlyPaths }));
    expect(verdict).toMatchObject({ status: 'fail', field: 'privileged' });
    expect(control.remedy(container({ privileged: true }), contextOf(control))).toMatchObject({
      change: { privileged: false, maskedPaths: null, readOnlyPaths: null },
    });
  });
});

describe('running', () => {
  const bare = [entry('/', 'overlay'), entry('/proc', 'proc'), entry('/dev', 'tmpfs'), entry('/sys', 'sysfs', ['ro'])];
  // As runc 1.1 leaves it on a kernel without /proc/kcore and /proc/sysrq-trigger.
  const masked = [
    ...bare,
    ...['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys'].map((path) => entry(path, 'proc', ['ro'])),
    entry('/proc/acpi', 'tmpfs', ['ro']),
    entry('/proc/keys', 'tmpfs'),
    entry('/proc/timer_list', 'tmpfs'),
    entry('/sys/firmware', 'tmpfs', ['ro']),
  ];

  test('masks in the mount table pass, and paths that this kernel has not are not missed', () => {
    expect(judge(control, running(table(masked), { maskedPaths, readOnlyPaths })).status).toBe('pass');
  });

  test('the mount table outranks the lists, both ways', () => {
    const verdict = judge(control, running(table(bare)));
    expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel' }] });
    expect(verdict.message.en).toContain('/sys/firmware, /proc/sys');
    const complete = [...masked, entry('/proc/kcore', 'tmpfs'), entry('/proc/sysrq-trigger', 'proc', ['ro'])];
    expect(judge(control, running(table(complete), { maskedPaths: [], readOnlyPaths: [] })).status).toBe('pass');
  });

  test('a privileged container shows no masks', () => {
    const verdict = judge(control, running(table(bare), { privileged: true }));
    expect(verdict).toMatchObject({ status: 'fail', field: 'privileged' });
    expect(verdict.message.en).toContain('/proc/kcore');
  });

  test('a path that neither the table nor the lists cover is open', () => {
    const change = { maskedPaths: maskedPaths.filter((path) => path !== '/proc/kcore'), readOnlyPaths };
    expect(judge(control, running(table(masked), change)).message.en).toContain(': /proc/kcore.');
  });

  test('a mask that is mounted writable, or mounted over, is none', () => {
    const writable = [...masked, entry('/proc/sys', 'proc', ['rw'])];
    expect(judge(control, running(table(writable))).message.en).toContain(': /proc/sys.');
    const over = [...masked, entry('/proc', 'proc')];
    expect(judge(control, running(table(over))).status).toBe('fail');
  });

  test('an unreadable mount table leaves the lists to decide', () => {
    expect(judge(control, running({ mounts: hidden })).status).toBe('pass');
    expect(judge(control, running({ mounts: hidden }, { maskedPaths: [] })).status).toBe('fail');
  });
});
