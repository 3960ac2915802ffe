import { dirname } from 'node:path';
import { type Circumstances, type JudgedFinding, judgeSubjects } from '../judge/judge.ts';
import { locationOf } from '../judge/location.ts';
import type { Language, Text } from '../model/text.ts';
import { type Mended, mend } from '../remedy/edit/mend.ts';
import { visible } from '../report/visible.ts';
import type { KnownFile } from '../sources/files/collect.ts';
import { type FilesOptions, readFiles } from '../sources/files/read.ts';
import { writtenFile } from '../sources/files/written-file.ts';

/** A file before and after. */
export interface MendedFile extends Mended<JudgedFinding> {
  readonly before: KnownFile;
  readonly after: KnownFile;
}

/** Mends every file as far as a program can; writes nothing. */
export function mendFiles(
  files: readonly KnownFile[],
  options: FilesOptions,
  circumstances: Circumstances,
): MendedFile[] {
  return files.map((before) => {
    const { name, text } = before.file;
    const mended = mend(name, text, (edited) => judgeText(before, edited, files, options, circumstances));
    return {
      ...mended,
      before,
      after: { ...before, file: { ...writtenFile(name, mended.text), mark: before.file.mark } },
    };
  });
}

function judgeText(
  known: KnownFile,
  text: string,
  files: readonly KnownFile[],
  options: FilesOptions,
  circumstances: Circumstances,
) {
  const edited = { ...known, file: writtenFile(known.file.name, text) };
  const together = files.filter((each) => each === known || isRead(each, known, options));
  const reading = readFiles(
    together.map((each) => (each === known ? edited : each)),
    options,
  );
  if (reading.problems.some(({ file, kind }) => kind === 'error' && file === known.file.name)) return undefined;
  const subjects = reading.subjects.filter(({ file }) => file === known.file.name);
  const dockerfile = subjects.find((subject) => subject.kind === 'dockerfile');
  return { findings: judgeSubjects(subjects, circumstances), subjects, dockerfile: dockerfile?.value };
}

/** Compose files of one folder may be one project. */
function isRead(other: KnownFile, known: KnownFile, { together = false }: FilesOptions): boolean {
  if (known.kind !== 'compose' || other.kind !== 'compose') return false;
  return together || (other.folder !== undefined && dirname(other.file.name) === dirname(known.file.name));
}

const words = {
  mended: {
    en: (count: number, files: number) =>
      `mended ${count} of the failures, in ${files} ${files === 1 ? 'file' : 'files'}`,
    zh: (count: number, files: number) => `已修复 ${count} 项未通过，涉及 ${files} 个文件`,
  },
  would: {
    en: (count: number, files: number) =>
      `would mend ${count} of the failures, in ${files} ${files === 1 ? 'file' : 'files'}`,
    zh: (count: number, files: number) => `可修复 ${count} 项未通过，涉及 ${files} 个文件`,
  },
  left: { en: 'not mended', zh: '未修复' },
};

/** How much was mended, and why the rest was not. */
export function describeMending(mended: readonly MendedFile[], dryRun: boolean, language: Language): string {
  const fixed = mended.reduce((sum, each) => sum + each.fixed.length, 0);
  const changed = mended.filter(({ before, text }) => before.file.text !== text).length;
  const refused = mended.flatMap((each) => each.refused);
  return [
    (dryRun ? words.would : words.mended)[language](fixed, changed),
    ...refused.map((each) => refusalLine(each, language)),
  ]
    .map((line) => `${visible(line)}\n`)
    .join('');
}

function refusalLine(
  { finding, reason }: { readonly finding: JudgedFinding; readonly reason: Text },
  language: Language,
): string {
  const { file, line } = locationOf(finding) ?? {};
  const place = file === undefined ? finding.subject.id : line === undefined ? file : `${file}:${line}`;
  const way = finding.remedy ? ` (${finding.remedy.summary[language]})` : '';
  return `${place}: ${words.left[language]}: ${finding.control.id}: ${reason[language]}${way}`;
}
