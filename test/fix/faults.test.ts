import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyRun, recover, undoRun } from '../../src/fix/apply.ts';
import type { Action } from '../../src/model/plan.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { change, fill, mount, remount, whyNoFaults } from './broken-file-system.ts';
import { begin, onlyRun, smallWorkshop } from './small-fix.ts';

const obstacle = whyNoFaults();
const skipped = obstacle === undefined ? '' : ` (${obstacle})`;
const old = '{ "debug": true }\n';

interface Subject {
  /** The folder on the file system that is broken, and a file in a folder of it. */
  readonly root: string;
  readonly etc: string;
  readonly file: string;
}

interface Fault {
  readonly name: string;
  readonly reason: string;
  readonly inflict: (subject: Subject) => void;
  readonly heal: (subject: Subject) => void;
  /** What stands in the file while the fault lasts, where that is not the old content. */
  readonly holds?: string;
}

const faults: readonly Fault[] = [
  {
    name: 'a full file system',
    reason: 'no space left',
    inflict: ({ root }) => fill(root),
    heal: ({ root }) => rmSync(join(root, 'filler')),
  },
  {
    name: 'a read-only file system',
    reason: 'read-only',
    inflict: ({ root }) => remount(root, 'ro'),
    heal: ({ root }) => remount(root, 'rw'),
  },
  {
    name: 'an immutable file',
    reason: 'immutable',
    inflict: ({ file }) => void execFileSync('chattr', ['+i', file]),
    heal: ({ file }) => void execFileSync('chattr', ['-i', file]),
  },
  {
    name: 'an immutable folder',
    reason: 'immutable',
    inflict: ({ etc }) => void execFileSync('chattr', ['+i', etc]),
    heal: ({ etc }) => void execFileSync('chattr', ['-i', etc]),
  },
  {
    name: 'a link in the place of the file, to another of the same content',
    reason: 'changed by somebody else',
    inflict({ file }) {
      renameSync(file, `${file}.moved`);
      symlinkSync('daemon.json.moved', file);
    },
    heal: ({ file }) => renameSync(`${file}.moved`, file),
  },
  {
    name: 'a link in the place of the folder',
    reason: 'changed by somebody else',
    inflict({ etc }) {
      renameSync(etc, `${etc}.moved`);
      symlinkSync('etc.moved', etc);
    },
    heal({ etc }) {
      rmSync(etc);
      renameSync(`${etc}.moved`, etc);
    },
  },
  {
    name: 'a file that was changed after the plan was made',
    reason: 'changed by somebody else',
    inflict: ({ file }) => writeFileSync(file, 'theirs'),
    heal: ({ file }) => writeFileSync(file, old),
    holds: 'theirs',
  },
];

/** `tmpfs` knows no immutable files before Linux 6.6: those are on the test's own file system. */
function subjectIn(folder: string, fault: Fault): Subject & Disposable {
  const root = join(folder, 'root');
  const file = join(root, 'etc/daemon.json');
  const isOwn = fault.name.includes('file system');
  const own = isOwn ? mount(root, '256k') : undefined;
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(file, old);
  chmodSync(file, 0o640);
  return { root, etc: join(root, 'etc'), file, [Symbol.dispose]: () => own?.[Symbol.dispose]() };
}

/** Everything below, links as what they are. */
function picture(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}

describe.skipIf(obstacle !== undefined)(`what a file system refuses${skipped}`, () => {
  test.each(faults)('$name: said, the old content is there, and nothing beside it', async (fault) => {
    using folder = temporaryFolder();
    using subject = subjectIn(folder.path, fault);
    const { file, root } = subject;
    const taken: string[] = [];
    const workshop = smallWorkshop(folder.path, undefined, { take: async () => void taken.push('restart') });
    const plan = [change(file, `{ "debug": true, "icc": false }\n${' '.repeat(100_000)}`)];
    const run = begin(workshop, plan);
    fault.inflict(subject);
    try {
      const before = picture(root);
      const [result] = await applyRun(run, workshop);
      expect(result).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining(fault.reason) } });
      expect(result?.reason?.en).toContain(file);
      expect(result?.reason?.en).not.toContain('/proc/self');
      expect(result?.reason?.en).not.toContain('tries again');
      expect(readFileSync(file, 'utf8')).toBe(fault.holds ?? old);
      expect(picture(root)).toEqual(before);
      // Nothing was changed: nobody's containers stop for it.
      expect(taken).toEqual([]);
      expect(onlyRun(workshop).actions.map(({ state }) => state)).toEqual(['failed']);
      expect(await recover(workshop)).toEqual([]);
    } finally {
      fault.heal(subject);
    }
    const untouched = picture(root);
    expect((await applyRun(run, workshop)).map(({ state }) => state)).toEqual(['done']);
    expect((await undoRun(onlyRun(workshop), workshop)).map(({ state }) => state)).toEqual(['undone']);
    expect(readFileSync(file, 'utf8')).toBe(old);
    expect(lstatSync(file).mode & 0o7777).toBe(0o640);
    expect(picture(root)).toEqual(untouched);
    workshop.journal.close();
  });

  test.each(faults.filter(({ name }) => !name.includes('link') && !name.includes('changed')))(
    '$name keeps an undo open, and the next fix ends it',
    async (fault) => {
      using folder = temporaryFolder();
      using subject = subjectIn(folder.path, fault);
      const workshop = smallWorkshop(folder.path, undefined, { take: async () => {} });
      const { file } = subject;
      await applyRun(begin(workshop, [change(file, 'new')]), workshop);
      fault.inflict(subject);
      try {
        const [result] = await undoRun(onlyRun(workshop), workshop);
        expect(result).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining(fault.reason) } });
        expect(readFileSync(file, 'utf8')).toBe('new');
        await expect(recover(workshop)).rejects.toThrow(fault.reason);
      } finally {
        fault.heal(subject);
      }
      expect(await recover(workshop)).toHaveLength(1);
      expect(readFileSync(file, 'utf8')).toBe(old);
      expect(onlyRun(workshop).actions.map(({ state }) => state)).toEqual(['undone']);
      expect(readdirSync(subject.etc)).toEqual(['daemon.json']);
      workshop.journal.close();
    },
  );

  test('folders that were made for a file that then has no room go again', async () => {
    using folder = temporaryFolder();
    using _ = mount(join(folder.path, 'root'), '64k');
    const drop = join(folder.path, 'root/docker.service.d');
    const after = { bytes: Buffer.alloc(100_000).toString('base64'), access: { mode: 0o644, uid: 0, gid: 0 } };
    const workshop = smallWorkshop(folder.path);
    const action: Action = {
      id: 'unit',
      kind: 'daemon-json',
      answers: [],
      summary: { en: 'unit', zh: 'unit' },
      diff: '',
      affects: [],
      disruption: 'none',
      steps: [{ kind: 'file', path: join(drop, '60.conf'), before: null, after, folders: [drop] }],
    };
    const [result] = await applyRun(begin(workshop, [action]), workshop);
    expect(result).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining('no space left') } });
    expect(existsSync(drop)).toBe(false);
    workshop.journal.close();
  });

  test('a link that is put in the place of the folder while an action is done is not followed', async () => {
    using folder = temporaryFolder({ 'root/etc/daemon.json': old, 'root/theirs/daemon.json': old });
    const etc = join(folder.path, 'root/etc');
    const swap = (place: string) => {
      if (place !== 'a step is to be taken' || !lstatSync(etc).isDirectory()) return;
      renameSync(etc, `${etc}.moved`);
      symlinkSync('theirs', etc);
    };
    const workshop = smallWorkshop(folder.path, swap);
    const [result] = await applyRun(begin(workshop, [change(join(etc, 'daemon.json'), 'new')]), workshop);
    expect(result).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining(`${etc} is a link`) } });
    expect(readFileSync(join(etc, 'daemon.json'), 'utf8')).toBe(old);
    expect(readFileSync(join(`${etc}.moved`, 'daemon.json'), 'utf8')).toBe(old);
    expect(readdirSync(join(folder.path, 'root/theirs'))).toEqual(['daemon.json']);
    workshop.journal.close();
  });
});

const setfacl = ['/usr/bin/setfacl', '/bin/setfacl'].find((path) => existsSync(path));

test.skipIf(setfacl === undefined || obstacle !== undefined)('an access list outlives a fix and its undo', async () => {
  using folder = temporaryFolder({ 'daemon.json': old });
  const file = join(folder.path, 'daemon.json');
  execFileSync(setfacl ?? '', ['-m', 'u:1234:r,m::r', file]);
  const list = () => execFileSync('getfacl', ['-cnp', file], { encoding: 'utf8' });
  const before = list();
  expect(before).toContain('user:1234:r--');
  const workshop = smallWorkshop(folder.path);
  await applyRun(begin(workshop, [change(file, 'new')]), workshop);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(list()).toBe(before);
  await undoRun(onlyRun(workshop), workshop);
  expect(readFileSync(file, 'utf8')).toBe(old);
  expect(list()).toBe(before);
  workshop.journal.close();
});
