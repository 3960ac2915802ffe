import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { controlPages } from './control-pages.ts';
import { coveragePage } from './coverage-page.ts';
import { packagesPage } from './packages-page.ts';
import { catalogerKeysSource, catalogersSource, registrySources } from './registry-source.ts';

/*
 * Everything that is generated: the registry of controls, their pages in both languages, what they cover, and what packages are
 * read from.
 *
 *   node scripts/generate.ts            writes what has changed
 *   node scripts/generate.ts --check    writes nothing, and fails when something is stale
 */

const root = join(import.meta.dirname, '..');
const controls = 'src/controls';
const pages = 'docs/controls';

const check = process.argv.includes('--check');
const stale: string[] = [];

for (const [file, text] of registrySources()) emit(join(controls, file), text);
emit('src/contents/catalogers/all.ts', catalogersSource());
emit('src/contents/catalogers/keys.ts', await catalogerKeysSource());
// The pages are made from the registry, so that it must be on disk before they are.
const wanted = await controlPages();
for (const [file, text] of wanted) emit(join(pages, file), text);
emit('docs/coverage.md', await coveragePage());
emit('docs/packages.md', await packagesPage());
for (const file of filesBelow(join(root, pages))) if (!wanted.has(relative(join(root, pages), file))) drop(file);

if (check && stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}\nRun "npm run generate" and commit what it writes.\n`);
  process.exitCode = 1;
}

function emit(file: string, text: string): void {
  const path = join(root, file);
  if (readIfThere(path) === text) return;
  stale.push(file);
  if (check) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function drop(path: string): void {
  stale.push(relative(root, path));
  if (!check) rmSync(path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
