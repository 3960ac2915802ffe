import type { Dialect } from '../../model/container-spec.ts';
import type { References } from '../../model/control.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Explanation } from '../../remedy/explanation.ts';
import { jsonText } from '../../remedy/invisible.ts';
import { subjectKindNames } from '../words.ts';

/** Headings and labels of an explanation. */
export const words = {
  severity: { en: 'Severity', zh: '严重程度' },
  level: { en: 'Level', zh: '层级' },
  subject: { en: 'Asked of', zh: '检查对象' },
  why: { en: 'Why', zh: '原因' },
  how: { en: 'How it is judged', zh: '判定方法' },
  question: { en: 'To answer in plimsoll.yaml', zh: '需在 plimsoll.yaml 中回答' },
  parameters: { en: 'Parameters', zh: '参数' },
  name: { en: 'Name', zh: '名称' },
  default: { en: 'Default', zh: '默认值' },
  description: { en: 'Meaning', zh: '含义' },
  remedy: { en: 'Remedy', zh: '修复' },
  disruption: { en: 'Disruption', zh: '影响' },
  automatic: { en: 'In a file', zh: '在文件中' },
  examples: { en: 'Examples', zh: '示例' },
  counterexample: { en: 'Fails', zh: '未通过' },
  fix: { en: 'Mended', zh: '修复后' },
  apply: { en: 'To make it effective', zh: '使其生效' },
  references: { en: 'References', zh: '参考' },
} satisfies Record<string, Text>;

const dialectNames: Readonly<Record<Dialect, Text>> = {
  'engine-api': { en: 'engine', zh: '引擎' },
  compose: { en: 'Compose', zh: 'Compose' },
  pod: { en: 'Kubernetes pod', zh: 'Kubernetes Pod' },
  'docker-run': { en: 'docker run', zh: 'docker run' },
  dockerfile: { en: 'Dockerfile', zh: 'Dockerfile' },
};

/** `container (Compose, Dockerfile)`: what it is asked of, and of a container in which dialects. */
export function subjectText({ subject, dialects, language }: Explanation): string {
  const name = subjectKindNames[subject][language];
  if (dialects === undefined) return name;
  const list = dialects.map((dialect) => dialectNames[dialect][language]).join(language === 'zh' ? '、' : ', ');
  return `${name}${noteText(list, language)}`;
}

/** The command that mends a file by itself; undefined where a person has to. */
export function automaticText({ remedy }: Explanation): string | undefined {
  return remedy?.kind === 'text' || remedy?.kind === 'object' ? 'plimsoll check --fix' : undefined;
}

/** What is to be written where a person answers. */
export function answerLines({ id, language }: Explanation): string[] {
  return [
    'answers:',
    `  - control: ${id}`,
    '    holds: true',
    `    note: ${language === 'zh' ? '如何做到，或为何不成立' : 'how it holds, or why not'}`,
    `    owner: ${language === 'zh' ? '回答人' : 'who says so'}`,
    '    date: 2026-07-01',
  ];
}

/** Frameworks and their numbers, one line each; links are left to the caller. */
export function referenceLines(references: References, language: Language): [string, string][] {
  const { cisDocker = [], cisKubernetes = [], nist800190 = [], podSecurity, aliases = [] } = references;
  const rows: [string, readonly string[]][] = [
    ['CIS Docker Benchmark 1.6', cisDocker],
    ['CIS Kubernetes Benchmark 1.12', cisKubernetes],
    ['NIST SP 800-190', nist800190],
    ['Pod Security Standards', podSecurity === undefined ? [] : [podSecurity]],
    [language === 'zh' ? '别名' : 'Aliases', aliases],
  ];
  return rows.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(', ')]);
}

/** A default as it would be written in the configuration. */
export function valueText(value: JsonValue): string {
  return Array.isArray(value) ? `[${value.map((each) => jsonText(each)).join(', ')}]` : jsonText(value);
}

/** A remark behind what it remarks on. */
export function noteText(note: string | undefined, language: Language): string {
  if (note === undefined) return '';
  return language === 'zh' ? `（${note}）` : ` (${note})`;
}
