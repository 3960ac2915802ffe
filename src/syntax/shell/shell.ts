import {
  type Command,
  type CommandArgument,
  forEachChild,
  parse,
  type ParsedScript,
  type Pipeline,
  type Redirection,
  type Script,
  type Statement,
  type SyntaxNode,
} from 'unbash';
import type { ShellCommand, ShellError, ShellScript, ShellWord } from '../../model/shell.ts';
import { carriedBy, posixShells } from './carriers.ts';
import { composed, JoinedText, type OffsetMap, shifted, spanThrough } from './offset-map.ts';
import { shellRedirect } from './redirects.ts';
import { addAligned, argumentWord, decodedWord, shellAssignment, spanOf } from './words.ts';

/**
 * Reads a script of the POSIX family of shells as Bash does. `base` says where it stands in the file: the offset of its
 * first character, or a map where it is not there in one piece. Every span counts in the file.
 */
export function parseShell(text: string, base: number | OffsetMap): ShellScript {
  const collector: Collector = { commands: [], errors: [], pipelines: 0 };
  readScript(text, typeof base === 'number' ? shifted(base) : base, collector, { depth: 0, via: [] });
  return {
    commands: onceEach(collector.commands).toSorted((left, right) => left.span.start - right.span.start),
    errors: collector.errors,
  };
}

/** A substitution in `sh -c "$(x)"` is found in the word and in the script that the word is: the outer shell runs it. */
function onceEach(commands: readonly ShellCommand[]): ShellCommand[] {
  const byPlace = new Map<string, ShellCommand>();
  for (const command of commands) {
    const key = `${command.span.start}-${command.span.end}`;
    const known = byPlace.get(key);
    if (!known || command.via.length < known.via.length) byPlace.set(key, command);
  }
  return [...byPlace.values()];
}

/** An argument in JSON form: its text, and its characters' places in the file, without the quotes. */
export interface ProgramArgument {
  readonly text: string;
  readonly map: OffsetMap;
}

/** Reads a program with its arguments, where no shell takes a line apart: one command, and what it hands on. */
export function parseArguments(argumentList: readonly ProgramArgument[]): ShellScript {
  const collector: Collector = { commands: [], errors: [], pipelines: 0 };
  const words = argumentList.map(({ text, map }) => {
    return { text, source: text, literal: true, quoted: true, span: spanThrough(map, 0, text.length) };
  });
  const reader = new ScriptReader('', shifted(0), collector, []);
  reader.argumentList(
    words,
    argumentList.map(
      ({ text, map }) =>
        () =>
          placed(text, map),
    ),
  );
  return { commands: collector.commands, errors: collector.errors };
}

function placed(text: string, map: OffsetMap): JoinedText {
  const joined = new JoinedText();
  for (let index = 0; index < text.length; index += 1) joined.add(text[index] ?? '', map.at(index));
  return joined;
}

/** A word without its quotes, in the coordinates of the script that it stands in. */
type Decode = () => JoinedText;

interface Collector {
  readonly commands: ShellCommand[];
  readonly errors: ShellError[];
  pipelines: number;
}

interface Surroundings {
  readonly depth: number;
  readonly via: readonly string[];
}

/** Scripts in strings in scripts: deeper than this nobody writes. */
const deepest = 50;

function readScript(text: string, map: OffsetMap, collector: Collector, surroundings: Surroundings): void {
  if (surroundings.depth > deepest) return;
  new ScriptReader(text, map, collector, surroundings.via).script(parse(text), surroundings.depth);
}

/** How a command is joined to its neighbours. */
interface Place {
  readonly depth: number;
  readonly joined?: ShellCommand['joined'];
  readonly pipeline?: { readonly number: number; readonly place: number; readonly length: number };
}

const nesting: ReadonlySet<SyntaxNode['type']> = new Set<SyntaxNode['type']>([
  'If',
  'For',
  'ArithmeticFor',
  'Select',
  'While',
  'Subshell',
  'Case',
  'Function',
  'Coproc',
  'CommandExpansion',
  'ProcessSubstitution',
]);

/** Walks one parsed text; what its offsets count in stays the same all along. */
class ScriptReader {
  readonly #text: string;
  readonly #map: OffsetMap;
  readonly #collector: Collector;
  readonly #via: readonly string[];

  constructor(text: string, map: OffsetMap, collector: Collector, via: readonly string[]) {
    this.#text = text;
    this.#map = map;
    this.#collector = collector;
    this.#via = via;
  }

  script({ commands, errors }: ParsedScript, depth: number): void {
    for (const { message, pos } of errors ?? []) {
      const start = Math.min(pos, this.#text.length);
      this.#collector.errors.push({
        message,
        span: spanThrough(this.#map, start, Math.min(start + 1, this.#text.length)),
      });
    }
    this.#list(commands, depth);
  }

  #list(statements: readonly Statement[], depth: number): void {
    let joined: ShellCommand['joined'];
    for (const { command, background } of statements) {
      this.#node(command, { depth, ...(joined ? { joined } : {}) });
      joined = background ? '&' : ';';
    }
  }

  #node(node: SyntaxNode, place: Place): void {
    switch (node.type) {
      case 'Command':
        return this.#command(node, place);
      case 'Pipeline':
        return this.#pipeline(node, place);
      case 'AndOr':
        return node.commands.forEach((each, index) => {
          const joined = index === 0 ? place.joined : node.operators[index - 1];
          this.#node(each, { depth: place.depth, ...(joined ? { joined } : {}) });
        });
      case 'CompoundList':
      case 'CaseItem':
      case 'Script':
        return this.#children(node, place.depth);
      default:
        return this.#children(node, place.depth + (nesting.has(node.type) ? 1 : 0));
    }
  }

  #children(node: SyntaxNode, depth: number): void {
    if (node.type === 'CompoundList') return this.#list(node.commands, depth);
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') {
      if (node.script) this.#substitution(node.script, node.pos, node.text, depth);
      return;
    }
    forEachChild(node, (child) => this.#node(child, { depth }));
  }

  /** Behind escaped backticks stands a text of its own. */
  #substitution(script: Script & ParsedScript, start: number, written: string, depth: number): void {
    if (script.source === undefined) return this.script(script, depth);
    const unescaped = new JoinedText();
    addAligned(unescaped, script.source, written.slice(1), start + 1);
    new ScriptReader(script.source, composed(unescaped, this.#map), this.#collector, this.#via).script(script, depth);
  }

  #pipeline({ commands }: Pipeline, { depth, joined }: Place): void {
    this.#collector.pipelines += 1;
    const number = this.#collector.pipelines;
    commands.forEach((each, place) => {
      const pipeline = { number, place, length: commands.length };
      this.#node(each, { depth, pipeline, ...(joined && place === 0 ? { joined } : {}) });
    });
  }

  #command(command: Command, { depth, joined, pipeline }: Place): void {
    if (!pipeline) this.#collector.pipelines += 1;
    const { number, place, length } = pipeline ?? { number: this.#collector.pipelines, place: 0, length: 1 };
    const names = command.name ? [command.name] : [];
    const parts = [...names, ...command.args];
    const words = parts.map((each) => argumentWord(each, this.#text, this.#map));
    const assigned = command.prefix.filter((each) => each.type === 'Assignment');
    const outer: ShellCommand = {
      program: programOf(words[0]),
      words,
      assignments: assigned.map((each) => shellAssignment(each, this.#text, this.#map)),
      redirects: command.redirects.map((each) => shellRedirect(each, this.#text, this.#map)),
      via: this.#via,
      pipeline: number,
      place,
      pipelineLength: length,
      ...(joined ? { joined } : {}),
      depth,
      span: spanOf(command, this.#text, this.#map),
    };
    this.#collector.commands.push(outer);
    const decoders = parts.map((part) => () => this.#decoded(part));
    this.#carried(outer, decoders, depth);
    this.#scriptOnInput(outer, command.redirects, depth);
    for (const each of [...command.prefix, ...command.suffix]) this.#node(each, { depth });
    if (command.name) this.#node(command.name, { depth });
  }

  argumentList(words: readonly ShellWord[], decoders: readonly Decode[]): void {
    const [first] = words;
    if (!first) return;
    this.#collector.pipelines += 1;
    const command: ShellCommand = {
      program: programOf(first),
      words,
      assignments: [],
      redirects: [],
      via: [],
      pipeline: this.#collector.pipelines,
      place: 0,
      pipelineLength: 1,
      depth: 0,
      span: { start: first.span.start, end: Math.max(first.span.end, words.at(-1)?.span.end ?? 0) },
    };
    this.#collector.commands.push(command);
    this.#carried(command, decoders, 0);
  }

  #decoded(part: CommandArgument): JoinedText {
    if (part.type === 'Word') return decodedWord(part, this.#text);
    const text = new JoinedText();
    text.add(this.#text.slice(part.pos, part.end), part.pos);
    return text;
  }

  /** The commands that this one hands on, and those that they hand on. */
  #carried(outer: ShellCommand, decoders: readonly Decode[], depth: number): void {
    const carried = carriedBy(outer.program, outer.words);
    if (!carried) return;
    const via = [...outer.via, outer.program];
    if (carried.kind === 'script') {
      const text = joinedWith(decoders.slice(carried.from, carried.to).map((decode) => decode()));
      if (text.length > 0) readScript(text.text, composed(text, this.#map), this.#collector, { depth: depth + 1, via });
      return;
    }
    const words = outer.words.slice(carried.from, carried.to);
    const [first] = words;
    const last = words.at(-1);
    if (!first || !last) return;
    const inner: ShellCommand = {
      ...outer,
      program: programOf(first),
      words,
      assignments: [],
      redirects: [],
      via,
      span: { start: first.span.start, end: Math.max(last.span.end, first.span.start) },
    };
    this.#collector.commands.push(inner);
    this.#carried(inner, decoders.slice(carried.from, carried.to), depth);
  }

  /** `bash <<EOF`: the here-document is the script. */
  #scriptOnInput({ program, words, via }: ShellCommand, redirects: readonly Redirection[], depth: number): void {
    const document = redirects.findLast((each) => each.type === 'HereDoc');
    if (!document || !posixShells.has(program)) return;
    const operands = words.slice(1).filter(({ text }) => !/^[-+]|^pipefail$|^errexit$/.test(text));
    const readsScript = operands.length === 0 || words.some(({ text }) => text === '-s');
    if (!readsScript || words.some(({ text }) => /^-[a-z]*c$/.test(text))) return;
    const { pos, end } = document.body;
    const map = composed(shifted(pos), this.#map);
    readScript(this.#text.slice(pos, end), map, this.#collector, { depth: depth + 1, via: [...via, program] });
  }
}

/** Words with blanks between them: what eval makes a script of. */
function joinedWith(words: readonly JoinedText[]): JoinedText {
  const joined = new JoinedText();
  for (const word of words) {
    if (joined.length > 0) joined.add(' ', Math.max(0, word.at(0) - 1));
    for (const { start, there, length } of word.stretches()) joined.add(word.text.slice(start, start + length), there);
  }
  return joined;
}

/** The program without its folders; empty where only running the script would tell. */
function programOf(word: ShellWord | undefined): string {
  if (!word || !word.literal) return '';
  return word.text.slice(word.text.lastIndexOf('/') + 1);
}
