import {
  type ChangedImage,
  type FindingChange,
  type FindingChangeKind,
  findingChanges,
  type FindingState,
  isUnknown,
  toldState,
} from '../model/image-change.ts';
import { parsePurl } from '../model/purl.ts';
import { severityNames } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import type { ChangesReport } from './changes.ts';
import { heading } from './terminal/frame.ts';
import { paint, type Paint, type Terminal } from './terminal/paint.ts';
import { padTo, widthOf } from './terminal/wrap.ts';
import { visible, visibleDeep } from './visible.ts';
import { statusText } from './vulnerability-texts.ts';

const marks: Readonly<Record<FindingChangeKind, string>> = { gained: '+', unknown: '?', changed: '~', lost: '-' };
const paints: Readonly<Record<FindingChangeKind, Paint>> = {
  gained: 'bad',
  unknown: 'unknown',
  changed: 'command',
  lost: 'good',
};

/** Of what is long no more is shown: the whole of it is in the JSON form. */
const shown = { changes: 20, images: 40 };

interface TableSetting {
  readonly language: Language;
  readonly terminal: Terminal;
  /** Why nothing is known of a package, by the code. */
  readonly reasons: Readonly<Record<string, Text>>;
}

/** What became of each image, the worst first. */
export function renderChanges(report: ChangesReport, setting: TableSetting): string {
  const { sets } = visibleDeep(report);
  const { language, terminal } = setting;
  const zh = language === 'zh';
  const lines = [headLine(report, language)];
  for (const { found, images } of sets) {
    if (sets.length > 1) lines.push('', heading(zh ? `${timeOf(found)} 发现` : `Found ${timeOf(found)}`, terminal));
    for (const image of images.slice(0, shown.images)) lines.push('', ...imageLines(image, setting));
    const rest = images.length - shown.images;
    if (rest > 0) {
      const more = zh ? `……另外 ${rest} 个镜像，见 --format json` : `… and ${rest} more images: see --format json`;
      lines.push('', paint(more, 'dim', terminal));
    }
  }
  if (sets.length > 0) lines.push('', paint(legend[language], 'dim', terminal));
  if (report.notified && report.notified.delivered + report.notified.waiting > 0)
    lines.push('', notifiedLine(report.notified, language));
  return `${lines.join('\n')}\n`;
}

const legend: Text = {
  en: '+ gained  ~ changed  ? not known any more  - lost',
  zh: '+ 新增  ~ 变化  ? 不再可知  - 消失',
};

function headLine({ remembered, compared, sets }: ChangesReport, language: Language): string {
  const zh = language === 'zh';
  if (remembered === 0 && sets.length === 0) {
    return zh
      ? '尚未记录任何镜像。扫描时会自动记录：plimsoll scan IMAGE'
      : 'No image is remembered yet. Scans remember them: plimsoll scan IMAGE';
  }
  const counts = countsText(
    sets.flatMap(({ images }) => images.flatMap(({ changes }) => changes)),
    language,
  );
  const changed = new Set(sets.flatMap(({ images }) => images.map(({ id }) => id))).size;
  const told = changed === 0 ? '' : zh ? `，${changed} 个有变化（${counts}）` : `, ${changed} with changes (${counts})`;
  const same = zh ? `，公告自上次以来没有更新` : `, and the advisories are those of the last time`;
  const images = zh
    ? `已记录 ${remembered} 个镜像`
    : `${remembered} ${remembered === 1 ? 'image is' : 'images are'} remembered`;
  const none = zh ? '，没有变化' : ', none of them with changes';
  if (changed > 0) return `${images}${told}`;
  return `${images}${compared === 0 ? same : none}`;
}

function countsText(changes: readonly FindingChange[], language: Language): string {
  const zh = language === 'zh';
  return findingChanges
    .flatMap((kind) => {
      const count = changes.filter(({ change }) => change === kind).length;
      return count === 0 ? [] : [zh ? `${kindNames[kind].zh} ${count}` : `${count} ${kindNames[kind].en}`];
    })
    .join(zh ? '、' : ', ');
}

const kindNames: Readonly<Record<FindingChangeKind, Text>> = {
  gained: { en: 'gained', zh: '新增' },
  unknown: { en: 'not known any more', zh: '不再可知' },
  changed: { en: 'changed', zh: '变化' },
  lost: { en: 'lost', zh: '消失' },
};

function imageLines(image: ChangedImage, setting: TableSetting): string[] {
  const { language, terminal } = setting;
  const rows = image.changes.slice(0, shown.changes).map((change) => ({ change, cells: cellsOf(change, setting) }));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map(({ cells }) => widthOf(cells[column] ?? ''))));
  const rest = image.changes.length - rows.length;
  const more = language === 'zh' ? `……另外 ${rest} 项，见 --format json` : `… and ${rest} more: see --format json`;
  return [
    imageLine(image, setting),
    ...rows.map(({ change, cells: [level = '', id = '', name = '', end = ''] }) => {
      const { severity } = toldState(change);
      const padded = padTo(level, widths[0] ?? 0);
      const mark = paint(marks[change.change], paints[change.change], terminal);
      const painted = severity === 'unknown' ? padded : paint(padded, severity, terminal);
      return `  ${mark} ${painted}  ${padTo(id, widths[1] ?? 0)}  ${padTo(name, widths[2] ?? 0)}  ${end}`;
    }),
    ...(rest > 0 ? [paint(`  ${more}`, 'dim', terminal)] : []),
  ];
}

function imageLine({ id, names, platform, containers, complete }: ChangedImage, setting: TableSetting): string {
  const { language, terminal } = setting;
  const zh = language === 'zh';
  const short = id.replace(/^sha256:/, '').slice(0, 12);
  const [name = short, ...others] = names;
  const more = others.length === 0 ? '' : zh ? ` 等 ${names.length} 个名称` : ` and ${others.length} more`;
  const running =
    containers === null || containers.length === 0
      ? []
      : [zh ? `正在运行：${containers.join('、')}` : `runs as ${containers.join(', ')}`];
  const partly = complete ? [] : [zh ? '未能完整读取' : 'not all of it could be read'];
  const facts = [
    ...(names.length === 0 ? [] : [short]),
    ...(platform === null ? [] : [platform]),
    ...running,
    ...partly,
  ];
  return `${paint(name, 'heading', terminal)}${more} (${facts.join(zh ? '，' : ', ')})`;
}

function cellsOf(change: FindingChange, { language, reasons }: TableSetting): string[] {
  const { severity } = toldState(change);
  const level = severity === 'unknown' ? (language === 'zh' ? '未知' : 'unknown') : severityNames[severity][language];
  return [level, change.vulnerability, packageOf(change.package), outcomeOf(change, language, reasons)];
}

function packageOf(purl: string): string {
  const parsed = parsePurl(purl);
  if (!parsed) return purl;
  const { type, namespace, name, version = '' } = parsed;
  // Of a distribution's package it says the distribution, which stands above.
  const isNamed = namespace === undefined || ['deb', 'rpm', 'apk', 'alpm'].includes(type);
  const between = type === 'maven' ? ':' : '/';
  return visible(`${isNamed ? '' : `${namespace}${between}`}${name} ${version}`.trimEnd());
}

function outcomeOf(change: FindingChange, language: Language, reasons: TableSetting['reasons']): string {
  const zh = language === 'zh';
  const { before, after } = change;
  const unknown = [before, after].find((each) => each !== null && isUnknown(each));
  const reason = unknown && isUnknown(unknown) ? (reasons[unknown.unknown]?.[language] ?? unknown.unknown) : '';
  if (change.change === 'unknown') return zh ? `情况不再可知：${reason}` : `nothing is known any more: ${reason}`;
  if (change.change === 'lost') return goneText(after, language);
  const now = stateText(toldState(change), language);
  if (change.change === 'gained') {
    if (!unknown) return now;
    return zh ? `${now}，此前情况未知` : `${now}, not known before`;
  }
  return differences(before as FindingState, after as FindingState, language);
}

function goneText(after: FindingChange['after'], language: Language): string {
  const zh = language === 'zh';
  if (after === null || isUnknown(after))
    return zh ? '公告不再涉及该版本' : 'advisories do not tell of this version any more';
  if (after.covered) {
    return zh ? '以所属系统软件包的公告为准' : "the advisories of the system's package speak for it";
  }
  return statusText(after, language);
}

function stateText(state: FindingState, language: Language): string {
  const { exploitedSince } = state;
  if (exploitedSince === undefined) return statusText(state, language);
  return language === 'zh'
    ? `${statusText(state, language)}，${exploitedSince} 起已被利用`
    : `${statusText(state, language)}, exploited since ${exploitedSince}`;
}

/** What of it is otherwise, from what to what. */
function differences(before: FindingState, after: FindingState, language: Language): string {
  const zh = language === 'zh';
  const levelOf = ({ severity }: FindingState) =>
    severity === 'unknown' ? (zh ? '未知' : 'unknown') : severityNames[severity][language];
  const [was, is] = [statusText(before, language), statusText(after, language)];
  return [
    ...(was === is ? [] : [`${was} → ${is}`]),
    ...(before.severity === after.severity ? [] : [`${levelOf(before)} → ${levelOf(after)}`]),
    ...(before.exploitedSince === after.exploitedSince ? [] : [exploitText(after, language)]),
  ].join(zh ? '，' : ', ');
}

function exploitText({ exploitedSince }: FindingState, language: Language): string {
  if (exploitedSince === undefined) {
    return language === 'zh' ? '不再列为已被利用' : 'not listed as exploited any more';
  }
  return language === 'zh' ? `${exploitedSince} 起已被利用` : `exploited since ${exploitedSince}`;
}

function notifiedLine({ to, delivered, waiting }: ChangesReport['notified'] & object, language: Language): string {
  const zh = language === 'zh';
  const sent = zh
    ? `已向 ${to} 发送 ${delivered} 条消息`
    : `${delivered} ${delivered === 1 ? 'message' : 'messages'} delivered to ${to}`;
  if (waiting === 0) return sent;
  return zh ? `${sent}，${waiting} 条待发送` : `${sent}, ${waiting} waiting`;
}

function timeOf(found: string): string {
  return `${found.slice(0, 16).replace('T', ' ')} UTC`;
}
