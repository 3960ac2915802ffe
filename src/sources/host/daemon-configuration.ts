import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { DaemonConfiguration, DaemonProcess, EngineFacts } from '../../model/engine.ts';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import { flagsFor } from '../../model/daemon-setting.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { fileFailure, readIfPossible } from './file.ts';

const usualFile = '/etc/docker/daemon.json';

/**
 * The configuration file that this very daemon reads; `null` when there is none. Podman has no such file, and that of a
 * Docker beside it is not its own.
 */
export function readDaemonConfiguration(
  daemon: Fact<DaemonProcess>,
  kind: EngineFacts['kind'],
): Fact<DaemonConfiguration | null> {
  const program = daemon.known ? basename(daemon.value.arguments[0] ?? '') : '';
  if (kind === 'podman' || program === 'podman') return known(null, 'file', 'daemon.json');
  return readConfigurationFile(configurationFile(daemon));
}

/** A file in the form of `daemon.json`; `null` when it is not there. */
export function readConfigurationFile(file: string): Fact<DaemonConfiguration | null> {
  let text: string;
  let modified: number;
  try {
    text = readFileSync(file, 'utf8');
    modified = statSync(file).mtimeMs;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? known(null, 'file', file) : fileFailure(file, error);
  }
  return parseDaemonConfiguration(file, text, modified);
}

function configurationFile(daemon: Fact<DaemonProcess>): string {
  if (!daemon.known) return usualFile;
  const named = flagsFor(daemon.value.arguments, 'config-file').at(-1)?.value;
  if (typeof named === 'string') return named;
  if (daemon.value.uid === 0) return usualFile;
  const environment = (readIfPossible(`/proc/${daemon.value.pid}/environ`) ?? '').split('\0');
  const variable = (name: string) => environment.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  return join(variable('XDG_CONFIG_HOME') ?? join(variable('HOME') ?? '/', '.config'), 'docker', 'daemon.json');
}

/**
 * Reads `daemon.json` as strictly as dockerd does, keeping where each key stands. Like dockerd it takes an empty file
 * for no settings, and passes over a byte order mark.
 */
export function parseDaemonConfiguration(file: string, bytes: string, modified: number): Fact<DaemonConfiguration> {
  const text = bytes.replace(/^\uFEFF/, '');
  if (text.trim() === '') return known({ file, modified, values: {}, positions: {} }, 'file', file);
  const errors: ParseError[] = [];
  const tree = parseStrictly(text, errors);
  if (tree === 'too deep') return malformed(file, text, 0, { en: 'expected fewer levels', zh: '应为更少的嵌套层级' });
  const first = errors[0];
  if (first) return malformed(file, text, first.offset, expectation(printParseErrorCode(first.error)));
  if (tree?.type !== 'object')
    return malformed(file, text, tree?.offset ?? 0, { en: 'expected an object', zh: '应为对象' });
  const keys = (tree.children ?? []).flatMap((property): [string, { line: number; column: number }][] => {
    const key: Node | undefined = property.children?.[0];
    return key ? [[String(key.value), positionAt(text, key.offset)]] : [];
  });
  return known(
    { file, modified, values: getNodeValue(tree) as JsonObject, positions: Object.fromEntries(keys) },
    'file',
    file,
  );
}

/** The parser descends by calling itself. */
function parseStrictly(text: string, errors: ParseError[]): Node | undefined | 'too deep' {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
}

function malformed(file: string, text: string, offset: number, expected: Text): UnreadableFact {
  const { line, column } = positionAt(text, offset);
  return unreadable(
    'file',
    file,
    { en: `${file}:${line}:${column}: ${expected.en}`, zh: `${file}:${line}:${column}：${expected.zh}` },
    {
      en: `mend ${file}: dockerd will not start again with it`,
      zh: `修复 ${file}：dockerd 无法以该文件再次启动`,
    },
  );
}

const expectations: Readonly<Record<string, Text>> = {
  InvalidSymbol: { en: 'expected a JSON value, found a bare word', zh: '应为 JSON 值，却是裸词' },
  InvalidNumberFormat: { en: 'expected a number', zh: '应为数字' },
  PropertyNameExpected: { en: 'expected a key in double quotes', zh: '应为双引号括起的键' },
  ValueExpected: { en: 'expected a value', zh: '应为值' },
  ColonExpected: { en: 'expected a colon', zh: '应为冒号' },
  CommaExpected: { en: 'expected a comma', zh: '应为逗号' },
  CloseBraceExpected: { en: 'expected a closing brace', zh: '应为右花括号' },
  CloseBracketExpected: { en: 'expected a closing bracket', zh: '应为右方括号' },
  EndOfFileExpected: { en: 'expected the end of the file', zh: '应为文件结尾' },
  InvalidCommentToken: { en: 'expected JSON: comments are not allowed', zh: '应为 JSON：不允许注释' },
  UnexpectedEndOfString: { en: 'expected a closing quote', zh: '应为右引号' },
  InvalidCharacter: { en: 'expected printable characters', zh: '应为可打印字符' },
};

function expectation(error: string): Text {
  return expectations[error] ?? { en: `not valid JSON (${error})`, zh: `不是有效的 JSON（${error}）` };
}

/** Lines and columns from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
