// The limit of a check: reads the same files and parses their YAML, and does nothing with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

const [folder = '.'] = process.argv.slice(2);
for (const name of readdirSync(folder)) loadAll(readFileSync(join(folder, name), 'utf8'));
