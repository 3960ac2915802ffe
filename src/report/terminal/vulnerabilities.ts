import type { ReportContents } from '../../model/report-contents.ts';
import { severityNames } from '../../model/severity.ts';
import { type Language, type Text, verbatim } from '../../model/text.ts';
import type { Vulnerability, VulnerabilityWaiver } from '../../model/vulnerability.ts';
import { byPackage, countedIn, statusText, waivedIn } from '../vulnerability-texts.ts';
import { waiverText } from '../vulnerability-waiver-texts.ts';
import { labelled } from '../words.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { padTo, widthOf } from './wrap.ts';

const head = {
  title: { en: 'Known vulnerabilities', zh: '已知漏洞' },
  waived: { en: 'Waived vulnerabilities', zh: '已豁免的漏洞' },
  unknown: { en: 'unknown', zh: '未知' },
} satisfies Record<string, Text>;

/** Of a long list no more are shown: the whole of it is in the JSON form. */
const shown = 40;

/** The worst vulnerabilities of an image, one a line: how bad, which, in what, and where it is repaired. */
export function vulnerabilityLines(
  { vulnerabilities, packages }: ReportContents,
  language: Language,
  terminal: Terminal,
): string[] {
  if (!vulnerabilities) return [];
  const names = new Map(packages.map(({ purl, name, version }) => [purl, `${name} ${version}`]));
  return [
    ...countedLines(byPackage(countedIn(vulnerabilities)), names, language, terminal),
    ...waivedLines(waivedIn(vulnerabilities), language, terminal),
  ];
}

function countedLines(
  found: ReturnType<typeof byPackage>,
  names: ReadonlyMap<string, string>,
  language: Language,
  terminal: Terminal,
): string[] {
  if (found.length === 0) return [];
  const rows = found.slice(0, shown).map(([each, ...others]) => ({
    each,
    cells: [
      levelName(each, language),
      each.id,
      names.get(each.purl) ?? each.purl,
      outcome(each, others.length + 1, language),
    ],
  }));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map(({ cells }) => widthOf(cells[column] ?? ''))));
  const rest = found.length - rows.length;
  const more = language === 'zh' ? `……另外 ${rest} 项，见 --format json` : `… and ${rest} more: see --format json`;
  return [
    '',
    heading(head.title[language], terminal),
    ...rows.map(({ each, cells: [level = '', id = '', name = '', end = ''] }) => {
      const { level: how } = each.severity;
      const padded = padTo(level, widths[0] ?? 0);
      return `  ${how === 'unknown' ? padded : paint(padded, how, terminal)}  ${padTo(id, widths[1] ?? 0)}  ${padTo(name, widths[2] ?? 0)}  ${end}`;
    }),
    ...(rest > 0 ? [paint(`  ${more}`, 'dim', terminal)] : []),
  ];
}

/** What is accepted or said to be none, by the waiver: who says so, why, and until when. */
function waivedLines(waived: readonly Vulnerability[], language: Language, terminal: Terminal): string[] {
  if (waived.length === 0) return [];
  const groups = Map.groupBy(waived, ({ waiver }) => waiver as VulnerabilityWaiver);
  return [
    '',
    heading(head.waived[language], terminal),
    ...[...groups].flatMap(([waiver, each]) => {
      const ids = namesText([...new Set(each.map(({ id }) => id))], language);
      return indented(
        '  – ',
        `${labelled(verbatim(ids), waiver.reason, language)}${waiverText(waiver, language)}`,
        terminal,
        'dim',
      );
    }),
  ];
}

const shownNames = 5;

function namesText(ids: readonly string[], language: Language): string {
  const rest = ids.length - shownNames;
  const first = ids.slice(0, shownNames).join(', ');
  if (rest <= 0) return first;
  return language === 'zh' ? `${first} 等 ${ids.length} 个` : `${first} and ${rest} more`;
}

function levelName({ severity }: Vulnerability, language: Language): string {
  return severity.level === 'unknown' ? head.unknown[language] : severityNames[severity.level][language];
}

function outcome(vulnerability: Vulnerability, places: number, language: Language): string {
  const { exploitedSince, expiredWaiver } = vulnerability;
  const exploited = language === 'zh' ? `，${exploitedSince} 起已被利用` : `, exploited since ${exploitedSince}`;
  const inPlaces = language === 'zh' ? `，见于 ${places} 个文件` : `, in ${places} files`;
  const expired =
    language === 'zh' ? `，豁免已于 ${expiredWaiver?.until} 过期` : `, waiver expired ${expiredWaiver?.until}`;
  return [
    statusText(vulnerability, language),
    exploitedSince === undefined ? '' : exploited,
    expiredWaiver === undefined ? '' : expired,
    places > 1 ? inPlaces : '',
  ].join('');
}
