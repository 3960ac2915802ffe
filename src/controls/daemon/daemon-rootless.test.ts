import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonRootless as control } from './daemon-rootless.ts';

const process = (uid: number) => mapFact(engine().process, (before) => ({ ...before, uid }));
const ordinary = info({ securityOptions: ['name=seccomp,profile=builtin'] });
const rootless = info({ securityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] });

test('a process of an ordinary user passes on what the kernel says', () => {
  const verdict = judge(control, engine({}, { process: process(1000), info: ordinary }));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('an engine that reports itself rootless passes', () => {
  expect(judge(control, engine({}, { process: hidden, info: rootless })).status).toBe('pass');
});

test('an engine that runs as root fails', () => {
  expect(judge(control, engine({}, { process: process(0), info: ordinary })).status).toBe('fail');
  expect(judge(control, engine({}, { process: hidden, info: ordinary })).status).toBe('fail');
});

test('remapped user namespaces pass, unless the site asks for more', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine(), { parameters: { required: true } }).status).toBe('fail');
  expect(judge(control, engine({}, { info: rootless }), { parameters: { required: true } }).status).toBe('pass');
});

test('it asks the running engine, not the file, whether user namespaces are remapped', () => {
  expect(judge(control, engine({ 'userns-remap': 'default' }, { info: ordinary })).status).toBe('fail');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { process: hidden, info: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('with required set, the user of the process is enough', () => {
  expect(judge(control, engine({}, { info: hidden }), { parameters: { required: true } }).status).toBe('fail');
});

test('Podman is shown its own commands', () => {
  const podman = control.remedy(engine({}, { kind: 'podman' }), contextOf(control));
  expect(podman).toMatchObject({ kind: 'manual', commands: [expect.stringContaining('podman')] });
});
