import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binariesIn } from '../../src/contents/binary/binaries-in.ts';
import { goBuildInfo } from '../../src/contents/binary/go-build-info.ts';
import { readBuildLines } from '../../src/contents/go/build-lines.ts';
import { openedFile } from '../opened-file.ts';

const found = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
const root = found.status === 0 ? found.stdout.trim() : undefined;

/** Where programs are; links in them lead to the others. */
const folders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  join(root ?? '/', 'bin'),
  join(root ?? '/', 'pkg', 'tool'),
].filter((folder) => existsSync(folder));

/** What `go version -m` says of each program: its version and, indented, the lines of its build info. */
function toldByGo(): ReadonlyMap<string, readonly string[]> {
  const { stdout } = spawnSync('go', ['version', '-m', ...folders], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
  const told = new Map<string, string[]>();
  let last: string[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('\t')) {
      // Some releases of Go print an empty line after a module that was replaced.
      if (line !== '\t') last.push(line.slice(1));
      continue;
    }
    const [, path, version] = /^(.*?): (.*)$/.exec(line) ?? [];
    if (path === undefined || version === undefined) continue;
    last = [version];
    told.set(path, last);
  }
  return told;
}

function toldByUs(path: string): readonly string[] | undefined {
  const content = openedFile(path);
  try {
    const info = binariesIn(content).map(goBuildInfo)[0];
    return info && [info.version, ...info.modules.split('\n').filter((line) => line !== '')];
  } finally {
    content.close();
  }
}

describe.skipIf(root === undefined)('programs of Go on this machine (needs go)', () => {
  test('have the build info that Go reads, line by line', () => {
    const told = toldByGo();
    expect(told.size).toBeGreaterThan(0);
    for (const [path, lines] of told) expect([path, toldByUs(path)]).toEqual([path, lines]);
  });

  test('are no others than those that Go finds', () => {
    const told = toldByGo();
    for (const folder of folders) {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (!lstatSync(path).isFile() || told.has(path)) continue;
        expect([path, toldByUs(path)]).toEqual([path, undefined]);
      }
    }
  });

  test('have as many dependencies as they have lines for them', () => {
    for (const lines of toldByGo().values()) {
      const written = lines.filter((line) => line.startsWith('dep\t')).length;
      expect(readBuildLines(lines.join('\n')).dependencies).toHaveLength(written);
    }
  });
});
