import type { Distribution } from '../model/image-contents.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import type { Vulnerability, VulnerabilityStatus } from '../model/vulnerability.ts';
import { type Answer, answersTo, type Hit } from './answers.ts';
import type { AdvisoryLookup, AdvisoryText, KnownAdvisory, ToldVulnerability } from './lookup.ts';
import { ownerSpeaksFor } from './owned-packages.ts';
import { type Question, type QuestionOptions, questionsOf } from './questions.ts';
import { packageName, splitEcosystem } from './package-name.ts';
import { severityIn } from './severity-in.ts';
import type { UncoveredReason } from './uncovered.ts';

export interface MatchOptions extends Partial<QuestionOptions> {
  /** Without summaries and links, which take longer to read than all the rest: for whoever compares findings. */
  readonly brief?: boolean;
}

/** What advisories say of packages, and of which they say nothing. */
export interface MatchedPackages {
  readonly vulnerabilities: readonly Vulnerability[];
  readonly uncovered: readonly UncoveredPackage[];
  /** Packages by the ecosystem in which they were looked up. */
  readonly asked: ReadonlyMap<string, number>;
  /** The same package by package; what the system's packages speak for is not marked in it. */
  readonly answers: ReadonlyMap<Package, PackageAnswer>;
  /** Versions that were held against a range. */
  readonly comparisons: number;
}

/** A package of which it is not known whether it is vulnerable. */
export interface UncoveredPackage extends Pick<Package, 'purl' | 'path'> {
  readonly reason: UncoveredReason;
  /** Where no data is: the ecosystem that would have it. */
  readonly ecosystem?: string;
}

/**
 * What advisories say of one package, whatever else is beside it: who asks about many images need not ask twice about what they share.
 * Only a package of the system may yet speak for it (`ownerSpeaksFor`).
 */
export interface PackageAnswer {
  /** Ecosystems in which it was looked up; `[]` where nothing is known of it. */
  readonly asked: readonly string[];
  /** Why nothing is known of it, or not everything. */
  readonly uncovered?: Pick<UncoveredPackage, 'reason' | 'ecosystem'>;
  readonly found: readonly FoundVulnerability[];
  /** Versions that were held against a range. */
  readonly comparisons: number;
}

/** Holds one package against the advisories of its ecosystem. */
export function matchPackage(
  each: Package,
  distribution: Distribution | undefined,
  lookup: AdvisoryLookup,
  { kernelHeaders = false, kernel = false }: Partial<QuestionOptions> = {},
): PackageAnswer {
  const questions = questionsOf(each, distribution, { kernelHeaders, kernel });
  if (questions.kind === 'not-asked') return nothingKnown({ reason: questions.reason });
  const answered = answersTo(questions.questions, lookup);
  if (typeof answered === 'string') {
    const [{ ecosystem } = {}] = questions.questions;
    return nothingKnown({ reason: answered, ...(ecosystem === undefined ? {} : { ecosystem }) });
  }
  return {
    // A package may be asked about under two names.
    asked: [...new Set(answered.map(({ ecosystem }) => ecosystem))],
    ...(answered.some(({ unread }) => unread > 0) ? { uncovered: { reason: 'unreadable-advisory' } } : {}),
    found: vulnerabilitiesOf(each, answered, lookup),
    comparisons: answered.reduce((sum, { compared }) => sum + compared, 0),
  };
}

function nothingKnown(uncovered: PackageAnswer['uncovered'] & object): PackageAnswer {
  return { asked: [], uncovered, found: [], comparisons: 0 };
}

/** Holds every package against the advisories of its ecosystem: one finding a package and vulnerability. */
export function matchPackages(
  packages: readonly Package[],
  distribution: Distribution | undefined,
  lookup: AdvisoryLookup,
  options: MatchOptions = {},
): MatchedPackages {
  const vulnerabilities: Vulnerability[] = [];
  const told: ToldVulnerability[] = [];
  const uncovered: UncoveredPackage[] = [];
  const asked = new Map<string, number>();
  const answers = new Map<Package, PackageAnswer>();
  let comparisons = 0;
  // The packages of the system first: those of languages that they hold may be theirs to judge.
  const [system, others] = [packages.filter(isSystemPackage), packages.filter((each) => !isSystemPackage(each))];
  const answeredFor = new Set<string>();
  for (const each of [...system, ...others]) {
    const answer = matchPackage(each, distribution, lookup, options);
    answers.set(each, answer);
    if (answer.uncovered) uncovered.push({ purl: each.purl, path: each.path, ...answer.uncovered });
    for (const ecosystem of answer.asked) asked.set(ecosystem, (asked.get(ecosystem) ?? 0) + 1);
    comparisons += answer.comparisons;
    if (isSystemPackage(each) && answer.asked.length > 0) answeredFor.add(each.purl);
    const owner = ownerSpeaksFor(each, (purl) => answeredFor.has(purl)) ? each.ownedBy : undefined;
    for (const { advisory, found } of answer.found) {
      told.push({ advisory, id: found.id });
      vulnerabilities.push(owner === undefined ? found : { ...found, coveredBy: owner });
    }
  }
  return {
    vulnerabilities: options.brief ? vulnerabilities : withTexts(vulnerabilities, lookup.texts(told)),
    uncovered,
    asked,
    answers,
    comparisons,
  };
}

function withTexts(found: readonly Vulnerability[], texts: readonly AdvisoryText[]): Vulnerability[] {
  return found.map((each, index) => {
    const { summary = '', link = '' } = texts[index] ?? {};
    return { ...each, summary, ...(link === '' ? {} : { link }) };
  });
}

/** The names of the vulnerabilities that one version has, as far as the store knows; `undefined` where it cannot be compared. */
export function vulnerabilitiesIn(
  { ecosystem, name, version, module }: Pick<Question, 'ecosystem' | 'name' | 'version' | 'module'>,
  lookup: AdvisoryLookup,
): ReadonlySet<string> | undefined {
  const question: Question = {
    ecosystem,
    name: packageName(splitEcosystem(ecosystem)[0], name),
    version,
    compared: 'package',
    doubts: [],
    ...(module === undefined ? {} : { module }),
  };
  const answers = answersTo([question], lookup);
  if (typeof answers === 'string') return undefined;
  const names = answers.flatMap(({ hits }) =>
    hits.flatMap(({ entry }) => {
      const { id, canonical, aliases, upstream } = lookup.advisory(entry.advisory);
      return upstream.length > 0 ? upstream : [id, canonical, ...aliases];
    }),
  );
  return new Set(names);
}

/** A hit under one of the names that its advisory tells of. */
interface Named extends Hit {
  readonly advisory: KnownAdvisory;
  readonly answer: Answer;
}

export interface FoundVulnerability {
  /** The number of the advisory that tells of it. */
  readonly advisory: number;
  readonly found: Vulnerability;
}

function vulnerabilitiesOf(subject: Package, answers: readonly Answer[], lookup: AdvisoryLookup): FoundVulnerability[] {
  const byName = new Map<string, Named[]>();
  for (const answer of answers) {
    for (const hit of answer.hits) {
      const advisory = lookup.advisory(hit.entry.advisory);
      for (const name of namesOf(advisory, lookup)) {
        const others = byName.get(name);
        if (others) others.push({ ...hit, advisory, answer });
        else byName.set(name, [{ ...hit, advisory, answer }]);
      }
    }
  }
  return Array.from(byName, ([name, hits]) => vulnerabilityOf(subject, name, hits, lookup));
}

/** An advisory about several vulnerabilities may call one of them by two names. */
function namesOf({ upstream, canonical }: KnownAdvisory, lookup: AdvisoryLookup): ReadonlySet<string> {
  if (upstream.length === 0) return new Set([canonical]);
  return new Set(upstream.map((name) => (name.startsWith('CVE-') ? name : lookup.canonical(name))));
}

function vulnerabilityOf(
  subject: Package,
  id: string,
  hits: readonly Named[],
  lookup: AdvisoryLookup,
): FoundVulnerability {
  const told = tellingOf(hits);
  const { advisory, entry, range, answer } = told;
  const { question, ecosystem, ordering } = answer;
  const facts = lookup.cve(id);
  const aliases = new Set(hits.flatMap((each) => [each.advisory.id, ...each.advisory.aliases]));
  // An advisory about several vulnerabilities is none of them under another name.
  if (advisory.upstream.length > 1) for (const each of hits) aliases.delete(each.advisory.id);
  aliases.delete(id);
  const found: Vulnerability = {
    id,
    aliases: [...aliases],
    advisory: advisory.id,
    purl: subject.purl,
    path: subject.path,
    layer: subject.layer,
    status: statusOf(told, id, lookup),
    ...(range?.fixed === undefined ? {} : { fixedIn: range.fixed }),
    severity: severityIn({ id, ecosystem, entry, advisory, facts }),
    ...(facts?.exploitedSince === undefined ? {} : { exploitedSince: facts.exploitedSince }),
    ...(facts?.exploitProbability === undefined ? {} : { exploitProbability: facts.exploitProbability }),
    summary: '',
    reason: {
      ecosystem,
      name: question.name,
      compared: question.compared,
      version: question.version,
      ordering: ordering.id,
      ...(range ? { range } : {}),
      doubts: question.doubts,
    },
  };
  return { advisory: entry.advisory, found };
}

/** Of several advisories of the same vulnerability the one whose repair comes last: only that is a whole one. */
function tellingOf(hits: readonly Named[]): Named {
  const fixed = hits.filter(({ range }) => range?.fixed !== undefined);
  const [first, ...others] = fixed.length > 0 ? fixed : hits;
  let told = first as Named;
  for (const each of others) if (isFixedLater(each, told)) told = each;
  return told;
}

function isFixedLater({ range: later, answer }: Named, { range: earlier }: Named): boolean {
  const { parse, compare } = answer.ordering;
  const [left, right] = [later?.fixed, earlier?.fixed].map((each) => (each === undefined ? undefined : parse(each)));
  return left !== undefined && right !== undefined && compare(left, right) > 0;
}

function statusOf({ entry, range, answer }: Named, id: string, lookup: AdvisoryLookup): VulnerabilityStatus {
  if (range?.fixed !== undefined) return 'fixed';
  const { name, module } = answer.question;
  // Vendors name what belongs to a module with it: `python36:3.6/python36`.
  const named = module === undefined ? name : `${module}/${name}`;
  return entry.status ?? lookup.vendorStatus(answer.ecosystem, named, id) ?? 'affected';
}
