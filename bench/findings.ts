import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { vulnerabilitiesIn } from '../src/advisories/match.ts';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { advisoryReader } from '../src/feeds/advisory-reader.ts';
import { storeFile } from '../src/feeds/store-file.ts';

/*
 * How right the matching is, over a table of versions of which it is known whether a vulnerability is in them: precision (of what was found,
 * how much is true) and recall (of what is true, how much was found).
 *
 *   node bench/findings.ts --data-folder FOLDER            the store that `plimsoll feeds import` made
 *   node bench/findings.ts --data-folder FOLDER TABLE...   other tables than bench/findings.tsv
 *
 * A line is ECOSYSTEM, PACKAGE, VERSION, ID and `yes` or `no`, with a tab between them; after it may follow the module stream (`nodejs:18`). Lines that
 * begin with # are none.
 */

const { values, positionals } = parseArgs({
  options: { 'data-folder': { type: 'string' } },
  allowPositionals: true,
});
const folder = values['data-folder'];
if (folder === undefined || !existsSync(storeFile(folder))) {
  throw new Error('say where the store of advisories is: --data-folder FOLDER');
}
const tables = positionals.length > 0 ? positionals : [join(import.meta.dirname, 'findings.tsv')];
const database = openAdvisoryDatabase(storeFile(folder), { writes: false });
const lookup = advisoryReader(database);
const counts = { right: 0, missing: 0, wrong: 0, rightlyNone: 0, unknown: 0 };

for (const table of tables) {
  for (const [index, line] of readFileSync(table, 'utf8').split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [ecosystem = '', name = '', version = '', id = '', expected = '', module = ''] = line.split('\t');
    if (expected !== 'yes' && expected !== 'no')
      throw new Error(`${table}:${index + 1}: the fifth column is yes or no`);
    const ids = vulnerabilitiesIn({ ecosystem, name, version, ...(module === '' ? {} : { module }) }, lookup);
    const place = `${table}:${index + 1}: ${ecosystem} ${name} ${version} ${id}`;
    judge(place, ids, id, expected === 'yes');
  }
}
database.close();

function judge(place: string, ids: ReadonlySet<string> | undefined, id: string, isExpected: boolean): void {
  if (!ids) {
    counts.unknown += 1;
    say(`unknown  ${place}`);
  } else if (ids.has(id)) {
    counts[isExpected ? 'right' : 'wrong'] += 1;
    if (!isExpected) say(`wrong    ${place}`);
  } else {
    counts[isExpected ? 'missing' : 'rightlyNone'] += 1;
    if (isExpected) say(`missing  ${place}`);
  }
}

const { right, wrong, missing, rightlyNone, unknown } = counts;
say(
  `${right + wrong + missing + rightlyNone + unknown} rows: ${right} found, ${rightlyNone} rightly not, ${wrong} wrong, ${missing} missing, ${unknown} not known`,
);
say(`precision ${percent(right, right + wrong)}, recall ${percent(right, right + missing)}`);

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
