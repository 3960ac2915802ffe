import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine, running } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { known, mapFact } from '../../model/fact.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { containerSelinuxLabel as control } from './container-selinux-label.ts';

const context = (type: string) => `system_u:system_r:${type}:s0:c1,c2`;
const label = (text: string) => known(text, 'kernel', '/proc/412/attr/current');
const modules = (...names: string[]) => ({
  host: host({ securityModules: known(names, 'kernel', '/sys/kernel/security/lsm') }),
});
const options = (...securityOptions: string[]) => engine({}, { info: info({ securityOptions }) });
const on = (change: Partial<Machine>) => ({ machine: machine(change) });
const withOptions = (...selinux: string[]) => ({ security: { selinux } });

function recorded(processLabel: string, change: SpecChange = {}): ContainerSpec {
  const subject = container(change);
  return { ...subject, state: 'stopped', security: { ...subject.security, processLabel } };
}

test('an engine that labels is enough on paper', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, container(withOptions('level:s0:c100,c200'))).status).toBe('pass');
});

test('switching the label off fails at its place', () => {
  const verdict = judge(control, container(withOptions('level:s0', 'disable')));
  expect(verdict).toMatchObject({ status: 'fail', field: 'security.selinux[1]' });
});

test('a type must be one that confines, written with a colon or an equals sign', () => {
  expect(judge(control, container(withOptions('type:container_init_t'))).status).toBe('pass');
  expect(judge(control, container(withOptions('type:spc_t'))).status).toBe('fail');
  expect(judge(control, container(withOptions('type=unconfined_t'))).status).toBe('fail');
  const parameters = { types: ['my_web.process'] };
  expect(judge(control, container(withOptions('type:my_web.process')), { parameters }).status).toBe('pass');
});

// The text of one of the project's sources gives processes container_file_t, which is the type of files.
test.each([
  ['container_t', 'pass'],
  ['svirt_lxc_net_t', 'pass'],
  ['container_file_t', 'fail'],
  ['spc_t', 'fail'],
  ['unconfined_service_t', 'fail'],
  ['container_runtime_t', 'fail'],
])('a process of type %s: %s', (type, status) => {
  expect(judge(control, running({ securityLabel: label(context(type)) })).status).toBe(status);
  expect(judge(control, recorded(context(type))).status).toBe(status);
});

test('the label of the process outranks the options, both ways', () => {
  const confined = running({ securityLabel: label(context('container_t')) }, withOptions('disable'));
  expect(judge(control, confined).status).toBe('pass');
  const verdict = judge(control, running({ securityLabel: label('system_u:system_r:spc_t:s0') }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel' }] });
  expect(judge(control, running({ securityLabel: label('') })).status).toBe('fail');
});

test('a label without a level is read as well', () => {
  expect(judge(control, running({ securityLabel: label('system_u:system_r:container_t') })).status).toBe('pass');
});

test('the label of another module or an unreadable one leaves the options to decide', () => {
  const apparmor = label('docker-default (enforce)');
  expect(judge(control, running({ securityLabel: apparmor }, withOptions('disable'))).status).toBe('fail');
  expect(judge(control, running({ securityLabel: hidden }, withOptions('disable'))).status).toBe('fail');
});

test('an old label does not hide that the label is switched off', () => {
  expect(judge(control, recorded(context('container_t'), withOptions('disable'))).status).toBe('fail');
});

test('privileged containers have no label, whatever was recorded', () => {
  const verdict = judge(control, recorded(context('container_t'), { privileged: true }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'privileged' });
});

test.each(['pid', 'ipc'])("the host's %s namespace costs the label, unless a label option is given", (kind) => {
  expect(judge(control, container({ namespaces: { [kind]: 'host' } })).status).toBe('fail');
  const asked = container({ namespaces: { [kind]: 'host' }, ...withOptions('type:container_t') });
  expect(judge(control, asked).status).toBe('pass');
});

// docker-bench 5.3 passes on any security option at all.
test('other security options are no label', () => {
  const unlabelled = on({ engine: options('name=seccomp,profile=builtin') });
  const subject = container({ security: { noNewPrivileges: true, seccomp: 'unconfined', appArmor: 'web' } });
  expect(judge(control, subject, unlabelled).status).toBe('fail');
});

test('on a host without SELinux it is not asked', () => {
  expect(judge(control, container(withOptions('disable')), on(modules('capability', 'apparmor'))).status).toBe(
    'not-applicable',
  );
  const subject = running({ securityLabel: label('docker-default (enforce)') });
  expect(judge(control, subject, on(modules('apparmor'))).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  const unread = { host: host({ securityModules: hidden }) };
  expect(judge(control, container(), on({ ...unread, engine: options() })).status).toBe('unknown');
  expect(judge(control, container(), on(unread)).status).toBe('pass');
  expect(judge(control, container(), on({ engine: engine({}, { info: hidden }) })).status).toBe('unknown');
  expect(judge(control, container(), on({ engine: { ...options(), local: false } })).status).toBe('unknown');
});

test('without a machine the paper alone is judged', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('pass');
  expect(judge(control, container(withOptions('disable')), { machine: undefined }).status).toBe('fail');
});

test.each<[string, SpecChange]>([
  ['privileged', { privileged: true }],
  ['disable beside another option', withOptions('level:s0:c1,c2', 'disable')],
  ['an unconfined type', withOptions('type:spc_t')],
  ["the host's PID namespace", { namespaces: { pid: 'host' } }],
  ["the host's IPC namespace with disable", { namespaces: { ipc: 'host' }, ...withOptions('disable') }],
])('the remedy mends %s', (_, change) => {
  const subject = container(change);
  expect(judge(control, subject).status).toBe('fail');
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(judge(control, applySpecChange(subject, remedy.change)).status).toBe('pass');
});

test('an engine that does not label is what the remedy changes', () => {
  const circumstances = on({ engine: options('name=apparmor') });
  expect(control.remedy(container(), contextOf(control, circumstances))).toMatchObject({
    kind: 'daemon',
    set: { 'selinux-enabled': true },
  });
  expect(control.remedy(container(withOptions('disable')), contextOf(control, circumstances)).kind).toBe('spec');
});

test('an engine that was told otherwise on the command line is told there: it does not start with both', () => {
  const silent = options('name=apparmor');
  const process = mapFact(silent.process, (before) => ({
    ...before,
    arguments: ['dockerd', '--selinux-enabled=false'],
  }));
  const remedy = control.remedy(container(), contextOf(control, on({ engine: { ...silent, process } })));
  expect(remedy.kind).toBe('manual');
  expect(remedy.summary.en).toContain('--selinux-enabled');
});
