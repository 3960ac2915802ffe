import { componentPartNames } from '../../model/host-component.ts';
import type { ReportComponent, ReportComponents } from '../../model/report-components.ts';
import type { ReportAsked } from '../../model/report-contents.ts';
import type { Language, Text } from '../../model/text.ts';
import { systemText } from '../contents-facts.ts';
import { vulnerabilitiesText } from '../vulnerability-texts.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { padTo, widthOf } from './wrap.ts';

const words = {
  title: { en: 'What runs the containers, and its known flaws', zh: '容器的运行基础及其已知漏洞' },
  data: { en: 'advisories', zh: '公告' },
  system: { en: 'system', zh: '系统' },
  notKnown: { en: 'not known, see below', zh: '未知，见下文' },
} satisfies Record<string, Text>;

/** A line for each program and the kernel: which, and how many flaws are known; and how old that knowledge is. */
export function componentLines(
  components: ReportComponents | undefined,
  language: Language,
  terminal: Terminal,
): string[] {
  if (!components) return [];
  const { data, distribution, parts } = components;
  const rows: (readonly [name: string, value: string])[] = [
    ...(distribution ? [[words.system[language], systemText(distribution, language)] as const] : []),
    ...parts.map((each) => [componentPartNames[each.part][language], componentText(each, language)] as const),
    ...(data === undefined ? [] : [[words.data[language], data.slice(0, 12)] as const]),
    ...agesOf(parts).map((each) => [words.data[language], ageText(each, language)] as const),
  ];
  const width = Math.max(...rows.map(([name]) => widthOf(name)));
  return [
    '',
    heading(words.title[language], terminal),
    ...rows.flatMap(([name, value]) => indented(`  ${paint(padTo(name, width), 'dim', terminal)}  `, value, terminal)),
  ];
}

function componentText({ part, name, version, vulnerabilities, builtIn }: ReportComponent, language: Language): string {
  const whole = part === 'kernel' && version !== '' ? `${name} (${version})` : `${name} ${version}`.trim();
  // The line begins with it.
  const called = name === part ? version : whole;
  const known = vulnerabilities ? vulnerabilitiesText(vulnerabilities, language) : words.notKnown[language];
  const count = builtIn?.found.length ?? 0;
  const beside =
    language === 'zh'
      ? `内置 Go 模块中的 ${count} 个不计入，发行版可能已修复`
      : `${count} in its Go modules, which the distribution may have mended, do not count`;
  return [called, known, ...(count > 0 ? [beside] : [])].filter((each) => each !== '').join(' · ');
}

/** Each ecosystem once, however many components were looked up in it. */
function agesOf(parts: readonly ReportComponent[]): readonly ReportAsked[] {
  const asked = parts.flatMap(({ vulnerabilities, builtIn }) => [
    ...(vulnerabilities?.asked ?? []),
    ...(builtIn?.asked ?? []),
  ]);
  return [...new Map(asked.map((each) => [each.ecosystem, each])).values()];
}

function ageText({ ecosystem, newest, read }: ReportAsked, language: Language): string {
  const [changed, taken] = [newest, read].map((time) => time?.slice(0, 10) ?? '?');
  return language === 'zh'
    ? `${ecosystem}：最新变更 ${changed}，读取于 ${taken}`
    : `${ecosystem}: newest of ${changed}, read ${taken}`;
}
