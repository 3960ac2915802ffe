import type {
  FromInstruction,
  Instruction,
  PairsInstruction,
  Stage,
  StageBase,
  Word,
} from '../../../model/dockerfile.ts';
import { type Complaint, complaints } from '../../../syntax/dockerfile/complaints.ts';
import { expandWord, type Lookup } from '../../../syntax/dockerfile/expand.ts';
import type { DockerfileLines } from '../../../syntax/dockerfile/lines.ts';
import { readInstruction } from './instruction.ts';
import type { Reader } from './line-reader.ts';
import { badReferences } from './stage-references.ts';
import { globalScope, isPlatformArgument, Scope } from './scope.ts';

export interface Stages {
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
}

interface OpenStage {
  readonly stage: Stage;
  readonly scope: Scope;
  readonly instructions: Instruction[];
}

const defaultShell = ['/bin/sh', '-c'];
const windowsShell = ['cmd', '/S', '/C'];

/** Reads the instructions in order and gives each the variables and the shell that hold where it stands. */
export function readStages(
  text: string,
  { lines, escape }: DockerfileLines,
  given: Readonly<Record<string, string>>,
  problems: Complaint[],
): Stages {
  const instructions: Instruction[] = [];
  const stages: OpenStage[] = [];
  const names = new Map<string, OpenStage>();
  const globals = globalScope();
  for (const line of lines) {
    const current = stages.at(-1);
    const keyword = /^\s*(\w+)/.exec(line.joined.text)?.[1]?.toLowerCase();
    const scope = current && keyword !== 'from' ? current.scope : globals;
    const onArgument: Reader['onArgument'] = (pair) => declare(pair, scope, current && globals, given);
    const reader: Reader = { text, escape, scope, problems, onArgument };
    const position = { stage: keyword === 'from' ? stages.length : stages.length - 1, onbuild: false };
    const instruction = readInstruction(line, reader, position);
    if (instruction.keyword === 'from') {
      if (makesNoImage(instruction, globals, escape)) {
        problems.push({ message: complaints.imageEmpty(instruction.image.text), span: instruction.image.span });
      }
      const opened = openStage(instruction, stages.length, names);
      stages.push(opened);
      if (opened.stage.name !== undefined) names.set(opened.stage.name, opened);
    } else if (current) {
      current.instructions.push(instruction);
      take(instruction, current.scope);
    } else if (instruction.keyword !== 'arg' && instruction.keyword !== 'unknown') {
      problems.push({
        message: complaints.beforeFrom(instruction.keyword.toUpperCase()),
        span: instruction.keywordSpan,
      });
    }
    instructions.push(instruction);
  }
  const all = stages.map(({ stage }) => stage);
  problems.push(...badReferences(all));
  return { instructions, stages: all };
}

/** Whether its image is nothing: a variable that no ARG declares stands for nothing, whatever the build is given. */
function makesNoImage({ image }: FromInstruction, globals: Scope, escape: string): boolean {
  const lookup: Lookup = (name) =>
    globals.lookup(name) ?? (isPlatformArgument(name) || globals.isDeclared(name) ? null : '');
  return expandWord(image.text, lookup, escape).value === '';
}

function openStage(from: FromInstruction, index: number, names: ReadonlyMap<string, OpenStage>): OpenStage {
  const reference = from.image.value;
  const parent = reference === undefined ? undefined : names.get(reference.toLowerCase());
  const instructions: Instruction[] = [];
  const name = from.alias?.text.toLowerCase();
  const stage: Stage = {
    index,
    ...(name === undefined ? {} : { name }),
    from,
    base: baseOf(reference, parent),
    instructions,
  };
  const shell = parent?.scope.shell ?? (isWindows(reference ?? from.image.text) ? windowsShell : defaultShell);
  return { stage, scope: new Scope(shell, parent?.scope), instructions };
}

function baseOf(reference: string | undefined, parent: OpenStage | undefined): StageBase {
  if (parent) return { kind: 'stage', stage: parent.stage };
  if (reference === 'scratch') return { kind: 'scratch' };
  return { kind: 'image', ...(reference === undefined ? {} : { reference }) };
}

/** Images of Windows tell it by their name; their shell is another one. */
function isWindows(reference: string): boolean {
  return /windowsservercore|nanoserver|^mcr\.microsoft\.com\/windows/i.test(reference);
}

/** Lets the variables and the shell that an instruction sets hold from here on. All of one ENV see what was before it. */
function take(instruction: Instruction, scope: Scope): void {
  if (instruction.keyword === 'shell' && instruction.words.length > 0) {
    scope.shell = instruction.words.map(({ value, text }) => value ?? text);
  } else if (instruction.keyword === 'env') {
    for (const { name, value } of instruction.pairs) {
      if (name.value !== undefined) scope.set(name.value, value?.value ?? null);
    }
  }
}

/** What an ARG sets: what the build gives, else what stands there, else what the global ARG of that name says. */
function declare(
  { name, value }: PairsInstruction['pairs'][number],
  scope: Scope,
  globals: Scope | undefined,
  given: Readonly<Record<string, string>>,
): void {
  if (name.value === undefined) return;
  const known = argumentValue(name.value, value, globals, given);
  if (known === undefined) scope.declare(name.value);
  else scope.set(name.value, known);
}

function argumentValue(
  name: string,
  written: Word | undefined,
  globals: Scope | undefined,
  given: Readonly<Record<string, string>>,
): string | null | undefined {
  if (Object.hasOwn(given, name)) return given[name];
  if (written) return written.value ?? null;
  const inherited = globals?.lookup(name);
  return inherited === undefined && isPlatformArgument(name) ? null : inherited;
}
