import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyRun, recover, undoRun, type Workshop } from '../../src/fix/apply.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { begin, lay, onlyRun, smallPlan, smallWorkshop } from './small-fix.ts';

function killedAt(folder: string, what: 'apply' | 'undo', number: number) {
  const program = join(import.meta.dirname, 'killed-fix.ts');
  return spawnSync(process.execPath, [program, folder, what, String(number)], { encoding: 'utf8' });
}

/** How many places there are to be killed at. */
function placesIn(what: 'apply' | 'undo'): number {
  using folder = temporaryFolder();
  lay(folder.path);
  if (what === 'undo') killedAt(folder.path, 'apply', -1);
  const { stdout, stderr } = killedAt(folder.path, what, -1);
  if (!/^\d+$/.test(stdout)) throw new Error(stderr);
  return Number(stdout);
}

/** For each action the side that all of its steps are on, in an order in which a later one may hide an earlier one. */
async function sides(workshop: Workshop) {
  const { actions } = onlyRun(workshop);
  return Promise.all(
    actions.map(async ({ action }) => {
      const each = await Promise.all(action.steps.map((step) => workshop.kindOf(step).side(step)));
      return [...new Set(each)].join(' and ');
    }),
  );
}

/** What must be true whenever nothing runs: what the journal says is what is. */
async function expectWhole(folder: string, workshop: Workshop) {
  const [reload, host, restart] = onlyRun(workshop).actions.map(({ state }) => state === 'done');
  const found = await sides(workshop);
  expect(found[1]).toBe(host ? 'after' : 'before');
  expect(found[2]).toBe(restart ? 'after' : reload ? 'before' : 'other');
  // The last action changes the file of the first one again.
  expect(found[0]).toBe(restart ? 'other' : reload ? 'after' : 'before');
  expect(onlyRun(workshop).actions.map(({ state }) => state)).not.toContain('begun');
  expect(filesBelow(folder).filter((name) => name.endsWith('.plimsoll'))).toEqual([]);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** Every file below, with its content, as one text. */
function picture(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/state') && entry.name !== 'daemon-runs-with')
    .map(({ parentPath, name }) => `${join(parentPath, name)}\n${readFileSync(join(parentPath, name), 'utf8')}`)
    .toSorted()
    .join('\n');
}

describe.each(['apply', 'undo'] as const)('killed at any place of %s', (what) => {
  let places = 0;
  beforeAll(() => {
    places = placesIn(what);
  });

  test('everything is the old or the new, and can be taken back byte for byte', async () => {
    expect(places).toBeGreaterThan(15);
    for (let number = 1; number <= places; number += 1) {
      using folder = temporaryFolder();
      lay(folder.path);
      const untouched = picture(folder.path);
      if (what === 'undo') killedAt(folder.path, 'apply', -1);
      expect(killedAt(folder.path, what, number).signal, `place ${number}`).toBe('SIGKILL');

      const workshop = smallWorkshop(folder.path);
      if (workshop.journal.runs().length > 0) {
        await recover(workshop);
        await expectWhole(folder.path, workshop);
        // What the daemon was last told to take is what its file holds now.
        const { actions } = onlyRun(workshop);
        if (actions.some(({ state }) => state !== 'planned')) expectDaemonUpToDate(folder.path);
        await undoRun(onlyRun(workshop), workshop);
      }
      workshop.journal.close();
      expect(picture(folder.path), `place ${number}`).toBe(untouched);
      expect(readdirSync(join(folder.path, 'etc')).toSorted()).toEqual(['daemon.json', 'key.pem']);
    }
  }, 120_000);
});

function expectDaemonUpToDate(folder: string): void {
  const content = readFileSync(join(folder, 'etc/daemon.json')).toString('base64');
  expect(readFileSync(join(folder, 'daemon-runs-with'), 'utf8')).toBe(content);
}

test('a second recovery finds nothing to do', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  killedAt(folder.path, 'apply', 9);
  const workshop = smallWorkshop(folder.path);
  expect(await recover(workshop)).toHaveLength(1);
  expect(await recover(workshop)).toEqual([]);
  workshop.journal.close();
});

test('a fix that is running keeps others out, and is no obstacle once it is killed', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const workshop = smallWorkshop(folder.path);
  begin(workshop, smallPlan(folder.path));
  expect(killedAt(folder.path, 'apply', -1).stderr).toContain('another fix is running');
  workshop.journal.close();
  using other = temporaryFolder();
  lay(other.path);
  killedAt(other.path, 'apply', 3);
  const again = smallWorkshop(other.path);
  await recover(again);
  expect((await applyRun(onlyRun(again), again)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  again.journal.close();
});
