import { isObject, type JsonObject, type JsonValue, listIn, textIn } from '../model/json.ts';
import type { Advisory } from './advisory.ts';
import { type AffectedParts, readAffected } from './osv-affected.ts';
import { ratingsOf } from './osv-ratings.ts';

/** A record that is none: which field is not as it must be, in English, for the list of what was put aside. */
export class RecordError extends Error {}

export interface ReadRecord {
  readonly advisory: Advisory;
  /** Parts of it that were left out. */
  readonly skipped: AffectedParts['skipped'];
}

const longestId = 200;
const longestSummary = 300;
const longestAddress = 500;
/** Names in one list: a kernel's advisory has hundreds. */
const mostNames = 5000;
/** Kinds of references, the most useful first. */
const referenceKinds = ['ADVISORY', 'FIX', 'REPORT', 'ARTICLE', 'WEB', 'PACKAGE', 'EVIDENCE', 'DETECTION'];

/**
 * Reads one record in OSV's form, of any version of the schema.
 *
 * @throws RecordError for what cannot be a record: without an id or a date
 */
export function readOsvRecord(value: JsonValue): ReadRecord {
  if (!isObject(value)) throw new RecordError('it is no object');
  const id = textIn(value, 'id') ?? '';
  if (!isName(id)) throw new RecordError('id is missing or no name');
  const modified = timeIn(value, 'modified');
  if (modified === undefined) throw new RecordError('modified is missing or no date');
  const withdrawn = timeIn(value, 'withdrawn');
  if (withdrawn === undefined && textIn(value, 'withdrawn') !== undefined)
    throw new RecordError('withdrawn is no date');
  const { affected, skipped } = readAffected(listIn(value, 'affected'), textIn(value, 'summary') ?? '');
  return {
    advisory: {
      id,
      modified,
      ...(withdrawn === undefined ? {} : { withdrawn }),
      aliases: namesIn(value, 'aliases').filter((each) => each !== id),
      upstream: upstreamOf(value, id),
      summary: summaryOf(value),
      link: linkIn(value),
      ratings: ratingsOf(value, id),
      affected,
    },
    skipped,
  };
}

function isName(text: string): boolean {
  return text.length <= longestId && /^[\w.:+@/-]+$/.test(text);
}

function namesIn(value: JsonObject, key: string): string[] {
  const names = listIn(value, key).filter((each) => typeof each === 'string');
  return [...new Set(names.slice(0, mostNames).filter(isName))];
}

/** Advisories that tell what they are about as something related: the field `upstream` is newer than they are. */
const ofDistributions = /^(?:AL[SBE]A|RL[SBE]A|RX[SBE]A|RH[SBE]A|DSA|DLA|USN|SUSE|openSUSE|MGASA|OESA)-/;

function upstreamOf(value: JsonObject, id: string): string[] {
  const upstream = namesIn(value, 'upstream');
  if (upstream.length > 0 || !ofDistributions.test(id)) return upstream;
  return namesIn(value, 'related').filter((each) => each.startsWith('CVE-'));
}

/** Seconds since 1970. */
function timeIn(value: JsonObject, key: string): number | undefined {
  const milliseconds = Date.parse(textIn(value, key) ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function summaryOf(value: JsonObject): string {
  const text = textIn(value, 'summary') || (textIn(value, 'details') ?? '').slice(0, 4 * longestSummary);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longestSummary ? line : `${line.slice(0, longestSummary - 1).toWellFormed()}…`;
}

function linkIn(value: JsonObject): string {
  const references = listIn(value, 'references')
    .slice(0, mostNames)
    .flatMap((each) => {
      const address = textIn(each, 'url') ?? '';
      const isAddress = address.length <= longestAddress && /^https?:\/\/[^\s"<>]+$/.test(address);
      return isAddress ? [{ address, rank: rankOf(textIn(each, 'type') ?? '') }] : [];
    });
  return references.toSorted((left, right) => left.rank - right.rank)[0]?.address ?? '';
}

function rankOf(kind: string): number {
  const rank = referenceKinds.indexOf(kind);
  return rank < 0 ? referenceKinds.length : rank;
}
