import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonSeccompDefault as control } from './daemon-seccomp-default.ts';

const reporting = (...securityOptions: string[]) => engine({}, { info: info({ securityOptions }) });

const remedy = (subject: ReturnType<typeof engine>) => control.remedy(subject, contextOf(control));

test('docker-bench 2.17 looks for the word default and so fails healthy engines of 23.0 and later; builtin passes', () => {
  expect(judge(control, reporting('name=apparmor', 'name=seccomp,profile=builtin')).status).toBe('pass');
  expect(judge(control, reporting('name=seccomp,profile=default')).status).toBe('pass');
});

test('unconfined fails at its key', () => {
  const verdict = judge(control, reporting('name=seccomp,profile=unconfined'));
  expect(verdict).toMatchObject({ status: 'fail', field: 'seccomp-profile' });
});

test.each([['name=seccomp'], ['name=apparmor'], []])('an engine that reports %j has no filter at all', (...options) => {
  const subject = reporting(...options.filter((each) => typeof each === 'string'));
  const verdict = judge(control, subject);
  expect(verdict.status).toBe('fail');
});

test('a profile of your own passes once it is declared reviewed', () => {
  const own = reporting('name=seccomp,profile=/etc/docker/seccomp/site.json');
  expect(judge(control, own)).toMatchObject({ status: 'fail', field: 'seccomp-profile' });
  expect(judge(control, own, { parameters: { reviewedProfiles: ['/etc/docker/seccomp/*.json'] } }).status).toBe('pass');
  expect(judge(control, own, { parameters: { reviewedProfiles: ['/etc/docker/other.json'] } }).status).toBe('fail');
});

test('unconfined cannot be declared reviewed', () => {
  const bare = reporting('name=seccomp,profile=unconfined');
  expect(judge(control, bare, { parameters: { reviewedProfiles: ['*'] } }).status).toBe('fail');
});

test('the running engine outranks the file', () => {
  const notYetApplied = engine(
    { 'seccomp-profile': null },
    { info: info({ securityOptions: ['name=seccomp,profile=unconfined'] }) },
  );
  expect(judge(control, notYetApplied).status).toBe('fail');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('the remedy takes the key away, but not where a flag or the kernel is the cause', () => {
  expect(remedy(engine({ 'seccomp-profile': 'unconfined' }))).toMatchObject({ set: { 'seccomp-profile': null } });
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['dockerd', '--seccomp-profile=unconfined'],
  }));
  expect(remedy(engine({}, { process })).kind).toBe('manual');
  expect(remedy(reporting('name=apparmor')).kind).toBe('manual');
});
