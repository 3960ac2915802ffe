import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { foreignOptions, isBuiltIn, isCount, isSize, missingOptions } from './log-options.ts';
import { objectOf } from './setting-value.ts';

/** What is wrong with `log-opts` as written for a driver, one phrase each. */
export function problemsOf(driver: string, written: JsonValue | undefined, localSyslog: boolean): Text[] {
  if (driver === 'none' || !isBuiltIn(driver)) return [];
  const options = objectOf(written);
  const problems = [...refusals(driver, options), ...openEnds(driver, options)];
  if (driver === 'syslog' && !localSyslog && !isRemote(textOf(options, 'syslog-address'))) {
    problems.push({
      en: 'syslog-address names no other machine, so that messages stay with the syslog daemon of this host',
      zh: 'syslog-address 未指向其他机器，日志只会留在本机的 syslog 服务中',
    });
  }
  return problems;
}

/** What keeps dockerd, or every container, from starting. */
function refusals(driver: string, options: JsonObject): Text[] {
  const names = Object.keys(options);
  const problems: Text[] = [];
  const notText = names.filter((name) => typeof options[name] !== 'string').join(', ');
  if (notText !== '') {
    problems.push({
      en: `${notText} must be written as a string, or dockerd does not start`,
      zh: `${notText} 必须写成字符串，否则 dockerd 无法启动`,
    });
  }
  const foreign = foreignOptions(driver, names).join(', ');
  if (foreign !== '') {
    problems.push({
      en: `${foreign} is no option of ${driver}, and dockerd does not start with it`,
      zh: `${foreign} 不是 ${driver} 的选项，dockerd 会因此无法启动`,
    });
  }
  const missing = missingOptions(driver, names).join(', ');
  if (missing !== '') {
    problems.push({
      en: `${missing} is missing, and no container starts without it`,
      zh: `缺少 ${missing}，容器将无法启动`,
    });
  }
  return problems;
}

/** What lets the files on this host grow. `local` bounds them by itself, so that it may be silent, but not wrong. */
function openEnds(driver: string, options: JsonObject): Text[] {
  if (driver !== 'json-file' && driver !== 'local') return [];
  const isAsked = (name: string) => driver === 'json-file' || Object.hasOwn(options, name);
  const problems: Text[] = [];
  if (isAsked('max-size') && !isSize(textOf(options, 'max-size'))) {
    problems.push({
      en: 'max-size is not set to a size, so that nothing bounds a log',
      zh: 'max-size 未设为有效大小，日志没有上限',
    });
  }
  if (isAsked('max-file') && !isCount(textOf(options, 'max-file'))) {
    problems.push({
      en: 'max-file is not set to a number, so that a full log is thrown away as a whole',
      zh: 'max-file 未设为有效数目，日志写满后会整个丢弃',
    });
  }
  return problems;
}

/** The options as they should be; `undefined` where only a person knows, or where they hold secrets. */
export function mendedOptions(
  driver: string,
  written: JsonValue | undefined,
  { maxSize, maxFile }: { maxSize: string; maxFile: string },
): JsonObject | undefined {
  if (!['json-file', 'local', 'journald', 'syslog'].includes(driver)) return undefined;
  const kept = Object.entries(objectOf(written)).filter(([name]) => foreignOptions(driver, [name]).length === 0);
  const texts = kept.map(([name, value]) => [name, typeof value === 'object' ? '' : String(value)] as const);
  const options: Record<string, string> = Object.fromEntries(texts);
  if (driver === 'json-file' || driver === 'local') {
    if (!isSize(options['max-size'])) options['max-size'] = maxSize;
    if (!isCount(options['max-file'])) options['max-file'] = maxFile;
  }
  return options;
}

/** A local socket is no other machine, and neither is this one by its own address. */
function isRemote(address: string | undefined): boolean {
  const [, host = ''] = /^(?:udp|tcp|tcp\+tls):\/\/(\[[^\]]*\]|[^:/]*)/i.exec(address ?? '') ?? [];
  return host !== '' && !/^(localhost|127\..*|\[::1\]|0\.0\.0\.0|\[::\])$/i.test(host);
}

const readable = new Set(['max-size', 'max-file', 'compress', 'mode', 'syslog-address', 'syslog-format', 'tag']);

/** Names, and the values that are no secrets: options of other drivers hold tokens and passwords. */
export function withoutSecrets(written: JsonValue | undefined): JsonValue {
  if (written === undefined || written === null) return null;
  const entries = Object.entries(objectOf(written));
  return Object.fromEntries(entries.map(([name, value]) => [name, readable.has(name) ? value : '…']));
}

function textOf(options: JsonObject, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
