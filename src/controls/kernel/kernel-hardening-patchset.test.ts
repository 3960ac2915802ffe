import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelHardeningPatchset as control } from './kernel-hardening-patchset.ts';

const set = (parameters: Readonly<Record<string, string>>) => host(kernelWith({ parameters }));

test.each([
  ['fs.protected_fifos', '0'],
  ['fs.protected_hardlinks', '0'],
  ['fs.protected_regular', '0'],
  ['fs.protected_symlinks', '0'],
  ['fs.suid_dumpable', '1'],
  ['fs.suid_dumpable', '2'],
  ['kernel.dmesg_restrict', '0'],
  ['kernel.kptr_restrict', '0'],
  ['kernel.perf_event_paranoid', '-1'],
  ['kernel.perf_event_paranoid', '1'],
  ['kernel.randomize_va_space', '1'],
  ['kernel.unprivileged_bpf_disabled', '0'],
  ['kernel.yama.ptrace_scope', '0'],
  ['net.core.bpf_jit_harden', '0'],
  ['vm.unprivileged_userfaultfd', '1'],
])('%s=%s fails, and the remedy mends it', (name, value) => {
  const subject = set({ 'kernel.randomize_va_space': '2', [name]: value });
  const path = `/proc/sys/${name.replaceAll('.', '/')}`;
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: name, evidence: [{ path, value }] });
  const remedy = control.remedy(subject, contextOf(control));
  const mended = remedy.kind === 'host' ? applyHostChanges(subject, remedy.changes) : subject;
  expect(judge(control, mended).status).toBe('pass');
  expect(judge(control, subject, { parameters: { ignored: [name] } }).status).not.toBe('fail');
});

test('one finding names all', () => {
  const { message } = judge(control, set({ 'kernel.kptr_restrict': '0', 'kernel.dmesg_restrict': '0' }));
  expect(message.en).toContain('kernel.dmesg_restrict=0, kernel.kptr_restrict=0');
});

test('stricter than asked passes, and what the kernel lacks is left out', () => {
  expect(judge(control, set({ 'kernel.perf_event_paranoid': '4', 'kernel.kptr_restrict': '2' })).status).toBe('pass');
  expect(judge(control, set({})).status).toBe('not-applicable');
});

test('what an ordinary user may not read is unknown, unless something else fails', () => {
  const hiddenParameters = ['fs.protected_symlinks', 'net.core.bpf_jit_harden'];
  const tight = { ...set({ 'kernel.kptr_restrict': '1' }).kernel, hiddenParameters };
  expect(judge(control, host({ kernel: tight }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
  const loose = { ...set({ 'kernel.kptr_restrict': '0' }).kernel, hiddenParameters };
  expect(judge(control, host({ kernel: loose })).status).toBe('fail');
  expect(judge(control, kernel({ parameters: hidden })).status).toBe('unknown');
});
