import { type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../model/json.ts';
import type { Rating } from './advisory.ts';

const longestText = 300;
const mostOfOne = 5000;

/** Whose word `database_specific.severity` is, by how ids begin. */
const databases: readonly (readonly [beginning: string, source: string])[] = [
  ['GHSA-', 'ghsa'],
  ['BIT-', 'bitnami'],
  ['RH', 'redhat'],
  ['ALSA-', 'almalinux'],
  ['RLSA-', 'rocky'],
  ['SUSE-', 'suse'],
  ['openSUSE-', 'suse'],
  ['RUBYSEC-', 'rubysec'],
];

/** How bad a record says that it is; of each of its vulnerabilities by itself where it says so. */
export function ratingsOf(value: JsonObject, id: string): Rating[] {
  const database = databases.find(([beginning]) => id.startsWith(beginning))?.[1] ?? 'record';
  const specific = objectIn(value, 'database_specific');
  const word = textIn(specific, 'severity');
  const ofEach = Object.entries(objectIn(specific, 'cves'))
    .slice(0, mostOfOne)
    .flatMap(([of, each]) => {
      const impact = textIn(each, 'impact');
      return impact !== undefined && of.length <= longestText ? [{ source: database, word: wordOf(impact), of }] : [];
    });
  return [
    ...ofEach,
    ...(word === undefined ? [] : [{ source: database, word: wordOf(word) }]),
    ...ratingsIn(listIn(value, 'severity')),
  ];
}

/** A list of OSV's `severity`: vectors, and what Ubuntu says in a word. */
export function ratingsIn(list: readonly JsonValue[]): Rating[] {
  return list.slice(0, 20).flatMap((each): Rating[] => {
    const [type, score] = [textIn(each, 'type') ?? '', textIn(each, 'score') ?? ''];
    if (score === '' || score.length > longestText) return [];
    return type.startsWith('CVSS_')
      ? [{ source: 'record', vector: score }]
      : [{ source: type.toLowerCase().slice(0, 40), word: wordOf(score) }];
  });
}

function wordOf(text: string): string {
  return text.toLowerCase().slice(0, 40);
}
