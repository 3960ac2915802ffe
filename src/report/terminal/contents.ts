import type { Report } from '../../model/report.ts';
import { contentsFacts, differenceHead, differenceSections } from '../contents-facts.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { vulnerabilityLines } from './vulnerabilities.ts';
import { padTo, widthOf } from './wrap.ts';

/** What is in each image, a fact a line. */
export function contentsLines({ contents = [], language }: Report, terminal: Terminal): string[] {
  return contents.flatMap((each) => {
    const facts = contentsFacts(each, language);
    const width = Math.max(...facts.map(({ name }) => widthOf(name)));
    const { name, platform } = each.target;
    return [
      '',
      heading([name, platform].filter(Boolean).join(' · '), terminal),
      ...facts.flatMap((fact) => indented(`  ${padTo(fact.name, width)}  `, fact.value, terminal)),
      ...vulnerabilityLines(each, language, terminal),
    ];
  });
}

/** Of a long list no more are shown: the whole of it is in the JSON form. */
const shownLines = 60;

/** What is different from the other image, in full as far as it is good to read. */
export function differenceLines({ difference, language }: Report, terminal: Terminal): string[] {
  if (!difference) return [];
  return [
    '',
    heading(differenceHead(difference, language), terminal),
    ...differenceSections(difference, language).flatMap(({ name, summary, lines }) => {
      const rest = lines.length - shownLines;
      const more = language === 'zh' ? `……另外 ${rest} 项，见 --format json` : `… and ${rest} more: see --format json`;
      return [
        ...indented('  ', `${name}: ${summary}`, terminal),
        ...lines
          .slice(0, shownLines)
          .flatMap((line) => indented('    ', line, terminal).map((each) => painted(each, line, terminal))),
        ...(rest > 0 ? [paint(`    ${more}`, 'dim', terminal)] : []),
      ];
    }),
  ];
}

function painted(line: string, { 0: sign }: string, terminal: Terminal): string {
  if (sign === '~') return line;
  return paint(line, sign === '+' ? 'added' : 'removed', terminal);
}
