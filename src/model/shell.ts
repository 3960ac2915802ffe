import type { Span } from './source-text.ts';

/** A shell script as far as rules ask about it: its simple commands, wherever they stand. */
export interface ShellScript {
  /** In the order in which they are written; those inside of conditions, substitutions and `sh -c '…'` too. */
  readonly commands: readonly ShellCommand[];
  /** What the parser could not read; the commands around it are there. */
  readonly errors: readonly ShellError[];
}

export interface ShellError {
  readonly message: string;
  readonly span: Span;
}

/**
 * One simple command. A command behind another (`sudo apt-get install x`, `env A=b make`, `xargs rm`) is in the list
 * twice: as the outer command with all its words, and as the inner one with `via`.
 */
export interface ShellCommand {
  /** The program without its folders (`apt-get`); empty where only running the script would tell. */
  readonly program: string;
  /** The program's word first. */
  readonly words: readonly ShellWord[];
  /** Assignments in front of it: `DEBIAN_FRONTEND=noninteractive apt-get …`; alone on a line they are a command without words. */
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  /**
   * Programs that it is handed to, the outermost first: `['sudo']`, `['sudo', 'sh']` of `sudo sh -c '…'`, `['bash']` of
   * what a here-document feeds to a bash.
   */
  readonly via: readonly string[];
  /** Commands with the same number are joined by `|`; numbers grow through the script. */
  readonly pipeline: number;
  /** Its place in its pipeline, from 0, and how many there are. */
  readonly place: number;
  readonly pipelineLength: number;
  /**
   * How it is joined to the command before it in its list, a line end being a `;`: absent for the first one, and inside of
   * a pipeline.
   */
  readonly joined?: '&&' | '||' | ';' | '&';
  /** In how many substitutions, subshells, functions, conditions and loops it stands. */
  readonly depth: number;
  readonly span: Span;
}

export interface ShellWord {
  /** Quotes and escapes taken away; variables and substitutions stay as they are written. */
  readonly text: string;
  /** As written. */
  readonly source: string;
  /** Nothing in it depends on the run: no variable, substitution or unquoted pattern. */
  readonly literal: boolean;
  readonly quoted: boolean;
  readonly span: Span;
}

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord;
  readonly span: Span;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `2>`, `&>` … */
  readonly operator: string;
  readonly target: ShellWord;
  /** Of a here-document: its text. */
  readonly body?: string;
}
