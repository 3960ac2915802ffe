import type { JudgedFinding } from '../judge/judge.ts';
import { locationOf } from '../judge/location.ts';
import type { Language, Text } from '../model/text.ts';
import { visible } from '../report/visible.ts';
import type { MendedFile } from './mend-files.ts';

const words = {
  mended: {
    en: (count: string, files: string) => `mended ${count} in ${files}`,
    zh: (count: string, files: string) => `已修复 ${count}，涉及 ${files}`,
  },
  would: {
    en: (count: string, files: string) => `would mend ${count} in ${files}`,
    zh: (count: string, files: string) => `可修复 ${count}，涉及 ${files}`,
  },
  nothing: { en: 'nothing could be mended', zh: '没有可自动修复的问题' },
  clean: { en: 'nothing to mend', zh: '无需修复' },
  left: { en: (count: string) => `not mended: ${count}`, zh: (count: string) => `未修复：${count}` },
  failures: {
    en: (count: number) => (count === 1 ? '1 failure' : `${count} failures`),
    zh: (count: number) => `${count} 项未通过`,
  },
  files: {
    en: (count: number) => (count === 1 ? '1 file' : `${count} files`),
    zh: (count: number) => `${count} 个文件`,
  },
  colon: { en: ': ', zh: '：' },
  comma: { en: ', ', zh: '、' },
  times: { en: (count: number) => ` (${count})`, zh: (count: number) => `（${count}）` },
};

/**
 * What was mended, and what it may ask of whoever runs it; what was not, and why. Of a dry run the lines are those of the
 * file as it is.
 */
export function describeMending(mended: readonly MendedFile[], dryRun: boolean, language: Language): string {
  const fixed = mended.flatMap((each) => each.fixed);
  const changed = mended.filter(({ before, text }) => before.file.text !== text).length;
  const refused = mended.flatMap((each) => each.refused);
  return [
    headline(fixed.length, changed, refused.length, dryRun, language),
    ...fixedLines(fixed, language),
    ...(refused.length > 0 ? [words.left[language](words.failures[language](refused.length))] : []),
    ...refusedLines(
      refused.map(({ finding, original, reason }) => ({ finding: (dryRun ? original : finding) ?? finding, reason })),
      language,
    ),
  ]
    .map((line) => `${visible(line)}\n`)
    .join('');
}

function headline(fixed: number, files: number, refused: number, dryRun: boolean, language: Language): string {
  if (fixed === 0) return (refused === 0 ? words.clean : words.nothing)[language];
  const say = (dryRun ? words.would : words.mended)[language];
  return say(words.failures[language](fixed), words.files[language](files));
}

/** A line for each way in which something was mended: what it says of the consequences is the user's to know. */
function fixedLines(fixed: readonly JudgedFinding[], language: Language): string[] {
  const ways = Map.groupBy(fixed, ({ control, remedy }) => `${control.id}\n${remedy?.summary[language] ?? ''}`);
  return [...ways].map(([way, { length }]) => {
    const [id = '', summary = ''] = way.split('\n', 2);
    return `  ${id}${words.times[language](length)}${summary === '' ? '' : words.colon[language] + summary}`;
  });
}

interface Refused {
  readonly finding: JudgedFinding;
  readonly reason: Text;
}

/** A line for each reason and way, with the places below it. */
function refusedLines(refused: readonly Refused[], language: Language): string[] {
  const ways = Map.groupBy(refused, ({ finding, reason }) =>
    [
      `  ${finding.control.id}${words.colon[language]}${reason[language]}`,
      ...(finding.remedy ? [`    ${finding.remedy.summary[language]}`] : []),
    ].join('\n'),
  );
  return [...ways].flatMap(([way, each]) => [
    ...way.split('\n'),
    `    ${[...new Set(each.map(({ finding }) => placeOf(finding)))].join(words.comma[language])}`,
  ]);
}

function placeOf(finding: JudgedFinding): string {
  const { file, line } = locationOf(finding) ?? {};
  if (file === undefined) return finding.subject.id;
  return line === undefined ? file : `${file}:${line}`;
}
