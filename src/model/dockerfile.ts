import type { Location } from './location.ts';
import type { ShellScript } from './shell.ts';
import type { Span } from './source-text.ts';

/** A Dockerfile as BuildKit reads it. */
export interface Dockerfile {
  /** Its name as the user wrote it; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  /** The character that continues a line. */
  readonly escape: '\\' | '`';
  /** `# syntax=…`, `# escape=…`, `# check=…` at its top; names in lower case. */
  readonly directives: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  /** Every instruction in order, those before the first FROM too. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** The stage that is built: the one chosen, else the last one. Absent without a FROM. */
  readonly target?: Stage;
  /** What BuildKit would refuse, with the place; in English. */
  readonly problems: readonly { readonly message: string; readonly span: Span }[];
  readonly locate: (span: Span) => Location;
}

export interface Stage {
  /** From 0. */
  readonly index: number;
  /** In lower case, as BuildKit compares it. */
  readonly name?: string;
  readonly from: FromInstruction;
  readonly base: StageBase;
  /** Without its FROM. */
  readonly instructions: readonly Instruction[];
}

export type StageBase =
  | { readonly kind: 'scratch' }
  /** An earlier stage of the same file. */
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** `reference` is absent when it has a variable that nothing gives a value. */
  | { readonly kind: 'image'; readonly reference?: string };

/** A word of an instruction. */
export interface Word {
  /** As written, without quotes that enclose it. */
  readonly text: string;
  /** Quotes taken away and variables replaced by what ARG and ENV say. Absent where one of them has no value. */
  readonly value?: string;
  /** It has a variable in it that BuildKit replaces, resolved or not; never where only a shell would (RUN, CMD). */
  readonly variable: boolean;
  /** Of the whole word, with quotes that enclose it. */
  readonly span: Span;
}

export interface Flag {
  /** `mount`, `from`, `chown`, in lower case. */
  readonly name: string;
  /** Absent for a flag alone: `--link`. */
  readonly value?: Word;
  readonly span: Span;
}

export interface Heredoc {
  /** `EOF` of `<<EOF` and of `<<-"EOF"`. */
  readonly name: string;
  /** Behind `<<-` without the tabs that its lines begin with; line ends as they are in the file. */
  readonly content: string;
  /** Variables in it are replaced. */
  readonly expand: boolean;
  /** Its lines, without the one that ends it. */
  readonly span: Span;
}

interface InstructionBase {
  /** Index of its stage; -1 before the first FROM. */
  readonly stage: number;
  /** From its first letter to the end of its last line, here-documents included, without the line's end. */
  readonly span: Span;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  readonly heredocs: readonly Heredoc[];
  /** It is what an ONBUILD carries: run by a later build, not by this one. */
  readonly onbuild: boolean;
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CopyInstruction
  | PairsInstruction
  | WordsInstruction
  | CommandInstruction
  | HealthcheckInstruction
  | OnbuildInstruction
  | UnknownInstruction;

export interface FromInstruction extends InstructionBase {
  readonly keyword: 'from';
  readonly image: Word;
  /** `AS name`. */
  readonly alias?: Word;
  readonly platform?: Word;
}

export interface RunInstruction extends InstructionBase {
  readonly keyword: 'run';
  readonly form: 'shell' | 'exec';
  /** Of the JSON form; in shell form the whole line, joined, is one word. */
  readonly words: readonly Word[];
  /** The shell in force, as SHELL gave it: `['/bin/sh', '-c']`; the JSON form does not use it. */
  readonly shell: readonly string[];
  /**
   * Absent where another program than a shell of the POSIX family reads the line (PowerShell, cmd, the interpreter that
   * a here-document names). The JSON form is one command, with the spans of its words inside of their quotes, and what
   * `sh -c` in it carries.
   */
  readonly script?: ShellScript;
  /**
   * `--mount` options, keys in lower case: `{ type: 'secret', id: 'token' }`. `src` is `source`, `dst` and `destination`
   * are `target`, `ro` is `readonly`; an option alone is `true`, and without a type it is `bind`.
   */
  readonly mounts: readonly Readonly<Record<string, string>>[];
  /** Environment in force when it runs: ENV, and ARG under it, where they are known. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface CopyInstruction extends InstructionBase {
  readonly keyword: 'copy' | 'add';
  /** Here-documents are no sources: see `heredocs`. */
  readonly sources: readonly Word[];
  /** Absent in a line that is not complete. */
  readonly destination?: Word;
  /** `--from`. */
  readonly from?: Word;
}

/** ENV, ARG and LABEL: names with values; an ARG may have none. */
export interface PairsInstruction extends InstructionBase {
  readonly keyword: 'env' | 'arg' | 'label';
  readonly pairs: readonly { readonly name: Word; readonly value?: Word; readonly span: Span }[];
}

/** Those that only have words. */
export interface WordsInstruction extends InstructionBase {
  readonly keyword: 'user' | 'workdir' | 'expose' | 'volume' | 'stopsignal' | 'shell' | 'maintainer';
  readonly words: readonly Word[];
}

export interface CommandInstruction extends InstructionBase {
  readonly keyword: 'cmd' | 'entrypoint';
  readonly form: 'shell' | 'exec';
  /** Of the JSON form; in shell form the whole line is one word. */
  readonly words: readonly Word[];
  readonly shell: readonly string[];
  /** As of RUN. */
  readonly script?: ShellScript;
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly keyword: 'healthcheck';
  /** `HEALTHCHECK NONE`. */
  readonly none: boolean;
  /** Of what stands behind CMD. */
  readonly form: 'shell' | 'exec';
  readonly words: readonly Word[];
  readonly script?: ShellScript;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly keyword: 'onbuild';
  /** Absent in a line that is not complete. */
  readonly carried?: Instruction;
}

/** A word that is no instruction, or an instruction that could not be read. */
export interface UnknownInstruction extends InstructionBase {
  readonly keyword: 'unknown';
  readonly name: string;
}

/** The stages that the target image is made of: the target, what it is built from, and so on; the target first. */
export function lineage({ target }: Dockerfile): readonly Stage[] {
  const stages: Stage[] = [];
  for (let stage = target; stage && !stages.includes(stage);) {
    stages.push(stage);
    stage = stage.base.kind === 'stage' ? stage.base.stage : undefined;
  }
  return stages;
}

/** The stage that `--from` of COPY and of a mount means: by its name, or by its number. Any other word is an image. */
export function stageNamed({ stages }: Pick<Dockerfile, 'stages'>, name: string): Stage | undefined {
  const lower = name.toLowerCase();
  return stages.findLast((stage) => stage.name === lower) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

/** The shape of the instructions with a keyword: COPY and ADD share one, so do ENV, ARG and LABEL. */
export type InstructionOf<K extends Instruction['keyword'], I extends Instruction = Instruction> = I extends Instruction
  ? Extract<I['keyword'], K> extends never
    ? never
    : I
  : never;

/** Every instruction with these keywords, in order, those carried by ONBUILD too when `onbuild` is set. */
export function instructionsOf<K extends Instruction['keyword']>(
  instructions: readonly Instruction[],
  keywords: readonly K[],
  { onbuild = false }: { readonly onbuild?: boolean } = {},
): readonly InstructionOf<K>[] {
  const all = onbuild
    ? instructions.flatMap((each) => (each.keyword === 'onbuild' && each.carried ? [each, each.carried] : [each]))
    : instructions;
  return all.filter((each): each is InstructionOf<K> => (keywords as readonly string[]).includes(each.keyword));
}
