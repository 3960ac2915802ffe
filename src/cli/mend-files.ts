import { basename, dirname, normalize } from 'node:path';
import { acceptedBeside } from '../judge/inline-ignores.ts';
import { type Circumstances, type JudgedFinding, judgeSubjects } from '../judge/judge.ts';
import { locationOf } from '../judge/location.ts';
import { mend } from '../remedy/edit/mend.ts';
import type { JudgedText } from '../remedy/edit/mendable.ts';
import type { Mended } from '../remedy/edit/mended.ts';
import type { KnownFile } from '../sources/files/collect.ts';
import { type FilesOptions, type FilesReading, readFiles } from '../sources/files/read.ts';
import { writtenFile } from '../sources/files/written-file.ts';
import { reported } from './reported.ts';

/** A file before and after. */
export interface MendedFile extends Mended<JudgedFinding> {
  readonly before: KnownFile;
  readonly after: KnownFile;
}

/** Characters of all files together up to which manifests are judged with all others on every try. */
const fewCharacters = 250_000;

/**
 * Mends every file as far as a program can; writes nothing. A file that others extend, include or build from is mended
 * before them, and they are judged with what has become of it.
 */
export function mendFiles(
  files: readonly KnownFile[],
  options: FilesOptions,
  circumstances: Circumstances,
): MendedFile[] {
  const current = new Map(files.map((each) => [each.file.name, each]));
  const mended = new Map<string, MendedFile>();
  for (const before of usedFirst(files)) {
    const { name, mark } = before.file;
    const others = [...current.values()];
    const run = {
      known: before,
      others,
      options,
      circumstances,
      failing: failingWithAll(before, others, options, circumstances),
    };
    const result = mend(name, before.file.text, (text) => judgeText(text, run));
    const after = { ...before, file: { ...writtenFile(name, result.text), mark } };
    current.set(name, after);
    mended.set(name, { ...result, before, after });
  }
  return files.flatMap(({ file }) => mended.get(file.name) ?? []);
}

/** What other files take something from comes first: Dockerfiles, then what is named by another file. */
function usedFirst(files: readonly KnownFile[]): KnownFile[] {
  const rank = ({ kind, file }: KnownFile) => {
    if (kind === 'dockerfile') return 0;
    return kind === 'compose' && files.some((other) => other.file !== file && mentions(other, file.name)) ? 1 : 2;
  };
  return files.toSorted((left, right) => rank(left) - rank(right));
}

function mentions({ kind, file }: KnownFile, name: string): boolean {
  return kind === 'compose' && file.text.includes(basename(name));
}

interface Run {
  readonly known: KnownFile;
  /** Every file as it has become so far. */
  readonly others: readonly KnownFile[];
  readonly options: FilesOptions;
  readonly circumstances: Circumstances;
  /** Where a try is judged without all files: what fails with them. */
  readonly failing?: ReadonlySet<string> | undefined;
}

function judgeText(
  text: string,
  { known, others, options, circumstances, failing }: Run,
): JudgedText<JudgedFinding> | undefined {
  const { name } = known.file;
  const edited = { ...known, file: writtenFile(name, text) };
  const reading = read(
    edited,
    failing ? [] : others.filter((other) => isReadWith(known, other, options)),
    others,
    options,
  );
  if (reading.problems.some(({ file, kind }) => kind === 'error' && file === name)) return undefined;
  const findings = judge(reading, circumstances);
  const { subjects } = reading;
  const names = new Set(others.map(({ file }) => file.name));
  const isHere = (finding: JudgedFinding) => {
    const place = locationOf(finding)?.file;
    return place !== undefined && names.has(place) ? place === name : finding.subject.file === name;
  };
  const dockerfile = subjects.find((subject) => subject.kind === 'dockerfile');
  return {
    findings: failing
      ? findings.filter((finding) => finding.status !== 'fail' || failing.has(nameIn(subjects, finding)))
      : findings,
    subjects,
    isHere,
    ...(dockerfile ? { dockerfile: dockerfile.value } : {}),
  };
}

function read(
  known: KnownFile,
  together: readonly KnownFile[],
  all: readonly KnownFile[],
  options: FilesOptions,
): FilesReading {
  const isKnown = ({ file }: KnownFile) => file.name === known.file.name;
  const files = together.some(isKnown) ? together.map((each) => (isKnown(each) ? known : each)) : [known];
  const opened = new Map(
    all
      .map((each) => (isKnown(each) ? known : each))
      .filter(({ standardInput }) => !standardInput)
      .map(({ file }) => [normalize(file.name), file]),
  );
  return readFiles(files, { ...options, opened });
}

function judge(reading: FilesReading, circumstances: Circumstances): JudgedFinding[] {
  // Comments that accept a failure have moved with the lines around them.
  const accepted = acceptedBeside(reading.ignores, 'en');
  return reported(
    judgeSubjects(reading.subjects, { ...circumstances, brief: true, acceptedBeside: accepted }),
    reading,
  );
}

/** Compose files that are one project, or that take something from each other; objects that are applied together. */
function isReadWith(known: KnownFile, other: KnownFile, { together = false }: FilesOptions): boolean {
  if (other.file.name === known.file.name) return true;
  if (known.kind === 'kubernetes') return other.kind === 'kubernetes' && other.folder === known.folder;
  if (known.kind !== 'compose' || other.kind !== 'compose') return false;
  if (together || mentions(known, other.file.name) || mentions(other, known.file.name)) return true;
  const isBeside = other.folder !== undefined && dirname(other.file.name) === dirname(known.file.name);
  return isBeside && stemOf(other) === stemOf(known);
}

/** `compose` of `compose.override.yaml`. */
function stemOf({ file }: KnownFile): string {
  return basename(file.name).replace(/\..*$/, '');
}

/**
 * Manifests of a large folder are tried by themselves, because to read all of them for every fix takes too long. What only
 * fails without the others is no failure, so that those that fail with them are found first.
 */
function failingWithAll(
  known: KnownFile,
  others: readonly KnownFile[],
  options: FilesOptions,
  circumstances: Circumstances,
): ReadonlySet<string> | undefined {
  if (known.kind !== 'kubernetes') return undefined;
  const together = others.filter((other) => isReadWith(known, other, options));
  if (together.reduce((sum, { file }) => sum + file.text.length, 0) <= fewCharacters) return undefined;
  const reading = read(known, together, others, options);
  const own = reading.subjects.filter(({ file }) => file === known.file.name);
  const findings = judge({ ...reading, subjects: own }, circumstances);
  return new Set(findings.flatMap((finding) => (finding.status === 'fail' ? [nameIn(own, finding)] : [])));
}

/** The control and the subject by its number: ids depend on what else is read. */
function nameIn(subjects: FilesReading['subjects'], { control, subject }: JudgedFinding): string {
  return `${control.id} ${subjects.filter(({ kind }) => kind === subject.kind).indexOf(subject)}`;
}
