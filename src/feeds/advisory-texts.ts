import type { DatabaseSync } from 'node:sqlite';
import type { AdvisoryText, ToldVulnerability } from '../advisories/lookup.ts';
import type { PackedTexts } from './advisory-writer.ts';
import { descriptionsOf } from './cve-facts.ts';
import { unpackText } from './packed-text.ts';

/** What there is to read of vulnerabilities, in the order in which they are asked: of many at once, since texts are compressed together. */
export function textsOf(database: DatabaseSync, asked: readonly ToldVulnerability[]): AdvisoryText[] {
  const select = database.prepare('SELECT texts FROM advisory WHERE id = ?');
  const told = new Map<number, PackedTexts>();
  for (const { advisory } of asked) {
    if (told.has(advisory)) continue;
    const row = select.get(advisory) as { texts: Uint8Array } | undefined;
    told.set(advisory, row ? (JSON.parse(unpackText(row.texts)) as PackedTexts) : ['', '']);
  }
  const silent = asked.filter(({ advisory }) => !told.get(advisory)?.[0]);
  const descriptions = descriptionsOf(database, new Set(silent.map(({ id }) => id)));
  return asked.map(({ advisory, id }) => {
    const [summary, link] = told.get(advisory) ?? ['', ''];
    return { summary: summary === '' ? (descriptions.get(id) ?? '') : summary, link };
  });
}
