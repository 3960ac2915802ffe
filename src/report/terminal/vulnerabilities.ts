import type { ReportContents } from '../../model/report-contents.ts';
import { severityNames } from '../../model/severity.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Vulnerability } from '../../model/vulnerability.ts';
import { byPackage, countedIn, statusText } from '../vulnerability-texts.ts';
import { heading } from './frame.ts';
import { paint, type Terminal } from './paint.ts';
import { padTo, widthOf } from './wrap.ts';

const head = {
  title: { en: 'Known vulnerabilities', zh: '已知漏洞' },
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
  const found = vulnerabilities ? byPackage(countedIn(vulnerabilities)) : [];
  if (found.length === 0) return [];
  const names = new Map(packages.map(({ purl, name, version }) => [purl, `${name} ${version}`]));
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

function levelName({ severity }: Vulnerability, language: Language): string {
  return severity.level === 'unknown' ? head.unknown[language] : severityNames[severity.level][language];
}

function outcome(vulnerability: Vulnerability, places: number, language: Language): string {
  const { exploitedSince } = vulnerability;
  const exploited = language === 'zh' ? `，${exploitedSince} 起已被利用` : `, exploited since ${exploitedSince}`;
  const inPlaces = language === 'zh' ? `，见于 ${places} 个文件` : `, in ${places} files`;
  return `${statusText(vulnerability, language)}${exploitedSince === undefined ? '' : exploited}${places > 1 ? inPlaces : ''}`;
}
