import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { unreadable } from '../../model/fact.ts';
import { readKernel } from './kernel.ts';
import { readParameters } from './kernel-parameters.ts';

function kernelIn(files: Record<string, string>) {
  using root = temporaryFolder(files);
  return readKernel(root.path);
}

const header = '#subsys_name\thierarchy\tnum_cgroups\tenabled\n';

test('kinds of namespaces, without those of children', () => {
  const { namespaces } = kernelIn({
    'proc/self/ns/pid': '',
    'proc/self/ns/pid_for_children': '',
    'proc/self/ns/mnt': '',
  });
  expect(namespaces).toMatchObject({ known: true, source: 'kernel', path: '/proc/self/ns', value: ['mnt', 'pid'] });
});

test('the unified hierarchy outranks the table of version 1', () => {
  const { controllers } = kernelIn({
    'sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
    'proc/cgroups': `${header}memory\t0\t1\t0\n`,
  });
  expect(controllers).toMatchObject({ value: ['cpuset', 'cpu', 'io', 'memory', 'pids'] });
});

test.each([
  ['mounted ones count', 'memory\t4\t62\t1\npids\t0\t1\t1\n', ['memory']],
  ['disabled ones do not', 'memory\t0\t1\t0\npids\t8\t1\t1\n', ['pids']],
  ['blkio is io', 'blkio\t7\t3\t1\n', ['io']],
  ['version 2 out of sight', 'memory\t0\t62\t1\npids\t0\t1\t1\n', ['memory', 'pids']],
  ['bad lines', '\nmemory\nmemory 4\n \n', []],
])('/proc/cgroups: %s', (_, rows, value) => {
  expect(kernelIn({ 'proc/cgroups': header + rows }).controllers).toMatchObject({ known: true, value });
});

test('what seccomp can do; nothing without its list', () => {
  const path = 'proc/sys/kernel/seccomp/actions_avail';
  expect(kernelIn({ [path]: 'kill_process errno allow\n' }).seccompActions).toMatchObject({
    value: ['kill_process', 'errno', 'allow'],
  });
  expect(kernelIn({ 'proc/sys/kernel/osrelease': '' }).seccompActions).toMatchObject({ known: true, value: [] });
  expect(kernelIn({}).seccompActions.known).toBe(false);
  expect(kernelIn({ 'proc/sys/kernel/osrelease': '4.9.0-19-amd64\n' }).seccompActions.known).toBe(false);
  expect(kernelIn({ 'proc/sys/kernel/osrelease': '4.14.0\n' }).seccompActions.known).toBe(true);
});

test.each([
  ['[none] integrity confidentiality\n', 'none'],
  ['none [integrity] confidentiality\n', 'integrity'],
  ['strange\n', null],
])('lockdown %j is %s', (text, value) => {
  const files = { 'sys/kernel/security/lsm': 'lockdown', 'sys/kernel/security/lockdown': text };
  expect(kernelIn(files).lockdown).toMatchObject({ known: true, value });
});

test('a kernel without lockdown, and securityfs that is not mounted', () => {
  expect(kernelIn({ 'sys/kernel/security/lsm': 'capability' }).lockdown).toMatchObject({ known: true, value: null });
  expect(kernelIn({ 'sys/kernel/vmcoreinfo': '' }).lockdown).toMatchObject({ known: false });
});

test.each([
  ['Y\n', true],
  ['1\n', true],
  ['N\n', false],
])('sig_enforce %j is %s', (text, value) => {
  expect(kernelIn({ 'sys/module/module/parameters/sig_enforce': text }).modulesMustBeSigned).toMatchObject({ value });
});

test('a kernel that says nothing of signatures', () => {
  expect(kernelIn({ 'sys/module/x': '' }).modulesMustBeSigned).toMatchObject({ known: true, value: null });
});

test('modules by name; none where the kernel loads none', () => {
  const text = 'overlay 151552 2 - Live 0x0\nbr_netfilter 32768 0 - Live 0x0\n\n';
  expect(kernelIn({ 'proc/modules': text }).modules).toMatchObject({ value: ['overlay', 'br_netfilter'] });
  expect(kernelIn({ 'proc/sys/kernel/osrelease': '' }).modules).toMatchObject({ known: true, value: [] });
});

test.each([
  ['1', '# SELINUX= can be\n#SELINUX=disabled\nSELINUX=permissive\nSELINUX=enforcing\n', true, 'permissive'],
  ['0\n', 'SELINUXTYPE=targeted\nSELINUX=Enforcing \n', false, 'enforcing'],
  ['1', 'SELINUX=nonsense\n', true, undefined],
  ['1', 'selinux=disabled\nSELINUX=enforcing\n', true, 'enforcing'],
])('SELinux %j with %j', (enforce, config, enforcing, configured) => {
  const { selinux } = kernelIn({ 'sys/fs/selinux/enforce': enforce, 'etc/selinux/config': config });
  expect(selinux).toEqual({
    known: true,
    source: 'kernel',
    path: '/sys/fs/selinux/enforce',
    value: configured === undefined ? { enforcing } : { enforcing, configured },
  });
});

test('no SELinux', () => {
  expect(kernelIn({ 'sys/fs/cgroup/x': '', 'etc/selinux/config': 'SELINUX=enforcing' }).selinux).toMatchObject({
    known: true,
    value: null,
  });
});

test('when it started', () => {
  expect(kernelIn({ 'proc/stat': 'cpu 1 2\nbtime 1795301219\n' }).started).toMatchObject({ value: 1_795_301_219_000 });
  expect(kernelIn({ 'proc/stat': 'cpu 1 2\n' }).started.known).toBe(false);
});

test('parameters that there are, without their ends of line', () => {
  using root = temporaryFolder({ 'proc/sys/kernel/kptr_restrict': '1\n', 'proc/sys/kernel/yama/ptrace_scope': '2\n' });
  expect(readParameters(root.path)).toEqual({
    parameters: {
      known: true,
      source: 'kernel',
      path: '/proc/sys',
      value: { 'kernel.kptr_restrict': '1', 'kernel.yama.ptrace_scope': '2' },
    },
  });
});

test('a parameter that is there but cannot be read is hidden, not absent', () => {
  using root = temporaryFolder({ 'proc/sys/kernel/kptr_restrict': '1\n' });
  mkdirSync(join(root.path, 'proc/sys/net/core/bpf_jit_harden'), { recursive: true });
  expect(readParameters(root.path)).toMatchObject({ hiddenParameters: ['net.core.bpf_jit_harden'] });
});

test('a machine without /proc has no facts but those of files', () => {
  const { installed, rebootAskedFor, ...facts } = kernelIn({});
  expect(installed).toMatchObject({ known: true });
  expect(rebootAskedFor).toMatchObject({ known: false });
  for (const fact of Object.values(facts)) expect(fact).toMatchObject({ known: false, source: 'kernel' });
});

test('this very host', () => {
  const { namespaces, parameters, controllers, started } = readKernel();
  expect(namespaces.known && namespaces.value).toContain('mnt');
  expect(parameters.known && parameters.value).toHaveProperty(['kernel.randomize_va_space']);
  expect(controllers.known).toBe(true);
  expect(started.known && started.value).toBeLessThan(Date.now());
});

test('SELinux whose file system is not mounted here is not known', () => {
  using root = temporaryFolder();
  mkdirSync(join(root.path, 'sys/fs/selinux'), { recursive: true });
  expect(readKernel(root.path).selinux).toMatchObject({ known: false });
});

test('the configuration of SELinux is looked for within the root, and is no pipe', () => {
  using elsewhere = temporaryFolder({ config: 'SELINUX=disabled\n' });
  using root = temporaryFolder({ 'sys/fs/selinux/enforce': '1', 'etc/sysconfig/selinux': 'SELINUX=permissive\n' });
  mkdirSync(join(root.path, 'etc/selinux'));
  const config = join(root.path, 'etc/selinux/config');
  const read = () => readKernel(root.path).selinux;
  symlinkSync('/etc/sysconfig/selinux', config);
  expect(read()).toMatchObject({ value: { enforcing: true, configured: 'permissive' } });
  rmSync(config);
  symlinkSync(join(elsewhere.path, 'config'), config);
  expect(read()).toMatchObject({ value: { enforcing: true } });
  rmSync(config);
  execFileSync('mkfifo', [config]);
  expect(read()).toEqual({
    known: true,
    source: 'kernel',
    path: '/sys/fs/selinux/enforce',
    value: { enforcing: true },
  });
});

test('a container’s own list of controllers is not the host’s', () => {
  using root = temporaryFolder({
    'sys/fs/cgroup/cgroup.controllers': 'pids\n',
    'proc/cgroups': `${header}memory\t0\t1\t1\npids\t0\t1\t1\n`,
    'etc/selinux/config': 'SELINUX=disabled\n',
    'sys/fs/selinux/enforce': '1',
  });
  const files = unreadable('kernel', 'here', { en: '', zh: '' }, { en: '', zh: '' });
  const kernel = readKernel(root.path, { files });
  expect(kernel.controllers).toMatchObject({ value: ['memory', 'pids'] });
  expect(kernel.selinux).toMatchObject({ value: { enforcing: true } });
  expect(kernel.selinux.known && kernel.selinux.value).not.toHaveProperty('configured');
});
