import { expect, test } from 'vitest';
import { exemplarMachine } from '../../model/exemplar.ts';
import { mapFact } from '../../model/fact.ts';
import { hostFailure, namesOf, planContext, type Scene, written } from './host-plan.fixture.ts';
import { type ParameterSight, planKernelParameters } from './kernel-parameter.ts';

const { kernel } = exemplarMachine.host;
const set = (values: Readonly<Record<string, string>>) => ({
  kernel: { ...kernel, parameters: mapFact(kernel.parameters, (all) => ({ ...all, ...values })) },
});
const loose = set({ 'kernel.kptr_restrict': '0', 'kernel.unprivileged_bpf_disabled': '0', 'fs.suid_dumpable': '2' });
const change = (name: string, value: string) => ({ kind: 'parameter' as const, name, value });
const kptr = hostFailure('kernel-a', [change('kernel.kptr_restrict', '1')]);
const dumpable = hostFailure('kernel-b', [change('fs.suid_dumpable', '0')]);

function plan(failures: Parameters<typeof planKernelParameters>[0], scene: Scene, sight: Partial<ParameterSight> = {}) {
  const files = { '/etc/sysctl.d/README': '', ...scene.files };
  const context = planContext({ facts: loose, ...scene, files });
  return planKernelParameters(failures, context, { names: namesOf(files), isWritable: () => true, ...sight });
}

test('all parameters are one action: a file for each start, and each one now', () => {
  const { actions, refused } = plan([kptr, dumpable], { files: { '/etc/sysctl.d/60-plimsoll.conf': 'vm.x = 5\n' } });
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([
    {
      id: 'kernel-parameter',
      answers: [
        { control: 'kernel-a', subject: 'host' },
        { control: 'kernel-b', subject: 'host' },
      ],
      disruption: 'none',
      steps: [
        { kind: 'file', path: '/etc/sysctl.d/60-plimsoll.conf', after: { access: { mode: 0o640, uid: 0, gid: 4 } } },
        { kind: 'parameter', name: 'kernel.kptr_restrict', before: '0', after: '1' },
        { kind: 'parameter', name: 'fs.suid_dumpable', before: '2', after: '0' },
      ],
    },
  ]);
  expect(written(actions[0]?.steps[0] as never)).toBe('vm.x = 5\nkernel.kptr_restrict = 1\nfs.suid_dumpable = 0\n');
  expect(actions[0]?.diff).toContain('- kernel.kptr_restrict = 0\n+ kernel.kptr_restrict = 1\n');
});

test('a file that says it already is left alone, and a folder that is not there is made', () => {
  const said = plan([kptr], { files: { '/etc/sysctl.d/60-plimsoll.conf': 'kernel.kptr_restrict=1\n' } });
  expect(said.actions[0]?.steps.map(({ kind }) => kind)).toEqual(['parameter']);
  const bare = planKernelParameters([kptr], planContext({ facts: loose, files: { '/etc/passwd': '' } }), {
    names: () => [],
    isWritable: () => true,
  });
  expect(bare.actions[0]?.steps[0]).toMatchObject({ before: null, folders: ['/etc/sysctl.d'] });
});

test('what cannot be taken back is refused, or replaced by what can', () => {
  const bpf = hostFailure('kernel-c', [change('kernel.unprivileged_bpf_disabled', '1')]);
  const { actions } = plan([bpf], {});
  expect(actions[0]?.steps[1]).toMatchObject({ name: 'kernel.unprivileged_bpf_disabled', before: '0', after: '2' });
  expect(actions[0]?.summary.en).toContain('1 could not be taken back');
  const locks = [
    hostFailure('kernel-d', [change('kernel.modules_disabled', '1')]),
    hostFailure('kernel-e', [change('kernel.yama.ptrace_scope', '3')]),
  ];
  expect(plan(locks, {})).toMatchObject({
    actions: [],
    refused: [
      { control: 'kernel-d', why: 'refused', commands: ['sysctl -w kernel.modules_disabled=1'] },
      { control: 'kernel-e', advice: { en: expect.stringContaining('kernel.yama.ptrace_scope=2') } },
    ],
  });
});

test('a finding that is answered in part is not said to pass', () => {
  const both = hostFailure('kernel-f', [change('kernel.kptr_restrict', '1'), change('kernel.modules_disabled', '1')]);
  const { actions, refused } = plan([both], {});
  expect(actions).toMatchObject([{ answers: [], steps: [{ kind: 'file' }, { name: 'kernel.kptr_restrict' }] }]);
  expect(refused).toMatchObject([{ control: 'kernel-f' }]);
});

test("an administrator's later file is named; a vendor's is overridden by a later name", () => {
  const mine = { '/etc/sysctl.d/99-mine.conf': '# debugging\nkernel.kptr_restrict = 0\n' };
  const kept = plan([kptr, dumpable], { files: mine });
  expect(kept.refused).toMatchObject([
    { control: 'kernel-a', reason: { en: expect.stringContaining('line 2 of /etc/sysctl.d/99-mine.conf') } },
  ]);
  expect(kept.actions[0]?.answers).toEqual([{ control: 'kernel-b', subject: 'host' }]);
  const vendor = { '/usr/lib/sysctl.d/99-vendor.conf': 'kernel.kptr_restrict = 0\n' };
  expect(plan([kptr], { files: vendor }).actions[0]?.steps[0]).toMatchObject({
    path: '/etc/sysctl.d/99-zz-plimsoll.conf',
  });
  const last = { ...vendor, '/etc/sysctl.conf': 'kernel.kptr_restrict = 0\n' };
  expect(plan([kptr], { files: last })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('line 1 of /etc/sysctl.conf') } }],
  });
});

test('a file that sets more at each start is right: that is brought into force, and nothing is written', () => {
  const facts = set({ 'kernel.kptr_restrict': '0' });
  for (const path of ['/usr/lib/sysctl.d/99-protect.conf', '/etc/sysctl.d/10-hard.conf']) {
    const { actions, refused } = plan([kptr], { facts, files: { [path]: 'kernel.kptr_restrict = 2\n' } });
    expect(refused).toEqual([]);
    expect(actions[0]?.steps).toEqual([{ kind: 'parameter', name: 'kernel.kptr_restrict', before: '0', after: '2' }]);
  }
  // Where nothing but 0 will do, more is laxer.
  const dumps = plan([dumpable], { files: { '/etc/sysctl.d/99-dumps.conf': 'fs.suid_dumpable = 2\n' } });
  expect(dumps).toMatchObject({ actions: [], refused: [{ control: 'kernel-b' }] });
});

test('what would lock the kernel is not brought into force because a file says it', () => {
  const scope = hostFailure('kernel-h', [change('kernel.yama.ptrace_scope', '1')]);
  const files = { '/etc/sysctl.d/90-scope.conf': 'kernel.yama.ptrace_scope = 3\n' };
  expect(plan([scope], { facts: set({ 'kernel.yama.ptrace_scope': '0' }), files })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('does not take back') } }],
  });
});

test('a parameter that may not be written here, or is not there, is refused', () => {
  expect(plan([kptr], {}, { isWritable: (path) => path !== '/proc/sys/kernel/kptr_restrict' })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('read-only') } }],
  });
  const unknown = hostFailure('kernel-g', [change('kernel.of_tomorrow', '1')]);
  expect(plan([unknown], {}).refused).toMatchObject([{ reason: { en: 'this kernel has no kernel.of_tomorrow' } }]);
});

test('a link where the file or its folder should be is not followed', () => {
  const link = plan([kptr], { files: { '/etc/sysctl.d/60-plimsoll.conf': '->/root/x', '/root/x': '' } });
  expect(link).toMatchObject({ actions: [], refused: [{ reason: { en: expect.stringContaining('is a link') } }] });
  const files = { '/etc/sysctl.d': '->/srv/sysctl', '/srv/sysctl/a': '' };
  const folder = planKernelParameters([kptr], planContext({ facts: loose, files }), {
    names: () => [],
    isWritable: () => true,
  });
  expect(folder).toMatchObject({ actions: [], refused: [{ reason: { en: expect.stringContaining('/srv/sysctl') } }] });
});

test('other failures are left to others', () => {
  const other = hostFailure('host-x', [{ kind: 'mode', path: '/x', mode: 0 }]);
  expect(plan([other, hostFailure('host-y', [])], {})).toEqual({ actions: [], refused: [] });
});

test('what is in force already is only written down', () => {
  const facts = set({ 'kernel.kptr_restrict': '1' });
  expect(plan([kptr], { facts }).actions[0]?.steps.map(({ kind }) => kind)).toEqual(['file']);
});
