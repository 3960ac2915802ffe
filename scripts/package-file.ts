import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The published package is the bundle alone: it needs no dependencies, and brings no Node of its own.
 * `npm pack` calls this before (trim) and after (restore) it reads package.json.
 */

const file = join(import.meta.dirname, '..', 'package.json');
const original = `${file}.original`;
const [step] = process.argv.slice(2);

if (step === 'trim') {
  const text = readFileSync(file, 'utf8');
  const {
    scripts: _scripts,
    devDependencies: _development,
    optionalDependencies: _optional,
    ...published
  } = JSON.parse(text) as Record<string, unknown>;
  writeFileSync(original, text);
  // Not in the repository's own file: there the Node that is needed comes as a package, and npm would warn at every
  // command of a machine whose own Node is older.
  const withEngine = { ...published, engines: { node: '>=24' } };
  writeFileSync(file, `${JSON.stringify(withEngine, null, 2)}\n`);
} else if (existsSync(original)) renameSync(original, file);
