import type { Flag, Instruction, RunInstruction, Word } from '../../../model/dockerfile.ts';
import { skipBlanks, skipWord } from '../../../syntax/dockerfile/blank.ts';
import { complaints } from '../../../syntax/dockerfile/complaints.ts';
import { announcedBy } from '../../../syntax/dockerfile/heredoc.ts';
import {
  isKeyword,
  type Keyword,
  knownFlags,
  nearestKeyword,
  repeatedFlags,
  switchFlags,
} from '../../../syntax/dockerfile/keywords.ts';
import type { LogicalLine } from '../../../syntax/dockerfile/lines.ts';
import { blankSeparated } from '../../../syntax/dockerfile/pieces.ts';
import { startedBy } from './commands.ts';
import { InstructionLine, type Reader } from './line-reader.ts';
import { mountOptions } from './mount-options.ts';
import { readPairs } from './pairs.ts';

interface Position {
  readonly stage: number;
  readonly onbuild: boolean;
  /** Where it begins in its line. */
  readonly start?: number;
}

/** Reads one instruction in the scope in force. */
export function readInstruction(logical: LogicalLine, reader: Reader, position: Position): Instruction {
  const line = new InstructionLine(logical, reader, position.start);
  const keyword = line.name.toLowerCase();
  if (!isKeyword(keyword)) {
    const near = nearestKeyword(keyword);
    line.problem(complaints.unknownInstruction(line.name, near?.toUpperCase()));
    return { ...baseOf(line, position, []), keyword: 'unknown', name: line.name };
  }
  const flags = line.flags();
  checkFlags(line, keyword, flags);
  const base = baseOf(line, position, flags);
  return read(keyword, line, base, reader, logical);
}

type Base = Pick<Instruction, 'stage' | 'span' | 'keywordSpan' | 'flags' | 'heredocs' | 'onbuild'>;

function baseOf(line: InstructionLine, { stage, onbuild }: Position, flags: readonly Flag[]): Base {
  const { span, keywordSpan } = line;
  return { stage, span, keywordSpan, flags, heredocs: line.heredocs(), onbuild };
}

function checkFlags(line: InstructionLine, keyword: Keyword, flags: readonly Flag[]): void {
  const known: readonly string[] | undefined = knownFlags[keyword];
  const seen = new Set<string>();
  line.flagPieces.forEach(({ name, value }, index) => {
    const span = flags[index]?.span;
    if (known && !known.includes(name)) line.problem(complaints.unknownFlag(keyword.toUpperCase(), name), span);
    else if (known && value === undefined && !switchFlags.has(name))
      line.problem(complaints.flagWithoutValue(name), span);
    else if (seen.has(name) && !repeatedFlags.has(name)) line.problem(complaints.flagTwice(name), span);
    seen.add(name);
  });
}

function read(keyword: Keyword, line: InstructionLine, base: Base, reader: Reader, logical: LogicalLine): Instruction {
  const { rest } = line;
  const needsArguments = keyword !== 'cmd' && keyword !== 'entrypoint' && keyword !== 'run';
  if (needsArguments && line.isEmpty) line.problem(complaints.noArguments(keyword.toUpperCase()));
  switch (keyword) {
    case 'from':
      return readFrom(line, base);
    case 'run':
      return readRun(line, base, reader);
    case 'cmd':
    case 'entrypoint': {
      const { shell } = reader.scope;
      return { ...base, keyword, shell, ...startedBy(line, reader.text, shell) };
    }
    case 'healthcheck':
      return readHealthcheck(line, base, reader);
    case 'add':
    case 'copy':
      return readCopy(keyword, line, base);
    case 'env':
    case 'label':
    case 'arg': {
      const onPair = keyword === 'arg' && !base.onbuild ? reader.onArgument : undefined;
      return { ...base, keyword, pairs: readPairs(line, keyword, reader.escape, onPair) };
    }
    case 'onbuild':
      return readOnbuild(line, base, reader, logical);
    case 'expose':
      return { ...base, keyword, words: readPorts(line) };
    case 'volume':
      return { ...base, keyword, words: readVolumes(line) };
    case 'shell':
      return { ...base, keyword, words: readShell(line) };
    case 'maintainer':
      return { ...base, keyword, words: line.isEmpty ? [] : [line.plain(rest)] };
    default:
      return { ...base, keyword, words: line.isEmpty ? [] : [line.expanded(rest)] };
  }
}

function readPorts(line: InstructionLine): Word[] {
  const words = blankSeparated(line.line, line.rest.start).map((each) => line.expanded(each));
  for (const { value = '', span } of words) {
    const wrong = value.split(/\s+/).find((port) => port !== '' && !portForm.test(port));
    if (wrong !== undefined) line.problem(complaints.port(wrong), span);
  }
  return words;
}

/** An address and a port of the host may stand before it; they mean nothing. */
const portForm = /^(?:[^/]*:)?\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?$/i;

function readVolumes(line: InstructionLine): Word[] {
  const words = listOf(line);
  if (words.length === 0 && !line.isEmpty) line.problem(complaints.noArguments('VOLUME'));
  for (const { value, span } of words) if (value?.trim() === '') line.problem(complaints.emptyVolume(), span);
  return words;
}

function readShell(line: InstructionLine): Word[] {
  const json = line.json();
  if (json.kind === 'none' && !line.isEmpty) line.problem(complaints.shellNotJson(), line.spanOf(line.rest));
  const words = json.kind === 'strings' ? json.strings.map((each) => line.plain(each, each.value)) : [];
  if (json.kind === 'strings' && words.length === 0) line.problem(complaints.noArguments('SHELL'));
  return words;
}

function readFrom(line: InstructionLine, base: Base): Instruction {
  const [image, as, name, ...more] = blankSeparated(line.line, line.rest.start);
  if (!image) return { ...base, keyword: 'unknown', name: line.name };
  const whole = line.spanOf(line.rest);
  if (as && line.textOf(as).toLowerCase() !== 'as') line.problem(complaints.fromArguments(), whole);
  else if (as && !name) line.problem(complaints.aliasMissing(), line.spanOf(as));
  else if (more.length > 0) line.problem(complaints.fromArguments(), whole);
  const isAlias = as && name && line.textOf(as).toLowerCase() === 'as';
  const alias = isAlias ? line.plain(name) : undefined;
  if (alias && !/^[a-z][a-z0-9_.-]*$/i.test(alias.text)) {
    line.problem(complaints.aliasName(alias.text), alias.span);
  }
  const platform = base.flags.find((flag) => flag.name === 'platform')?.value;
  return {
    ...base,
    keyword: 'from',
    image: line.expanded(image),
    ...(alias ? { alias } : {}),
    ...(platform ? { platform } : {}),
  };
}

function readRun(line: InstructionLine, base: Base, { text, scope }: Reader): RunInstruction {
  const environment = scope.environmentHere();
  return {
    ...base,
    keyword: 'run',
    shell: scope.shell,
    ...startedBy(line, text, scope.shell),
    mounts: base.flags.filter(({ name }) => name === 'mount').map(({ value }) => mountOptions(value)),
    // Few ask for it, and with many ENV it is long.
    get environment() {
      return environment();
    },
  };
}

function readCopy(keyword: 'add' | 'copy', line: InstructionLine, base: Base): Instruction {
  const words = listOf(line);
  const destination = words.length > 1 ? words.at(-1) : undefined;
  if (!destination && !line.isEmpty) {
    line.problem(complaints.noDestination(keyword.toUpperCase()), line.spanOf(line.rest));
  }
  const isHeredoc = (word: Word) => base.heredocs.length > 0 && announcedBy(word.text) !== undefined;
  if (destination && isHeredoc(destination)) {
    line.problem(complaints.heredocDestination(keyword.toUpperCase()), destination.span);
  }
  const from = base.flags.find(({ name }) => name === 'from')?.value;
  return {
    ...base,
    keyword,
    sources: (destination ? words.slice(0, -1) : words).filter((word) => !isHeredoc(word)),
    ...(destination ? { destination } : {}),
    ...(from && keyword === 'copy' ? { from } : {}),
  };
}

/** Words in JSON form or between blanks. */
function listOf(line: InstructionLine): Word[] {
  const json = line.json();
  if (json.kind === 'strings') return json.strings.map((each) => line.expandedJson(each));
  return blankSeparated(line.line, line.rest.start).map((each) => line.expanded(each));
}

function readHealthcheck(line: InstructionLine, base: Base, reader: Reader): Instruction {
  const type = { start: line.rest.start, end: skipWord(line.line, line.rest.start) };
  const name = line.textOf(type).toUpperCase();
  const start = skipBlanks(line.line, type.end);
  if (name === 'NONE') {
    if (start < line.rest.end) line.problem(complaints.noneWithArguments(), line.spanOf(line.rest));
    return { ...base, keyword: 'healthcheck', none: true, form: 'shell', words: [] };
  }
  if (name !== 'CMD') {
    if (name !== '') line.problem(complaints.healthcheckType(line.textOf(type)), line.spanOf(type));
    return { ...base, keyword: 'healthcheck', none: false, form: 'shell', words: [] };
  }
  if (start >= line.rest.end) line.problem(complaints.healthcheckEmpty(), line.spanOf(type));
  return { ...base, keyword: 'healthcheck', none: false, ...startedBy(line, reader.text, reader.scope.shell, start) };
}

function readOnbuild(line: InstructionLine, base: Base, reader: Reader, logical: LogicalLine): Instruction {
  if (line.isEmpty) return { ...base, keyword: 'onbuild' };
  const position = { stage: base.stage, onbuild: true, start: line.rest.start };
  const word = line.line.slice(line.rest.start, skipWord(line.line, line.rest.start)).toUpperCase();
  if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(word)) {
    line.problem(complaints.onbuildCannot(word), line.spanOf(line.rest));
    return { ...base, keyword: 'onbuild' };
  }
  return { ...base, keyword: 'onbuild', carried: readInstruction(logical, reader, position) };
}
