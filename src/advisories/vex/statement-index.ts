import type { Package } from '../../model/package.ts';
import { imageExactness, type VexImage } from './image-pattern.ts';
import { type CandidatePackage, candidatePackage, type PackagePattern, packagePattern } from './package-pattern.ts';
import { type VexProduct, type VexStatement, vexStatuses } from './statement.ts';
import { isImagePurl } from './vex-fields.ts';

/** What statements are held against. */
export interface VexTarget {
  readonly packages: readonly Package[];
  /** Absent for what is no image: statements about images count for nothing there. */
  readonly image?: VexImage;
  /** Seconds since 1970: what claims to be of later is of now. */
  readonly now: number;
}

/** Statements by the names of vulnerabilities and by what they are about. */
export interface StatementIndex {
  /** The one that counts for a package; all that are about it are marked as used. */
  readonly best: (names: readonly string[], candidate: CandidatePackage) => VexStatement | undefined;
  readonly isUsed: (statement: VexStatement) => boolean;
}

/** What a statement says in one of its products. */
interface Entry {
  readonly statement: VexStatement;
  /** Absent: every package of the image. */
  readonly pattern?: PackagePattern;
  readonly since: number;
  /** A package in a certain image or beside another before an image as a whole, and that before a package anywhere. */
  readonly scope: number;
  readonly holderExactness: number;
}

/** Entries of one vulnerability by the key of their pattern, then by its purl. */
type Entries = Map<string, Map<string, EntriesAlike>>;

/** Entries about the same purl: only the best is looked at. */
interface EntriesAlike {
  best: Entry;
  readonly statements: VexStatement[];
  isUsed: boolean;
}

/** @param names of the vulnerabilities that are asked about, in upper case: others are left out */
export function statementIndex(
  statements: readonly VexStatement[],
  names: ReadonlySet<string>,
  target: VexTarget,
): StatementIndex {
  const holders = holderFinder(target);
  const byName = new Map<string, Entries>();
  for (const statement of statements) {
    const known = namesOf(statement).filter((name) => names.has(name));
    if (known.length === 0) continue;
    for (const product of statement.products) {
      for (const entry of entriesOf(statement, product, holders, target.now)) {
        for (const name of known) addEntry(byName, name, entry);
      }
    }
  }
  const used = new Set<VexStatement>();
  return {
    isUsed: (statement) => used.has(statement),
    best(asked, candidate) {
      let best: Entry | undefined;
      for (const alike of found(byName, asked, candidate)) {
        if (alike.best.pattern && !alike.best.pattern.matches(candidate)) continue;
        if (!alike.isUsed) for (const each of alike.statements) used.add(each);
        alike.isUsed = true;
        if (!best || compareEntries(alike.best, best) < 0) best = alike.best;
      }
      return best?.statement;
    },
  };
}

export function namesOf({ vulnerability, aliases }: VexStatement): readonly string[] {
  return [...new Set([vulnerability, ...aliases].map((name) => name.toUpperCase()))];
}

function* found(
  byName: ReadonlyMap<string, Entries>,
  names: readonly string[],
  candidate: CandidatePackage,
): Generator<EntriesAlike> {
  for (const name of names) {
    const entries = byName.get(name);
    if (!entries) continue;
    for (const key of [wholeImage, ...candidate.keys]) yield* entries.get(key)?.values() ?? [];
  }
}

const wholeImage = '';

function addEntry(byName: Map<string, Entries>, name: string, entry: Entry): void {
  const entries: Entries = byName.get(name) ?? new Map();
  byName.set(name, entries);
  const key = entry.pattern?.key ?? wholeImage;
  const alike = entries.get(key) ?? new Map<string, EntriesAlike>();
  entries.set(key, alike);
  const text = entry.pattern?.text ?? '';
  const before = alike.get(text);
  if (!before) {
    alike.set(text, { best: entry, statements: [entry.statement], isUsed: false });
    return;
  }
  before.statements.push(entry.statement);
  if (compareEntries(entry, before.best) < 0) before.best = entry;
}

/** How exactly the target has the product that parts are in, and in which scope; undefined where it does not. */
type HolderFinder = (product: VexProduct) => { readonly scope: number; readonly exactness: number } | undefined;

function holderFinder({ packages, image }: VexTarget): HolderFinder {
  const byKey = new Map<string, CandidatePackage[]>();
  for (const each of new Map(packages.map((one) => [one.purl, one])).values()) {
    const candidate = candidatePackage(each);
    for (const key of candidate?.keys ?? []) {
      const same = byKey.get(key);
      if (same) same.push(candidate as CandidatePackage);
      else byKey.set(key, [candidate as CandidatePackage]);
    }
  }
  const known = new Map<string, ReturnType<HolderFinder>>();
  const find: HolderFinder = (product) => {
    if (product.purl === undefined || isImagePurl(product.purl)) {
      const exactness = image ? imageExactness(product, image) : undefined;
      return exactness === undefined ? undefined : { scope: 1, exactness };
    }
    const pattern = packagePattern(product.purl);
    const isThere = pattern && byKey.get(pattern.key)?.some((candidate) => pattern.matches(candidate));
    return isThere ? { scope: 0, exactness: pattern.exactness } : undefined;
  };
  return (product) => {
    const key = `${product.purl ?? ''} ${product.digest ?? ''}`;
    if (!known.has(key)) known.set(key, find(product));
    return known.get(key);
  };
}

function* entriesOf(
  statement: VexStatement,
  product: VexProduct,
  holders: HolderFinder,
  now: number,
): Generator<Entry> {
  const since = statement.since === undefined ? -1 : Math.min(statement.since, now);
  const { purl, subcomponents } = product;
  const isImage = purl === undefined || isImagePurl(purl);
  if (!isImage && subcomponents.length === 0) {
    const pattern = packagePattern(purl);
    if (pattern) yield { statement, pattern, since, scope: 0, holderExactness: 0 };
    return;
  }
  const holder = holders(product);
  if (!holder) return;
  if (subcomponents.length === 0) {
    yield { statement, since, scope: 1, holderExactness: holder.exactness };
  }
  for (const part of subcomponents) {
    const pattern = packagePattern(part);
    if (pattern) yield { statement, pattern, since, scope: 2 + holder.scope, holderExactness: holder.exactness };
  }
}

/** Negative where the left one counts: the latest, then the most exact, then the one that asks for more; and never by chance. */
function compareEntries(left: Entry, right: Entry): number {
  return (
    right.since - left.since ||
    right.scope - left.scope ||
    right.holderExactness - left.holderExactness ||
    (right.pattern?.exactness ?? 0) - (left.pattern?.exactness ?? 0) ||
    vexStatuses.indexOf(left.statement.status) - vexStatuses.indexOf(right.statement.status) ||
    compareTexts(left.statement.source, right.statement.source) ||
    compareTexts(left.statement.author, right.statement.author)
  );
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
