import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyRun, recover } from '../../src/fix/apply.ts';
import { openJournal, readJournal } from '../../src/fix/journal.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { change, fill, mount, remount, whyNoFaults } from './broken-file-system.ts';
import { begin, onlyRun, smallWorkshop } from './small-fix.ts';

const obstacle = whyNoFaults();
const skipped = obstacle === undefined ? '' : ` (${obstacle})`;
const old = '{ "debug": true }\n';

/** A journal on a small file system of its own, and a file elsewhere. */
function journalOn(folder: string, size = '256k') {
  const state = join(folder, 'state');
  const own = mount(state, size);
  // Others may not write to it: the root of a new tmpfs is open to everybody.
  chmodSync(state, 0o700);
  const file = join(folder, 'daemon.json');
  writeFileSync(file, old);
  return { state, file, [Symbol.dispose]: () => own[Symbol.dispose]() };
}

function refuse(): never {
  throw new Error('database or disk is full');
}

describe.skipIf(obstacle !== undefined)(`a journal that cannot be written${skipped}`, () => {
  const fixJournal = expect.objectContaining({ code: 'fix-journal' });

  test('read-only: refused, and yet it can be looked at', () => {
    using folder = temporaryFolder();
    using subject = journalOn(folder.path);
    const workshop = smallWorkshop(folder.path);
    begin(workshop, [change(subject.file, 'new')]);
    workshop.journal.close();
    remount(subject.state, 'ro');
    expect(() => openJournal(subject.state)).toThrow(fixJournal);
    expect(readJournal(subject.state).map(({ id }) => id)).toEqual(['one']);
  });

  test('too full for the plan: refused before anything is done, and good again when there is room', async () => {
    using folder = temporaryFolder();
    using subject = journalOn(folder.path);
    const workshop = smallWorkshop(folder.path);
    const large = change(subject.file, 'x'.repeat(500_000));
    expect(() => begin(workshop, [large])).toThrow(fixJournal);
    expect(workshop.journal.runs()).toEqual([]);
    const results = await applyRun(begin(workshop, [change(subject.file, 'new')]), workshop);
    expect(results.map(({ state }) => state)).toEqual(['done']);
    workshop.journal.close();
  });

  test('too full to say that an action is done: it is taken back, and the next fix goes on', async () => {
    using folder = temporaryFolder();
    using subject = journalOn(folder.path);
    const taken: string[] = [];
    const later = (now: string) => {
      if (now === 'an effect is taken') fill(subject.state);
    };
    const left = 'for a person '.repeat(10_000);
    const workshop = smallWorkshop(folder.path, later, {
      take: async () => void taken.push(readFileSync(subject.file, 'utf8')),
      prove: async () => ({ holds: true, reason: { en: left, zh: left } }),
    });
    const results = await applyRun(
      begin(workshop, [change(subject.file, 'new'), change(subject.file, 'newer')]),
      workshop,
    );
    expect(results.map(({ state }) => state)).toEqual(['failed', 'planned']);
    expect(results[0]?.reason?.en).toMatch(/the journal .* cannot be written.*full/);
    expect(readFileSync(subject.file, 'utf8')).toBe(old);
    // The daemon that has been started with the new content is started with the old one again.
    expect(taken).toEqual(['new', old]);
    workshop.journal.close();
    rmSync(join(subject.state, 'filler'));
    const next = smallWorkshop(folder.path);
    await recover(next);
    expect(onlyRun(next).actions.map(({ state }) => state)).toEqual(['failed', 'planned']);
    expect(readFileSync(subject.file, 'utf8')).toBe(old);
    next.journal.close();
  });

  test('that cannot be written from the first action on changes nothing', async () => {
    using folder = temporaryFolder();
    using subject = journalOn(folder.path);
    const workshop = smallWorkshop(folder.path, undefined, {
      take: () => Promise.reject(new Error('not to be taken')),
    });
    const run = begin(workshop, [change(subject.file, 'new')]);
    const full = { ...workshop, journal: { ...workshop.journal, mark: refuse } };
    expect(await applyRun(run, full)).toMatchObject([{ state: 'failed', reason: { en: 'database or disk is full' } }]);
    expect(readFileSync(subject.file, 'utf8')).toBe(old);
    expect(await recover(workshop)).toEqual([]);
    workshop.journal.close();
  });
});

test('of two fixes at once the second is refused, and the first goes on', async () => {
  using folder = temporaryFolder({ 'daemon.json': old });
  const file = join(folder.path, 'daemon.json');
  const workshop = smallWorkshop(folder.path);
  const run = begin(workshop, [change(file, 'new')]);
  const busy = expect.objectContaining({ code: 'fix-busy' });
  expect(() => openJournal(join(folder.path, 'state'))).toThrow(busy);
  expect((await applyRun(run, workshop)).map(({ state }) => state)).toEqual(['done']);
  workshop.journal.close();
  openJournal(join(folder.path, 'state')).close();
});
