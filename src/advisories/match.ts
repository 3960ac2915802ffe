import type { Distribution } from '../model/image-contents.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import type { AffectedRange, MatchDoubt, Vulnerability, VulnerabilityStatus } from '../model/vulnerability.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import type { VersionOrdering } from '../versions/ordering.ts';
import type { AdvisoryEntry } from './entry.ts';
import type { AdvisoryLookup, AdvisoryText, KnownAdvisory, ToldVulnerability } from './lookup.ts';
import { ownBuilds } from './own-build.ts';
import { ownerSpeaksFor } from './owned-packages.ts';
import { type Question, type QuestionOptions, questionsOf } from './questions.ts';
import { packageName, splitEcosystem } from './package-name.ts';
import { isInRange } from './ranges.ts';
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
  /** Versions that were held against a range. */
  readonly comparisons: number;
}

/** A package of which it is not known whether it is vulnerable. */
export interface UncoveredPackage extends Pick<Package, 'purl' | 'path'> {
  readonly reason: UncoveredReason;
  /** Where no data is: the ecosystem that would have it. */
  readonly ecosystem?: string;
}

/** Holds every package against the advisories of its ecosystem: one finding a package and vulnerability. */
export function matchPackages(
  packages: readonly Package[],
  distribution: Distribution | undefined,
  lookup: AdvisoryLookup,
  { kernelHeaders = false, kernel = false, brief = false }: MatchOptions = {},
): MatchedPackages {
  const vulnerabilities: Vulnerability[] = [];
  const told: ToldVulnerability[] = [];
  const uncovered: UncoveredPackage[] = [];
  const asked = new Map<string, number>();
  let comparisons = 0;
  // The packages of the system first: those of languages that they hold may be theirs to judge.
  const [system, others] = [packages.filter(isSystemPackage), packages.filter((each) => !isSystemPackage(each))];
  const answeredFor = new Set<string>();
  for (const each of [...system, ...others]) {
    const leave = (reason: UncoveredReason, ecosystem?: string) =>
      void uncovered.push({
        purl: each.purl,
        path: each.path,
        reason,
        ...(ecosystem === undefined ? {} : { ecosystem }),
      });
    const questions = questionsOf(each, distribution, { kernelHeaders, kernel });
    if (questions.kind === 'not-asked') {
      leave(questions.reason);
      continue;
    }
    const answered = answersTo(questions.questions, lookup);
    if (typeof answered === 'string') {
      leave(answered, questions.questions[0]?.ecosystem);
      continue;
    }
    // A package may be asked about under two names.
    for (const ecosystem of new Set(answered.map((answer) => answer.ecosystem)))
      asked.set(ecosystem, (asked.get(ecosystem) ?? 0) + 1);
    comparisons += answered.reduce((sum, { compared }) => sum + compared, 0);
    if (answered.some(({ unread }) => unread > 0)) leave('unreadable-advisory');
    if (isSystemPackage(each)) answeredFor.add(each.purl);
    const owner = ownerSpeaksFor(each, (purl) => answeredFor.has(purl)) ? each.ownedBy : undefined;
    for (const { advisory, found } of vulnerabilitiesOf(each, answered, lookup)) {
      told.push({ advisory, id: found.id });
      vulnerabilities.push(owner === undefined ? found : { ...found, coveredBy: owner });
    }
  }
  return {
    vulnerabilities: brief ? vulnerabilities : withTexts(vulnerabilities, lookup.texts(told)),
    uncovered,
    asked,
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

/** A question that there is data for, and the advisories in whose ranges the version lies. */
interface Answer {
  readonly question: Question;
  readonly ecosystem: string;
  readonly ordering: VersionOrdering;
  readonly hits: readonly Hit[];
  readonly compared: number;
  /** Advisories about it whose ranges could not be read. */
  readonly unread: number;
}

interface Hit {
  readonly entry: AdvisoryEntry;
  /** Absent where the version stands in the list of single versions. */
  readonly range?: AffectedRange;
}

/** Why nothing is known instead, where no question can be answered. */
function answersTo(questions: readonly Question[], lookup: AdvisoryLookup): readonly Answer[] | UncoveredReason {
  const answers: Answer[] = [];
  let why: UncoveredReason = 'no-data';
  for (const question of questions) {
    const { ecosystem, alternatives = [] } = question;
    const place = [ecosystem, ...alternatives].find(lookup.hasEcosystem);
    const ordering = place === undefined ? undefined : orderingOf(place);
    if (place === undefined || !ordering) continue;
    const version = ordering.parse(question.version);
    if (version === undefined) {
      why = 'odd-version';
      continue;
    }
    const doubts: readonly MatchDoubt[] =
      place === ecosystem || question.doubts.includes('rebuild') ? question.doubts : [...question.doubts, 'rebuild'];
    answers.push({
      ...hitsOf(question, version, place, ordering, lookup),
      question: { ...question, doubts },
      ecosystem: place,
      ordering,
    });
  }
  return answers.length > 0 ? answers : why;
}

function hitsOf(
  question: Question,
  version: unknown,
  ecosystem: string,
  ordering: VersionOrdering,
  lookup: AdvisoryLookup,
): Pick<Answer, 'hits' | 'compared' | 'unread'> {
  const hits: Hit[] = [];
  let compared = 0;
  let unread = 0;
  const { overruledBy } = question;
  const overruled = new Set(
    overruledBy === undefined ? [] : lookup.entriesOf(overruledBy, question.name).map(({ advisory }) => advisory),
  );
  const entries = lookup
    .entriesOf(ecosystem, question.name)
    // What was built for a module stream has nothing to do with what was not.
    .filter(({ advisory, module }) => module === question.module && !overruled.has(advisory));
  for (const entry of ownBuilds(entries, question.version, ordering)) {
    if (entry.ranges.length === 0 && entry.versions.length === 0) {
      unread += 1;
      continue;
    }
    const range = entry.ranges.find((each) => {
      compared += 1;
      return isInRange(version, each, ordering);
    });
    if (range) hits.push({ entry, range });
    else if (entry.versions.includes(question.version)) hits.push({ entry });
  }
  return { hits, compared, unread };
}

/** A hit under one of the names that its advisory tells of. */
interface Named extends Hit {
  readonly advisory: KnownAdvisory;
  readonly answer: Answer;
}

interface FoundVulnerability {
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
