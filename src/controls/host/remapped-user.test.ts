import { expect, test } from 'vitest';
import { engine, hidden, host, info } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { remappedUser } from './remapped-user.ts';

const plain = info({ securityOptions: [] });
const process = (uid: number) => mapFact(engine().process, (before) => ({ ...before, uid }));

test.each([
  ['default', 'dockremap'],
  ['anna', 'anna'],
  ['anna:containers', 'anna'],
  ['1000', '1000'],
])('userns-remap %s gives the ids of %s', (value, name) => {
  expect(remappedUser(engine({ 'userns-remap': value }), host())).toMatchObject({ value: name });
});

test('what is written and not in force gives none; where the engine does not answer, what is written counts', () => {
  expect(remappedUser(engine({}, { info: plain }), host())).toMatchObject({ known: true, value: null });
  expect(remappedUser(engine({}, { info: hidden }), host())).toMatchObject({ value: 'dockremap' });
  expect(remappedUser(engine({ 'userns-remap': null }, { info: hidden }), host())).toMatchObject({ value: null });
  expect(remappedUser(engine({ 'userns-remap': '' }, { info: hidden }), host())).toMatchObject({ value: null });
});

test('an engine that remaps and does not say to whom is unknown', () => {
  expect(remappedUser(engine({ 'userns-remap': null }, { info: info({}) }), host()).known).toBe(false);
  expect(remappedUser(engine({}, { configuration: hidden }), host()).known).toBe(false);
});

test('a rootless engine uses the ids of the user who runs it', () => {
  const users = [{ name: 'anna', uid: 1000, gid: 1000, home: '/home/anna', shell: '/bin/sh' }];
  const accounts = mapFact(host().accounts, ({ groups }) => ({ users, groups }));
  const subject = engine({}, { process: process(1000), info: plain });
  expect(remappedUser(subject, host({ accounts }))).toMatchObject({ value: 'anna' });
  expect(remappedUser({ ...subject, kind: 'podman' }, host({ accounts }))).toMatchObject({ value: 'anna' });
  expect(remappedUser(engine({}, { process: process(1001) }), host({ accounts }))).toMatchObject({ value: '1001' });
  const unseen = engine({}, { process: hidden, info: info({ securityOptions: ['name=rootless'] }) });
  expect(remappedUser(unseen, host()).known).toBe(false);
});

test('Podman as root takes no ids from there', () => {
  expect(remappedUser({ ...engine(), kind: 'podman' }, host())).toMatchObject({ known: true, value: null });
});
