/** A variable, a substitution or the tag of a template: what is in it belongs together. */
const openPart = /\$\{(?:[^{}]|\{[^{}]*\})*\}|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|\{\{[^{}]*\}\}/g;

/** The parts of a text between separators, of which those inside of `${NAME:-default}` and `$(command)` are none. */
export function splitAround(text: string, separator: string): string[] {
  const parts: string[] = [];
  let begin = 0;
  const openParts = [...text.matchAll(openPart)].map(({ index, 0: whole }) => ({
    start: index,
    end: index + whole.length,
  }));
  let next = 0;
  for (let index = text.indexOf(separator); index >= 0; index = text.indexOf(separator, index + 1)) {
    while ((openParts[next]?.end ?? Infinity) <= index) next += 1;
    if ((openParts[next]?.start ?? Infinity) < index) continue;
    parts.push(text.slice(begin, index));
    begin = index + separator.length;
  }
  return [...parts, text.slice(begin)];
}

/** The fields of a line of CSV, as the values of `--mount` and `--gpus` are read. */
export function commaFields(text: string): string[] {
  if (!text.includes('"')) return splitAround(text, ',');
  const fields: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
  }
  return fields;
}

/** `name=value` in two; without an equals sign there is no value. */
export function nameAndValue(text: string, separator = '='): readonly [string, string | undefined] {
  const [name = '', ...rest] = splitAround(text, separator);
  return [name, rest.length === 0 ? undefined : rest.join(separator)];
}

/** Whether it says something only later: a variable, a substitution, a template's tag, a gap to fill in. */
export function isOpen(text: string): boolean {
  return /[$`]|\{\{|<[A-Za-z%]/.test(text);
}
