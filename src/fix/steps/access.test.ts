import { chmodSync, chownSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.ts';
import type { AccessStep } from '../../model/plan.ts';
import { accessSteps, readAccess } from './access.ts';

const isRoot = process.geteuid?.() === 0;
const mine = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };

function stepFor(folder: TemporaryFolder, before: number, after: number): AccessStep {
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  chmodSync(path, before);
  return { kind: 'access', path, before: { mode: before, ...mine }, after: { mode: after, ...mine } };
}

test('the mode goes to either side, and is read again', async () => {
  using folder = temporaryFolder();
  const step = stepFor(folder, 0o666, 0o600);
  expect(await accessSteps.side(step)).toBe('before');
  await accessSteps.bring(step, 'after');
  expect(lstatSync(step.path).mode & 0o7777).toBe(0o600);
  expect(await accessSteps.side(step)).toBe('after');
  await accessSteps.bring(step, 'before');
  expect(await accessSteps.side(step)).toBe('before');
  chmodSync(step.path, 0o444);
  expect(await accessSteps.side(step)).toBe('other');
});

test.runIf(isRoot)('killed between owner and mode, it is taken for begun, whichever way it went', async () => {
  using folder = temporaryFolder();
  const step = { ...stepFor(folder, 0o4666, 0o600), before: { mode: 0o4666, uid: 1234, gid: 1234 } };
  chownSync(step.path, 1234, 1234);
  chmodSync(step.path, 0o4666);
  expect(await accessSteps.side(step)).toBe('before');
  // A change of owner takes the set-id bit away.
  chownSync(step.path, mine.uid, mine.gid);
  expect(lstatSync(step.path).mode & 0o7777).toBe(0o666);
  expect(await accessSteps.side(step)).toBe('after');
  await accessSteps.bring(step, 'before');
  expect(readAccess(step.path)).toEqual(step.before);
  await accessSteps.bring(step, 'after');
  chownSync(step.path, 1234, 1234);
  expect(await accessSteps.side(step)).toBe('after');
});

test('a socket is changed without being opened', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 's');
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  await accessSteps.bring(
    { kind: 'access', path, before: { mode: 0o777, ...mine }, after: { mode: 0o660, ...mine } },
    'after',
  );
  expect(lstatSync(path).mode & 0o7777).toBe(0o660);
  server.close();
});

test('a link is not followed, in the place of the file or of its folder', async () => {
  using folder = temporaryFolder({ 'there/file': '' });
  const target = join(folder.path, 'there/file');
  chmodSync(target, 0o666);
  symlinkSync('there', join(folder.path, 'link'));
  symlinkSync('there/file', join(folder.path, 'name'));
  const step = (name: string): AccessStep => ({
    kind: 'access',
    path: join(folder.path, name),
    before: { mode: 0o666, ...mine },
    after: { mode: 0o600, ...mine },
  });
  expect(await accessSteps.side(step('name'))).toBe('other');
  await expect(accessSteps.bring(step('name'), 'after')).rejects.toThrow('a link stands in its place');
  await expect(accessSteps.bring(step('link/file'), 'after')).rejects.toThrow('is a link');
  expect(lstatSync(target).mode & 0o7777).toBe(0o666);
});

test('of what is not there any more nothing is left to take back', async () => {
  using folder = temporaryFolder();
  const access = { mode: 0o600, ...mine };
  const path = join(folder.path, 'file');
  expect(await accessSteps.side({ kind: 'access', path, before: access, after: access })).toBe('gone');
});
