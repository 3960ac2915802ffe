import type { VulnerabilitySeverity } from '../model/vulnerability.ts';

export interface WordMeaning {
  readonly level: VulnerabilitySeverity['level'];
  /** Says less than a vector does: the source has not looked yet, or tells what kind of thing it is and not how bad. */
  readonly isWeak: boolean;
}

type Words = Readonly<Record<string, VulnerabilitySeverity['level']>>;

const common: Words = { critical: 'critical', high: 'high', medium: 'medium', low: 'low' };
/** Red Hat's four words, which others took over: https://access.redhat.com/security/updates/classification */
const redhat: Words = { critical: 'critical', important: 'high', moderate: 'medium', low: 'low' };

/** What words mean by who says them. Who builds the package knows best: the earlier the source, the more its word counts. */
const wordsOfSources: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['redhat', redhat],
  ['almalinux', redhat],
  ['rocky', redhat],
  ['oracle', redhat],
  ['suse', redhat],
  ['opensuse', redhat],
  // https://alas.aws.amazon.com/faqs.html
  ['amazon', { critical: 'critical', important: 'high', medium: 'medium', low: 'low' }],
  // https://ubuntu.com/security/cves/about#priority
  ['ubuntu', { ...common, negligible: 'info' }],
  // https://security-team.debian.org/security_tracker.html#severity-levels
  ['debian', { high: 'high', medium: 'medium', low: 'low', unimportant: 'info' }],
  ['bitnami', { ...common, none: 'info' }],
  ['ghsa', { critical: 'critical', high: 'high', moderate: 'medium', medium: 'medium', low: 'low' }],
  ['rustsec', common],
]);

const weakWordsOfSources: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['ubuntu', { untriaged: 'unknown' }],
  ['debian', { 'not yet assigned': 'unknown' }],
  ['bitnami', { unknown: 'unknown' }],
  ['ghsa', { unknown: 'unknown' }],
  // Kinds of what is told without being a vulnerability for sure; some come with a vector that says how bad it is all the same:
  // https://github.com/rustsec/advisory-db#advisory-format
  ['rustsec', { informational: 'info', notice: 'info', unmaintained: 'info', unsound: 'info' }],
]);

/** Of sources that are not in the table: what means the same to everybody. */
const otherWords: Words = { ...redhat, ...common };

const sources = [...wordsOfSources.keys()];

/** What a source's word means; `undefined` where it means nothing. */
export function meaningOfWord(source: string, word: string): WordMeaning | undefined {
  // Debian marks with asterisks what it took from others.
  const plain = word
    .trim()
    .toLowerCase()
    .replace(/\*{1,2}$/, '');
  const level = levelIn(wordsOfSources.get(source) ?? otherWords, plain);
  if (level !== undefined) return { level, isWeak: false };
  const weakLevel = levelIn(weakWordsOfSources.get(source) ?? {}, plain);
  return weakLevel === undefined ? undefined : { level: weakLevel, isWeak: true };
}

/** The lower, the more a source's word counts. */
export function rankOfSource(source: string): number {
  const place = sources.indexOf(source);
  return place === -1 ? sources.length : place;
}

function levelIn(words: Words, word: string): VulnerabilitySeverity['level'] | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
