import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeFile } from '../src/feeds/store-file.ts';
import { timed } from './whole-process.ts';

/*
 * How long an import of feeds takes, as a whole process, with how much memory, and how large the store is; then the same files once more, of
 * which nothing changed:
 *
 *   npm run bench:feeds -- FOLDER    exports of osv.dev, and what else `plimsoll feeds import` reads
 */

const [feeds] = process.argv.slice(2);
if (feeds === undefined) throw new Error('say which feeds are to be read: npm run bench:feeds -- FOLDER');
const program = join(import.meta.dirname, '..', 'bin', 'plimsoll.js');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  say(`Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()})`);
  for (const name of ['import', 'once more']) {
    const { took, memory } = await timed(
      process.execPath,
      [program, 'feeds', 'import', feeds, '--data-folder', folder],
      [0],
    );
    const size = statSync(storeFile(folder)).size;
    say(`${name}: ${(took / 1000).toFixed(1)} s, ${memory.toFixed(0)} MiB, a store of ${(size / 1e6).toFixed(1)} MB`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
