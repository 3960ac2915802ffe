import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContent } from '../../src/fix/steps/file.ts';
import type { Action, FileContent } from '../../src/model/plan.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Why a file system cannot be broken here; undefined where it can. */
export function whyNoFaults(): string | undefined {
  if (process.geteuid?.() !== 0) return 'not root';
  using folder = temporaryFolder({ 'on/file': '', file: '' });
  try {
    using _ = mount(join(folder.path, 'on'), '64k');
    execFileSync('chattr', ['+i', join(folder.path, 'file')], { stdio: 'ignore' });
    execFileSync('chattr', ['-i', join(folder.path, 'file')]);
    return undefined;
  } catch {
    return 'no right to mount, or no immutable files';
  }
}

/** A file system of its own, in memory, that goes with its object. */
export function mount(path: string, size: string): Disposable {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', path]) };
}

export function remount(path: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, path]);
}

/** Leaves no room: what can be written is written to a file that is taken away again to make room. */
export function fill(folder: string): void {
  for (const size of [4096, 1]) {
    for (;;) {
      try {
        writeFileSync(join(folder, 'filler'), Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}

/** A change of one file that a daemon restarts for. */
export function change(path: string, text: string): Action {
  const before = readContent(path);
  if (!before) throw new Error(`${path} is not there`);
  const after: FileContent = { ...before, bytes: Buffer.from(text).toString('base64') };
  return {
    id: 'daemon-json',
    kind: 'daemon-json',
    answers: [],
    summary: { en: path, zh: path },
    diff: '',
    disruption: 'daemon-restart',
    affects: [],
    steps: [{ kind: 'file', path, before, after }],
    effect: { kind: 'restart-daemon', reloadUnits: false },
  };
}
