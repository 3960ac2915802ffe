import { isBlank, skipBlanks } from './blank.ts';

/** A flag of an instruction, with its place in the joined line. */
export interface FlagPiece {
  readonly name: string;
  /** Quotes and escapes taken away; absent for a flag alone. */
  readonly value?: string;
  /** Of the value alone; equal to `end` for a flag alone. */
  readonly valueStart: number;
  readonly start: number;
  readonly end: number;
}

/** The flags at the beginning of an instruction's arguments, and where the arguments behind them begin. */
export function readFlags(
  line: string,
  start: number,
): { readonly flags: readonly FlagPiece[]; readonly rest: number } {
  const flags: FlagPiece[] = [];
  let place = skipBlanks(line, start);
  while (line.startsWith('--', place)) {
    const flag = readFlag(line, place);
    place = skipBlanks(line, flag.end);
    // Two dashes alone end the flags.
    if (flag.name === '' && flag.value === undefined) break;
    flags.push(flag);
  }
  return { flags, rest: place };
}

/** The offset at which the arguments begin. */
export function argumentsBehindFlags(line: string, start: number): number {
  return readFlags(line, start).rest;
}

function readFlag(line: string, start: number): FlagPiece {
  let text = '';
  let quote = '';
  let equals = -1;
  let valueStart = -1;
  let index = start + 2;
  for (; index < line.length; index += 1) {
    const character = line[index] ?? '';
    if (quote === '' && isBlank(character)) break;
    if (character === '\\') {
      index += 1;
      text += line[index] ?? '';
    } else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else {
      if (character === '=' && equals < 0) {
        equals = text.length;
        valueStart = index + 1;
      }
      text += character;
    }
  }
  const end = Math.min(index, line.length);
  if (equals < 0) return { name: text, start, end, valueStart: end };
  return { name: text.slice(0, equals), value: text.slice(equals + 1), start, end, valueStart };
}
