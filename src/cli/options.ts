import { existsSync, readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { Configuration } from '../configuration/configuration.ts';
import { nearest } from '../judge/nearest.ts';
import { PlimsollError } from '../model/error.ts';
import { type Severity, severities } from '../model/severity.ts';
import { type Language, languages, type Text } from '../model/text.ts';

/** Options that mean the same to every verb. */
export interface SharedOptions {
  readonly output?: string;
  readonly lang?: Language;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** Options of every verb that judges. */
export interface PolicyOptions {
  readonly baseline?: string;
  readonly control?: readonly string[];
  readonly skip?: readonly string[];
  readonly severity?: Severity;
  readonly failOn?: Severity;
  readonly strict?: boolean;
  readonly config?: string;
}

const texts = {
  host: {
    en: 'the engine to ask: unix:///path or tcp://host:port',
    zh: '要查询的引擎：unix:///path 或 tcp://host:port',
  },
  context: { en: 'the Docker context to ask', zh: '要查询的 Docker 上下文' },
  tls: { en: 'use TLS without verifying the engine', zh: '使用 TLS 但不校验引擎' },
  tlsverify: { en: 'use TLS and verify the engine', zh: '使用 TLS 并校验引擎' },
  tlscacert: { en: 'trust certificates signed by this one', zh: '信任的 CA 证书' },
  tlscert: { en: 'client certificate', zh: '客户端证书' },
  tlskey: { en: 'key of the client certificate', zh: '客户端证书的密钥' },
  timeout: {
    en: 'seconds that one answer of the engine may take (default: 10)',
    zh: '引擎单次应答的时限，秒（默认 10）',
  },
  output: { en: 'write the report to a file instead of standard output', zh: '将报告写入文件而非标准输出' },
  lang: { en: 'language: en or zh (default: from the locale)', zh: '语言：en 或 zh（默认取自区域设置）' },
  quiet: { en: 'no progress on standard error', zh: '不在标准错误上显示进度' },
  noColor: { en: 'no colour', zh: '不使用颜色' },
  baseline: {
    en: 'judge by this baseline: default, strict, cis-docker, pss-baseline or pss-restricted',
    zh: '使用的基线：default、strict、cis-docker、pss-baseline 或 pss-restricted',
  },
  control: {
    en: 'only these controls: ids, globs or aliases such as 5.4, separated by commas; may be repeated',
    zh: '仅判断这些检查项：id、通配符或别名（如 5.4），以逗号分隔，可重复',
  },
  skip: { en: 'leave these controls out; written like --control', zh: '跳过这些检查项，写法同 --control' },
  severity: { en: 'only findings at least this severe', zh: '仅显示不低于该严重程度的结果' },
  failOn: {
    en: 'exit with 1 when something at least this severe failed',
    zh: '存在不低于该严重程度的未通过项时以 1 退出',
  },
  strict: { en: 'exit with 3 when something could not be read', zh: '有内容无法读取时以 3 退出' },
  config: {
    en: 'read this file (default: plimsoll.yaml, if it is here)',
    zh: '读取该配置文件（默认：当前目录的 plimsoll.yaml）',
  },
  vex: {
    en: 'heed what this document (OpenVEX, CycloneDX or CSAF) says of vulnerabilities; may be repeated',
    zh: '采纳该文档（OpenVEX、CycloneDX 或 CSAF）对漏洞的声明，可重复',
  },
} satisfies Record<string, Text>;

export function addLanguageOption(command: Command, language: Language): Command {
  return command.option('--lang <language>', texts.lang[language], oneOf(languages));
}

export function addSharedOptions(command: Command, language: Language): Command {
  return addLanguageOption(command, language)
    .option('-o, --output <file>', texts.output[language])
    .option('-q, --quiet', texts.quiet[language])
    .option('--no-color', texts.noColor[language]);
}

/** Options of every verb that asks an engine. */
export function addEngineOptions(command: Command, language: Language): Command {
  return command
    .option('-H, --host <address>', texts.host[language])
    .option('-c, --context <name>', texts.context[language])
    .option('--tls', texts.tls[language])
    .option('--tlsverify', texts.tlsverify[language])
    .option('--tlscacert <file>', texts.tlscacert[language])
    .option('--tlscert <file>', texts.tlscert[language])
    .option('--tlskey <file>', texts.tlskey[language])
    .option('--timeout <seconds>', texts.timeout[language], positiveSeconds);
}

/** The file with waivers and all else that a run is judged by. */
export function addConfigurationOption(command: Command, language: Language): Command {
  return command.option('--config <file>', texts.config[language]);
}

/** What others say of vulnerabilities. */
export function addVexOption(command: Command, language: Language): Command {
  return command.option('--vex <file>', texts.vex[language], collect);
}

export function addPolicyOptions(command: Command, language: Language): Command {
  const chosen = command
    .option('--baseline <name>', texts.baseline[language])
    .option('--control <selectors>', texts.control[language], collect)
    .option('--skip <selectors>', texts.skip[language], collect)
    .option('--severity <severity>', texts.severity[language], oneOf(severities))
    .option('--fail-on <severity>', texts.failOn[language], oneOf(severities))
    .option('--strict', texts.strict[language]);
  return addConfigurationOption(chosen, language);
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  ];
}

/** A parser that accepts only these words, and names the nearest one to any other. */
export function oneOf<T extends string>(choices: readonly T[]): (value: string) => T {
  return (value) => {
    const match = choices.find((choice) => choice === value);
    if (match) return match;
    const suggestion = nearest(value, choices);
    throw new InvalidArgumentError(choices.join(' | ') + (suggestion ? ` (Did you mean ${suggestion}?)` : ''));
  };
}

const usualConfiguration = 'plimsoll.yaml';

/** Whether an option or a file may name controls of any kind. */
export function namesControls({ control, skip, config }: PolicyOptions): boolean {
  return control !== undefined || skip !== undefined || config !== undefined || existsSync(usualConfiguration);
}

/** Reads `plimsoll.yaml`: the one named, else the one in the working directory, else nothing. */
export async function readConfiguration(named: string | undefined): Promise<Configuration> {
  const file = named ?? usualConfiguration;
  if (named === undefined && !existsSync(file)) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `${file} cannot be read: ${code}`, zh: `${file} 无法读取：${code}` },
      { en: 'Name a readable file with --config.', zh: '请用 --config 指定可读的文件。' },
    );
  }
  // Most runs have no such file: they need not pay for the YAML parser.
  const { parseConfiguration } = await import('../configuration/parse.ts');
  return parseConfiguration(file, text);
}

/** Colour only on a terminal, and never against the user's wish (see no-color.org). */
export function colorWanted({ color = true, output }: SharedOptions): boolean {
  return color && output === undefined && process.stdout.isTTY && !process.env.NO_COLOR;
}

/** Columns of the terminal, within what is good to read. */
export function terminalWidth(): number {
  // A terminal that has not been told its size says 0.
  return Math.max(60, Math.min(process.stdout.columns || 100, 120));
}

function positiveSeconds(value: string): number {
  const seconds = Number(value);
  if (!(seconds > 0) || seconds > 3600) throw new InvalidArgumentError('0 < seconds <= 3600');
  return seconds;
}
