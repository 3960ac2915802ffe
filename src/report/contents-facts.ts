import type { DistributionLife, ReportContents, ReportDistribution } from '../model/report-contents.ts';
import type { ContentsDifference } from '../model/contents-difference.ts';
import { readableBytes } from '../model/readable-bytes.ts';
import type { Language, Text } from '../model/text.ts';
import { advisoryDataText } from './advisory-data-text.ts';
import { vulnerabilitiesText } from './vulnerability-texts.ts';

/** One line about what is in an image: what, and how much of it. */
export interface ContentsFact {
  readonly name: string;
  readonly value: string;
}

const factWords = {
  system: { en: 'Operating system', zh: '操作系统' },
  noSystem: { en: 'none recognised', zh: '未识别' },
  packages: { en: 'Packages', zh: '软件包' },
  vulnerabilities: { en: 'Vulnerabilities', zh: '漏洞' },
  advisories: { en: 'Advisories', zh: '漏洞公告' },
  files: { en: 'Files', zh: '文件' },
  layers: { en: 'Layers', zh: '镜像层' },
  secrets: { en: 'Secrets', zh: '密钥' },
  none: { en: 'none', zh: '无' },
  noneFound: { en: 'none found', zh: '未发现' },
} satisfies Record<string, Text>;

/** What a reader wants to know first of an image that was opened. */
export function contentsFacts(contents: ReportContents, language: Language): ContentsFact[] {
  const { target, distribution } = contents;
  const system = distribution ? systemText(distribution, language) : factWords.noSystem[language];
  const facts = [
    { name: factWords.system[language], value: system },
    { name: factWords.packages[language], value: packagesText(contents, language) },
    { name: factWords.vulnerabilities[language], value: vulnerabilitiesText(contents.vulnerabilities, language) },
    ...advisoryFact(contents, language),
  ];
  // A bill of materials has neither files nor layers.
  if (target.kind === 'bill') return facts;
  return [
    ...facts,
    { name: factWords.files[language], value: filesText(contents, language) },
    { name: factWords.layers[language], value: layersText(contents, language) },
    { name: factWords.secrets[language], value: secretsText(contents, language) },
  ];
}

/** Beside what was found: what could be found. */
function advisoryFact({ vulnerabilities }: ReportContents, language: Language): ContentsFact[] {
  const value = vulnerabilities ? advisoryDataText(vulnerabilities, language) : '';
  return value === '' ? [] : [{ name: factWords.advisories[language], value }];
}

export function systemText({ name, life }: ReportDistribution, language: Language): string {
  const maintained = life ? lifeText(life, language) : '';
  if (maintained === '') return name;
  return language === 'zh' ? `${name}（${maintained}）` : `${name} (${maintained})`;
}

function lifeText({ state, ends, extendedEnds }: DistributionLife, language: Language): string {
  const zh = language === 'zh';
  if (state === 'supported') return ends === null ? '' : zh ? `维护至 ${ends}` : `maintained until ${ends}`;
  if (state === 'ended') return zh ? `维护已于 ${ends ?? '?'} 结束` : `no longer maintained since ${ends ?? '?'}`;
  const until = extendedEnds ?? '?';
  return zh
    ? `常规维护已于 ${ends ?? '?'} 结束，延长支持至 ${until}`
    : `its own maintenance ended ${ends ?? '?'}, extended support until ${until}`;
}

function packagesText({ packages }: ReportContents, language: Language): string {
  if (packages.length === 0) return factWords.none[language];
  const installed = packages.filter(({ state }) => state === 'installed');
  const counts = [...Map.groupBy(installed, ({ type }) => type)]
    .map(([type, each]) => ({ type, count: each.length }))
    .toSorted((left, right) => right.count - left.count || (left.type < right.type ? -1 : 1))
    .map(({ type, count }) => `${type} ${count}`);
  const declared = packages.length - installed.length;
  const owned = installed.filter(({ ownedBy }) => ownedBy !== undefined).length;
  const notes = [
    ...(declared > 0
      ? [language === 'zh' ? `另有锁文件声明 ${declared} 个` : `${declared} more only in lock files`]
      : []),
    ...(owned > 0
      ? [language === 'zh' ? `其中 ${owned} 个属于系统软件包` : `${owned} of them part of system packages`]
      : []),
  ];
  return [[String(installed.length), counts.join(', ')].filter(Boolean).join(' · '), ...notes].join(' · ');
}

function filesText({ fileCount, bytes, wastedBytes }: ReportContents, language: Language): string {
  const wasted =
    language === 'zh'
      ? `${readableBytes(wastedBytes)} 已被后续层删除或替换`
      : `${readableBytes(wastedBytes)} deleted or replaced by later layers`;
  return [String(fileCount), readableBytes(bytes), ...(wastedBytes > 0 ? [wasted] : [])].join(' · ');
}

function layersText({ layers }: ReportContents, language: Language): string {
  const unread = layers.filter((each) => each.unread).length;
  const note = language === 'zh' ? `其中 ${unread} 层未读取` : `${unread} of them not read`;
  return [String(layers.length), ...(unread > 0 ? [note] : [])].join(' · ');
}

function secretsText({ secrets }: ReportContents, language: Language): string {
  if (secrets.length === 0) return factWords.noneFound[language];
  const deleted = secrets.filter((each) => each.deleted).length;
  const note = language === 'zh' ? `其中 ${deleted} 处位于已删除的文件` : `${deleted} of them in deleted files`;
  return [String(secrets.length), ...(deleted > 0 ? [note] : [])].join(' · ');
}

const differenceWords = {
  packages: factWords.packages,
  files: factWords.files,
  size: { en: 'Size', zh: '大小' },
} satisfies Record<string, Text>;

/** One kind of what is different between two images, in full. */
export interface DifferenceSection {
  readonly name: string;
  readonly summary: string;
  /** `+ pkg:deb/…`, `- …`, `~ bash 1 → 2`. */
  readonly lines: readonly string[];
}

export function differenceHead({ before }: ContentsDifference, language: Language): string {
  return language === 'zh' ? `与 ${before.name} 相比` : `Compared with ${before.name}`;
}

export function differenceSections(difference: ContentsDifference, language: Language): DifferenceSection[] {
  const { packages, files, bytes, fileCount } = difference;
  const change = bytes.after - bytes.before;
  return [
    {
      name: differenceWords.packages[language],
      summary: countsText(packages, language),
      lines: [
        ...packages.added.map((purl) => `+ ${purl}`),
        ...packages.removed.map((purl) => `- ${purl}`),
        ...packages.changed.map(({ type, name, before, after }) => `~ ${type} ${name} ${before} → ${after}`),
      ],
    },
    ...(files
      ? [
          {
            name: differenceWords.files[language],
            summary: countsText(files, language),
            lines: [
              ...files.added.map(({ path, size }) => `+ ${path} (${readableBytes(size)})`),
              ...files.removed.map(({ path, size }) => `- ${path} (${readableBytes(size)})`),
              ...files.changed.map(({ path, size }) => `~ ${path} (${readableBytes(size)})`),
            ],
          },
          {
            name: differenceWords.size[language],
            summary: `${readableBytes(bytes.before)} → ${readableBytes(bytes.after)} (${change < 0 ? '-' : '+'}${readableBytes(Math.abs(change))})${language === 'zh' ? '，' : ', '}${factWords.files[language]}${language === 'zh' ? '：' : ': '}${fileCount.before} → ${fileCount.after}`,
            lines: [],
          },
        ]
      : []),
  ];
}

interface Counted {
  readonly added: readonly unknown[];
  readonly removed: readonly unknown[];
  readonly changed: readonly unknown[];
}

function countsText({ added, removed, changed }: Counted, language: Language): string {
  return language === 'zh'
    ? `新增 ${added.length}，移除 ${removed.length}，变更 ${changed.length}`
    : `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
}
