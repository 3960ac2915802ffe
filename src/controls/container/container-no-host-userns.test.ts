import { expect, test } from 'vitest';
import {
  container,
  contextOf,
  engine,
  exemplarEffective,
  hidden,
  info,
  judge,
  machine,
  running,
} from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerNoHostUserns as control } from './container-no-host-userns.ts';

const out = { namespaces: { user: 'host' } };
const namespace = (host: boolean) => ({
  namespaces: {
    ...exemplarEffective.namespaces,
    user: known({ link: 'user:[4026531837]', host }, 'kernel', '/proc/412/ns/user'),
  },
});
const options = (...securityOptions: string[]) => ({
  machine: machine({ engine: engine({}, { info: info({ securityOptions }) }) }),
});

test('opting out fails where the engine remaps', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, container(out))).toMatchObject({ status: 'fail', field: 'namespaces.user' });
});

// docker-bench 5.31 judges it even where nothing is remapped.
test('where the engine does not remap there is nothing to opt out of', () => {
  expect(judge(control, container(out), options('name=seccomp,profile=builtin')).status).toBe('not-applicable');
  expect(judge(control, container(), options()).status).toBe('not-applicable');
  expect(judge(control, running(namespace(true)), options()).status).toBe('not-applicable');
});

test('a rootless engine has no namespace of the host to give', () => {
  const verdict = judge(control, container(out), options('name=rootless'));
  expect(verdict.status).toBe('not-applicable');
  expect(verdict.message.en).toContain('rootless');
});

test('the namespace of the process outranks the mode, both ways', () => {
  expect(judge(control, running(namespace(false), out)).status).toBe('pass');
  const verdict = judge(control, running(namespace(true)));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel' }] });
});

test('a namespace of its own passes whatever the engine does', () => {
  expect(judge(control, running(namespace(false)), options()).status).toBe('pass');
});

test('an unreadable namespace leaves the mode to decide', () => {
  const namespaces = { ...exemplarEffective.namespaces, user: hidden };
  expect(judge(control, running({ namespaces }, out)).status).toBe('fail');
  expect(judge(control, running({ namespaces })).status).toBe('pass');
});

test('an engine that does not answer is unknown', () => {
  const silent = { machine: machine({ engine: engine({}, { info: hidden }) }) };
  expect(judge(control, container(out), silent).status).toBe('unknown');
});

test('without a machine the mode alone decides', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('pass');
  expect(judge(control, container(out), { machine: undefined }).status).toBe('fail');
});

test.each([{ privileged: true }, { namespaces: { pid: 'host' } }, { namespaces: { network: 'host' } }])(
  'a remapping engine would refuse %j, so that a person must decide',
  (change) => {
    const subject = container({ ...change, namespaces: { ...change.namespaces, user: 'host' } });
    expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
  },
);
