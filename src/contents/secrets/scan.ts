import { appliesAt, evaluate, type Found } from './evaluate.ts';
import { findKeywords, type KeywordTable, keywordTable } from './keyword-table.ts';
import { patternLength } from './pattern-length.ts';
import type { Piece } from './pieces.ts';
import type { Place } from './place.ts';
import { contextLength, type SecretRule } from './rule.ts';

/** What is found in one file at most; a file with more is made to keep somebody busy. */
const mostFound = 1000;

/** Rules made ready: which are tried where which keyword stands. */
export interface Scanner {
  readonly table: KeywordTable;
  /** By the number of the keyword. */
  readonly keywords: readonly Keyword[];
  /** Rules that look into some files only. */
  readonly ofSomeFiles: readonly SecretRule[];
  /** The place of each rule among all. */
  readonly order: ReadonlyMap<SecretRule, number>;
}

interface Keyword {
  readonly rules: readonly SecretRule[];
  /** How far the rules of it look, from where the keyword begins; worked out when it is first asked for. */
  reach: number | undefined;
}

export function scannerOf(rules: readonly SecretRule[]): Scanner {
  const byKeyword = new Map<string, SecretRule[]>();
  for (const rule of rules) {
    for (const keyword of new Set(rule.keywords)) {
      const others = byKeyword.get(keyword);
      if (others) others.push(rule);
      else byKeyword.set(keyword, [rule]);
    }
  }
  return {
    table: keywordTable([...byKeyword.keys()]),
    keywords: [...byKeyword.values()].map((itsRules) => ({ rules: itsRules, reach: undefined })),
    ofSomeFiles: rules.filter(({ paths }) => paths !== undefined),
    order: new Map(rules.map((rule, index) => [rule, index])),
  };
}

/** One character more than the patterns take: they may ask whether the text ends there. */
function reachOf(keyword: Keyword): number {
  keyword.reach ??= 1 + Math.max(...keyword.rules.map(({ pattern }) => patternLength(pattern).ahead));
  return keyword.reach;
}

/** A keyword that was met too near to the end of what is there, and where it begins in the whole text. */
interface Waiting {
  readonly keyword: Keyword;
  readonly start: number;
}

/**
 * Finds what the rules find anywhere in a text that is shown piece by piece. One pass looks for the keywords of all rules; where one begins its
 * rules are tried, once as much of the text is there as they may look at. So a border between pieces takes nothing away. Positions are bytes of the
 * text in UTF-8; what is found is in the order of its place.
 */
export function scan(scanner: Scanner, pieces: Iterable<Piece>, place: Place): Found[] {
  const found: Found[] = [];
  const silent = new Set(scanner.ofSomeFiles.filter((rule) => !appliesAt(rule, place)));
  let waiting: Waiting[] = [];
  /** Where `kept`, what is left of the pieces before, begins in the whole text, and up to where keywords were looked for. */
  let base = 0;
  let looked = 0;
  let kept = Buffer.alloc(0);
  for (const { bytes, isLast } of pieces) {
    const window = kept.length === 0 ? bytes : Buffer.concat([kept, bytes]);
    const end = base + window.length;
    // One character a byte: what rules look for is ASCII.
    let text: string | undefined;
    const later: Waiting[] = [];
    const meet = (keyword: Keyword, start: number) => {
      if (!isLast && start + reachOf(keyword) > end) later.push({ keyword, start });
      else {
        text ??= window.toString('latin1');
        for (const rule of keyword.rules) {
          if (silent.has(rule) || found.length >= mostFound) continue;
          const one = evaluate(rule, text, start - base, place);
          if (one) found.push({ ...one, start: base + one.start, end: base + one.end });
        }
      }
    };
    for (const { keyword, start } of waiting) meet(keyword, start);
    const until = isLast ? end : Math.max(looked, end - scanner.table.longest);
    findKeywords(scanner.table, window, looked - base, until - base, (start, word) => {
      const keyword = scanner.keywords[word];
      if (keyword) meet(keyword, base + start);
    });
    if (isLast || found.length >= mostFound) break;
    looked = until;
    waiting = later;
    const needed = later.reduce((first, { start }) => Math.min(first, start), looked);
    const next = Math.max(base, needed - contextLength);
    kept = Buffer.from(window.subarray(next - base));
    base = next;
  }
  return distinct(found, scanner.order);
}

/**
 * Of what overlaps only one is told: what is proved, then what is more certain, then the earlier rule. `order` is that of the rules.
 */
export function distinct(found: readonly Found[], order: ReadonlyMap<SecretRule, number>): Found[] {
  const ordered = found.toSorted((left, right) => left.start - right.start || left.end - right.end);
  const told: Found[] = [];
  for (let from = 0; from < ordered.length;) {
    let to = from;
    for (let end = 0; to < ordered.length && (to === from || (ordered[to]?.start ?? 0) < end); to += 1) {
      end = Math.max(end, ordered[to]?.end ?? 0);
    }
    told.push(...bestOf(ordered.slice(from, to), order));
    from = to;
  }
  return told;
}

const certainties = ['key', 'token', 'named', 'guessed'];

/** Of what hangs together, the best that do not overlap, in the order of their places. */
function bestOf(group: readonly Found[], order: ReadonlyMap<SecretRule, number>): Found[] {
  const taken: Found[] = [];
  const byWorth = group.toSorted(
    (left, right) =>
      worth(right) - worth(left) ||
      (order.get(left.rule) ?? 0) - (order.get(right.rule) ?? 0) ||
      left.start - right.start ||
      right.end - left.end,
  );
  for (const one of byWorth) {
    if (!taken.some(({ start, end }) => one.start < end && start < one.end)) taken.push(one);
  }
  return taken.toSorted((left, right) => left.start - right.start);
}

function worth({ verified, rule }: Found): number {
  return (verified ? 10 : 0) - certainties.indexOf(rule.certainty);
}
