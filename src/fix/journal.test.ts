import { lstatSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lay, smallPlan } from '../../test/fix/small-fix.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { hasJournal, openJournal } from './journal.ts';

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
  first.mark('a', 1, 'failed', 'no reason');
  first.close();
  const second = openJournal(state);
  const runs = second.runs();
  expect(runs.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(runs[0]).toMatchObject({ daemon, who: 'alice (root)' });
  expect(runs[0]?.actions.map(({ state: each, reason }) => [each, reason])).toEqual([
    ['planned', undefined],
    ['failed', 'no reason'],
    ['planned', undefined],
  ]);
  expect(runs[0]?.actions.map(({ action }) => action)).toEqual(plan);
  second.forgetDaemon('a');
  expect(second.runs()[0]).not.toHaveProperty('daemon');
  second.close();
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
