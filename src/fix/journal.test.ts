import { chmodSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lay, smallPlan } from '../../test/fix/small-fix.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { hasJournal, openJournal, readJournal } from './journal.ts';

const run = (id: string, started: string) => ({ id, started, who: 'alice (root)' });

test('what was begun is told again by another process, in the order of time', () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const state = join(folder.path, 'state');
  const plan = smallPlan(folder.path);
  const first = openJournal(state);
  const daemon = { kind: 'systemd', unit: 'docker.service' } as const;
  first.begin(run('b', '2026-11-22T09:00:00.000Z'), plan.slice(0, 1));
  first.begin({ ...run('a', '2026-11-22T08:00:00.000Z'), daemon }, plan);
  const reason = { en: 'no reason', zh: '无原因' };
  first.mark('a', 1, 'failed', reason);
  first.close();
  const second = openJournal(state);
  const runs = second.runs();
  expect(runs.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(runs[0]).toMatchObject({ daemon, who: 'alice (root)' });
  expect(runs[0]?.actions.map(({ state: each, reason: why }) => [each, why])).toEqual([
    ['planned', undefined],
    ['failed', reason],
    ['planned', undefined],
  ]);
  expect(runs[0]?.actions.map(({ action }) => action)).toEqual(plan);
  second.close();
});

const command = { kind: 'command', program: '/usr/bin/dockerd', arguments: [], folder: '/' } as const;
const daemon = { ...command, environment: { HTTP_PROXY: 'http://user:TOPSECRET@proxy.example' } };

test('what a daemon was given in confidence is forgotten once nothing is half done, and is not in the file any more', () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const state = join(folder.path, 'state');
  const journal = openJournal(state);
  journal.begin({ ...run('a', '2026-11-22T08:00:00.000Z'), daemon }, smallPlan(folder.path));
  journal.mark('a', 0, 'begun');
  journal.forgetDaemons();
  expect(journal.runs()[0]).toMatchObject({ daemon });
  journal.mark('a', 0, 'failed');
  journal.forgetDaemons();
  expect(journal.runs()[0]).not.toHaveProperty('daemon');
  journal.keepDaemon('a', daemon);
  expect(journal.runs()[0]).toMatchObject({ daemon });
  journal.forgetDaemons();
  journal.close();
  expect(readFileSync(join(state, 'fixes.sqlite')).includes('TOPSECRET')).toBe(false);
});

test('a unit is no secret, and starts a daemon again that is down', () => {
  using folder = temporaryFolder();
  const journal = openJournal(join(folder.path, 'state'));
  const unit = { kind: 'systemd', unit: 'docker.service' } as const;
  journal.begin({ ...run('a', '2026-11-22T08:00:00.000Z'), daemon: unit }, []);
  journal.forgetDaemons();
  expect(journal.runs()[0]).toMatchObject({ daemon: unit });
  journal.close();
});

test.each([
  ['the folder', '.', 0o777],
  ['the file', 'fixes.sqlite', 0o666],
])('%s that others may write to is refused: they would decide what root takes back', (_, name, mode) => {
  using folder = temporaryFolder({ 'state/other': '' });
  const state = join(folder.path, 'state');
  openJournal(state).close();
  chmodSync(join(state, name), mode);
  expect(() => openJournal(state)).toThrow('others than its owner may write');
});

test('looking keeps nobody out, leaves no trace, and says when a fix is running', () => {
  using folder = temporaryFolder();
  const state = join(folder.path, 'state');
  const journal = openJournal(state);
  journal.begin(run('a', '2026-11-22T08:00:00.000Z'), []);
  expect(() => readJournal(state)).toThrow('another fix is running');
  journal.close();
  const before = readFileSync(join(state, 'fixes.sqlite'));
  expect(readJournal(state).map(({ id }) => id)).toEqual(['a']);
  expect(readFileSync(join(state, 'fixes.sqlite'))).toEqual(before);
  expect(readdirSync(state)).toEqual(['fixes.sqlite']);
});

test('a journal that was only begun to be made tells nothing', () => {
  using folder = temporaryFolder({ 'state/fixes.sqlite': '' });
  expect(readJournal(join(folder.path, 'state'))).toEqual([]);
});

test('only its owner may read what it keeps', () => {
  using folder = temporaryFolder();
  const state = join(folder.path, 'var/plimsoll');
  expect(hasJournal(state)).toBe(false);
  const journal = openJournal(state);
  journal.begin(run('a', '2026-11-22T08:00:00.000Z'), []);
  expect(lstatSync(state).mode & 0o777).toBe(0o700);
  expect(readdirSync(state).filter((name) => (lstatSync(join(state, name)).mode & 0o077) !== 0)).toEqual([]);
  journal.close();
  expect(hasJournal(state)).toBe(true);
});

test('the mode of a folder that is there already is left alone', () => {
  using folder = temporaryFolder({ 'state/other': '' });
  const before = lstatSync(join(folder.path, 'state')).mode;
  openJournal(join(folder.path, 'state')).close();
  expect(lstatSync(join(folder.path, 'state')).mode).toBe(before);
});

test.each([
  ['a file in the place of the folder', 'state', { state: '' }],
  ['a file that is no journal', 'state', { 'state/fixes.sqlite': 'something else that is long enough to be read' }],
])('%s is said, with what to do', (_, name, files) => {
  using folder = temporaryFolder(files);
  expect(() => openJournal(join(folder.path, name))).toThrow(
    expect.objectContaining({
      code: 'fix-journal',
      advice: expect.objectContaining({ en: expect.stringContaining('--state') }),
    }),
  );
});

test('a link in the place of the journal is not followed', () => {
  using folder = temporaryFolder({ 'state/other': '' });
  symlinkSync('other', join(folder.path, 'state/fixes.sqlite'));
  expect(() => openJournal(join(folder.path, 'state'))).toThrow(/ELOOP|cannot be written/);
});
