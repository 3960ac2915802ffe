import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The `bin/plimsoll.js` of a fresh build. */
    program: string;
  }
}

const root = join(import.meta.dirname, '..');

/** Builds the program once before all tests that run it, in a folder of its own: `dist` may be in use. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bundle-'));
  // Some tests run it as another user.
  chmodSync(folder, 0o755);
  const builder = join(root, 'node_modules/rolldown/bin/cli.mjs');
  execFileSync(process.execPath, [builder, '--config', 'rolldown.config.ts', '--dir', join(folder, 'dist')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  project.provide('program', join(folder, 'bin/plimsoll.js'));
  return () => rmSync(folder, { recursive: true, force: true });
}
