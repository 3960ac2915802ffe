import type { Variable } from '../../../model/container-spec.ts';
import { Secret } from '../../../model/secret.ts';
import type { GivenOption } from '../../../syntax/docker-run/arguments.ts';
import { locationAt, type WrittenFile } from '../written-file.ts';
import type { Given } from './given.ts';

/** Opens a file that is named in a command; undefined where it cannot be read. */
export type OpenFile = (path: string) => WrittenFile | undefined;

/**
 * Variables: those of files first, as the client orders them. A name alone takes the caller's value, which nobody
 * knows here: it is empty.
 */
export function environmentOf(given: Given, open: OpenFile | undefined): Variable[] {
  const variables: Variable[] = [];
  for (const option of given.all('env-file')) {
    for (const { name, value, file, offset } of linesOf(given, option, open)) {
      given.placeAt(`environment[${variables.length}]`, locationAt(file, offset, name));
      variables.push({ name, value: new Secret(value) });
    }
  }
  for (const option of given.all('env')) {
    const [name, value] = pair(option.value);
    if (name === '') continue;
    given.place(`environment[${variables.length}]`, option);
    variables.push({ name, value: new Secret(value) });
  }
  return variables;
}

export function labelsOf(given: Given, open: OpenFile | undefined): Record<string, string> {
  const labels: [string, string][] = [];
  for (const option of given.all('label-file')) {
    for (const { name, value, file, offset } of linesOf(given, option, open)) {
      given.placeAt(`labels["${name}"]`, locationAt(file, offset, name));
      labels.push([name, value]);
    }
  }
  return Object.fromEntries([...labels, ...pairsOf(given, 'label', 'labels')]);
}

/** The pairs of an option that takes `name=value`. */
export function pairsOf(
  given: Given,
  option: string,
  field: string,
  split?: (value: string) => readonly string[],
): [string, string][] {
  return given.all(option).flatMap((each) =>
    (split ? split(each.value) : [each.value]).flatMap((text): [string, string][] => {
      const [name, value] = pair(text);
      if (name === '') return [];
      given.place(`${field}["${name}"]`, each);
      return [[name, value]];
    }),
  );
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly file: WrittenFile;
  readonly offset: number;
}

/** The lines of a file of variables. Quotes are part of a value, and a line that begins with `#` is a comment. */
function linesOf(given: Given, option: GivenOption, open: OpenFile | undefined): Line[] {
  const file = option.open ? undefined : open?.(option.value);
  if (!file) {
    given.notice(
      option.span,
      { en: `the file of ${option.written} cannot be read here`, zh: `此处无法读取 ${option.written} 指定的文件` },
      {
        en: 'what it sets is not judged: check it where the file is',
        zh: '其中设置的内容未经检查：请在该文件所在之处检查',
      },
    );
    return [];
  }
  return [...file.text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }): Line[] => {
    const text = line.trimStart();
    if (text === '' || text.startsWith('#')) return [];
    const [name, value] = pair(text);
    return name === '' ? [] : [{ name: name.trim(), value, file, offset: index + line.length - text.length }];
  });
}
