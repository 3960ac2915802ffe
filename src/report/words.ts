import type { Comparison } from '../model/comparison.ts';
import type { ContainerState } from '../model/container-spec.ts';
import type { Level, References } from '../model/control.ts';
import type { FactSource } from '../model/fact.ts';
import type { JsonValue } from '../model/json.ts';
import type { FindingWaiver, Report, ReportSubject, ReportWaiver, Score } from '../model/report.ts';
import { type Severity, severities, severityNames } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import { statusNames } from '../model/verdict.ts';
import { isOfFiles } from './by-file.ts';

/** The words that several report formats share. A format's own words are in its own file. */
export const words = {
  auditReport: { en: 'Plimsoll audit report', zh: 'Plimsoll 审计报告' },
  checkReport: { en: 'Plimsoll report on files', zh: 'Plimsoll 文件检查报告' },
  scanReport: { en: 'Plimsoll report on images', zh: 'Plimsoll 镜像扫描报告' },
  subject: { en: 'Subject', zh: '对象' },
  subjects: { en: 'Subjects', zh: '对象' },
  file: { en: 'File', zh: '文件' },
  control: { en: 'Control', zh: '检查项' },
  severity: { en: 'Severity', zh: '严重程度' },
  level: { en: 'Level', zh: '层级' },
  status: { en: 'Status', zh: '状态' },
  score: { en: 'Score', zh: '得分' },
  baseline: { en: 'Baseline', zh: '基线' },
  finished: { en: 'Finished', zh: '完成时间' },
  readFrom: { en: 'Read from', zh: '读取自' },
  evidence: { en: 'Evidence', zh: '证据' },
  where: { en: 'Where', zh: '位置' },
  fix: { en: 'Fix', zh: '修复' },
  need: { en: 'To find out', zh: '如何查明' },
  reason: { en: 'Reason', zh: '原因' },
  owner: { en: 'Owner', zh: '负责人' },
  until: { en: 'Until', zh: '有效期至' },
  waiver: { en: 'Waiver', zh: '豁免' },
  waivers: { en: 'Waivers', zh: '豁免' },
  vulnerabilityWaivers: { en: 'Waivers of vulnerabilities', zh: '漏洞豁免' },
  vulnerability: { en: 'Vulnerability', zh: '漏洞' },
  appliesTo: { en: 'Packages and images', zh: '软件包与镜像' },
  verdict: { en: 'Verdict', zh: '结论' },
  waiverExpired: { en: 'Expired waiver', zh: '已过期的豁免' },
  besideIt: { en: 'a comment beside it', zh: '旁边的注释' },
  failures: { en: 'Failures', zh: '未通过项' },
  findings: { en: 'Findings', zh: '命中数' },
  fact: { en: 'Fact', zh: '事实' },
  unreadable: { en: 'Could not be read', zh: '无法读取' },
  coverageNote: {
    en: 'What could not be read could not be judged. Not known is not passed.',
    zh: '无法读取的内容无法判断。未知不等于通过。',
  },
  nothingJudged: { en: 'Nothing could be judged', zh: '没有可判断的内容' },
  notSet: { en: 'not set', zh: '未设置' },
} satisfies Record<string, Text>;

export const sourceNames: Readonly<Record<FactSource, Text>> = {
  kernel: { en: 'kernel', zh: '内核' },
  'engine-api': { en: 'engine API', zh: '引擎 API' },
  file: { en: 'file', zh: '文件' },
  'command-line': { en: 'command line', zh: '命令行' },
  environment: { en: 'environment', zh: '环境变量' },
  registry: { en: 'registry', zh: '镜像仓库' },
};

export const levelNames: Readonly<Record<Level, Text>> = {
  kernel: { en: 'kernel', zh: '内核' },
  host: { en: 'host', zh: '主机' },
  daemon: { en: 'daemon', zh: '守护进程' },
  network: { en: 'network', zh: '网络' },
  image: { en: 'image', zh: '镜像' },
  container: { en: 'container', zh: '容器' },
  dockerfile: { en: 'Dockerfile', zh: 'Dockerfile' },
  compose: { en: 'Compose', zh: 'Compose' },
  registry: { en: 'registry', zh: '镜像仓库' },
  runtime: { en: 'runtime', zh: '运行时' },
  kubernetes: { en: 'Kubernetes', zh: 'Kubernetes' },
  operations: { en: 'operations', zh: '运维' },
};

export const subjectKindNames: Readonly<Record<ReportSubject['kind'], Text>> = {
  host: { en: 'host', zh: '主机' },
  engine: { en: 'engine', zh: '引擎' },
  network: { en: 'network', zh: '网络' },
  image: { en: 'image', zh: '镜像' },
  container: { en: 'container', zh: '容器' },
  dockerfile: { en: 'Dockerfile', zh: 'Dockerfile' },
  'compose-project': { en: 'Compose project', zh: 'Compose 项目' },
  'kubernetes-object': { en: 'Kubernetes object', zh: 'Kubernetes 对象' },
};

export function reportTitle(report: Report): string {
  if (report.contents) return words.scanReport[report.language];
  return words[isOfFiles(report) ? 'checkReport' : 'auditReport'][report.language];
}

export const comparisonWords = {
  new: { en: 'New', zh: '新出现' },
  fixed: { en: 'Fixed', zh: '已修复' },
  unreadable: { en: 'No longer readable', zh: '不再可读' },
} satisfies Record<string, Text>;

/** `Since 2026-11-01 …: 2 new, 1 fixed, 40 unchanged, 0 no longer readable`. */
export function comparisonHead(comparison: Comparison, language: Language): string {
  const { since, unchanged } = comparison;
  const [appeared, fixed, unreadable] = [comparison.new.length, comparison.fixed.length, comparison.unreadable.length];
  return language === 'zh'
    ? `自 ${timeText(since)} 以来：新出现 ${appeared} 项，已修复 ${fixed} 项，未变 ${unchanged} 项，不再可读 ${unreadable} 项`
    : `Since ${timeText(since)}: ${appeared} new, ${fixed} fixed, ${unchanged} unchanged, ${unreadable} no longer readable`;
}

export const waiverStateNames: Readonly<Record<ReportWaiver['state'], Text>> = {
  used: { en: 'used', zh: '已使用' },
  unused: { en: 'unused', zh: '未使用' },
  expired: { en: 'expired', zh: '已过期' },
};

/** Names of a subject's details. One that is not here is shown as it is. */
const detailNames: Readonly<Record<string, Text>> = {
  distribution: { en: 'distribution', zh: '发行版' },
  engine: { en: 'engine', zh: '引擎' },
  api: { en: 'API', zh: 'API' },
  state: { en: 'state', zh: '状态' },
  image: { en: 'image', zh: '镜像' },
  owner: { en: 'owner', zh: '归属' },
  version: { en: 'version', zh: '版本' },
  kernel: { en: 'kernel', zh: '内核' },
  id: { en: 'id', zh: 'ID' },
  base: { en: 'base image', zh: '基础镜像' },
  files: { en: 'files', zh: '文件' },
  kind: { en: 'kind', zh: '类型' },
  namespace: { en: 'namespace', zh: '命名空间' },
};

export function detailName(key: string, language: Language): string {
  return Object.hasOwn(detailNames, key) ? (detailNames[key]?.[language] ?? key) : key;
}

const stateNames: Readonly<Record<ContainerState, Text>> = {
  running: { en: 'running', zh: '运行中' },
  stopped: { en: 'stopped', zh: '已停止' },
  declared: { en: 'declared', zh: '已声明' },
};

/** A detail's value in words where it is one of ours, and as it is where it is data. */
export function detailValue(key: string, value: JsonValue, language: Language): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (key !== 'state' || !Object.hasOwn(stateNames, value)) return value;
  return stateNames[value as ContainerState][language];
}

/** The numbers under which others ask the same question, ready to print: `CIS Docker 5.5`. */
export function referenceNames(references: References): readonly string[] {
  return [
    ...(references.cisDocker ?? []).map((number) => `CIS Docker ${number}`),
    ...(references.cisKubernetes ?? []).map((number) => `CIS Kubernetes ${number}`),
    ...(references.nist800190 ?? []).map((number) => `NIST SP 800-190 ${number}`),
    ...(references.podSecurity ? [`Pod Security ${references.podSecurity}`] : []),
  ];
}

/** Whole points, rounded down: 100 is only said of what is perfect. A dash when nothing could be judged. */
export function scoreText(score: Score): string {
  return score.value === null ? '–' : String(Math.floor(score.value));
}

/** `9 failed, 4 unknown`: every status that occurs. */
export function scoreCounts(score: Score, language: Language): string {
  const counts = [
    [score.fail, statusNames.fail],
    [score.unknown, statusNames.unknown],
    [score.waived, statusNames.waived],
    [score.pass, statusNames.pass],
    [score.notApplicable, statusNames['not-applicable']],
  ] as const;
  return listOfCounts(
    counts.map(([count, name]) => [count, name[language]]),
    language,
  );
}

/** `1 critical, 3 high`: every severity that occurs. */
export function severityCounts(counts: Readonly<Record<Severity, number>>, language: Language): string {
  return listOfCounts(
    severities.map((severity) => [counts[severity], severityNames[severity][language]]),
    language,
  );
}

function listOfCounts(counts: readonly (readonly [number, string])[], language: Language): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => countText(count, name, language))
    .join(language === 'zh' ? '、' : ', ');
}

/** `platform, 2027-01-31`: who accepts a failure, and until when. */
export function acceptedBy({ owner, until }: Pick<FindingWaiver, 'owner' | 'until'>, language: Language): string {
  return [owner ?? words.besideIt[language], until].filter((part) => part !== null).join(', ');
}

/** `2026-06-01, dba, load test`: a waiver that no longer holds. */
export function expiredText({ until, owner, reason }: FindingWaiver): string {
  return [until, owner, reason].filter((part) => part !== null).join(', ');
}

/** `2 critical`, in the language's own order. */
export function countText(count: number, name: string, language: Language): string {
  return language === 'zh' ? `${name} ${count}` : `${count} ${name}`;
}

/** `Fix: summary`, with the colon of the language. */
export function labelled(label: Text, text: string, language: Language): string {
  return `${label[language]}${language === 'zh' ? '：' : ': '}${text}`;
}

/** `2026-07-01 08:00:03 UTC` from RFC 3339 in UTC. */
export function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
