import type { ImageStep } from './image.ts';
import { remembered } from './remembered.ts';

/** One step of an image's history as an instruction of a Dockerfile. */
export interface StepInstruction {
  /** In lower case; `other` for what no builder of Dockerfiles writes down: a tool's own note, a committed container. */
  readonly keyword: StepKeyword;
  /** What stands behind the keyword; of a RUN only what its shell was given. */
  readonly text: string;
  /** Of a RUN: the build arguments that it was given. Their values may be secrets. */
  readonly buildArguments: readonly BuildArgument[];
  /** Of a RUN: whether a shell of the POSIX family reads it. */
  readonly posix: boolean;
}

export interface BuildArgument {
  readonly name: string;
  readonly value: string;
}

const keywords = [
  'add',
  'arg',
  'cmd',
  'copy',
  'entrypoint',
  'env',
  'expose',
  'from',
  'healthcheck',
  'label',
  'maintainer',
  'onbuild',
  'run',
  'shell',
  'stopsignal',
  'user',
  'volume',
  'workdir',
] as const;
export type StepKeyword = (typeof keywords)[number] | 'other';

/** The same, worked out once for each step. */
export const instructionOfStep = remembered(({ createdBy }: ImageStep): StepInstruction => readStep(createdBy));

/** What the older builder writes in front of a step that runs nothing. */
const noOperation = '#(nop)';

/**
 * Reads how a step was made: `RUN |1 A=b /bin/sh -c … # buildkit` of BuildKit, `/bin/sh -c #(nop) ADD …` and
 * `|1 A=b /bin/sh -c …` of the older builder and of Buildah.
 */
export function readStep(createdBy: string): StepInstruction {
  const text = createdBy.trim().replace(/[ \t]# buildkit$/, '');
  const marker = text.slice(0, 200).indexOf(noOperation);
  const written = (marker < 0 ? text : text.slice(marker + noOperation.length)).trim();
  const [, word = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(written) ?? [];
  // Buildah writes `#(nop)` steps with keywords in capitals too; a program's name is never all in capitals.
  const keyword = word === word.toUpperCase() ? keywords.find((each) => each === word.toLowerCase()) : undefined;
  if (keyword === 'run' && marker < 0) return runStep(rest);
  if (keyword !== undefined) return { keyword, text: rest.trim(), buildArguments: [], posix: false };
  if (marker < 0 && (/^\|\d+ /.test(text) || shellAt(text) === 0 || /^(?:cmd \/S \/C|powershell )/.test(text)))
    return runStep(text);
  return { keyword: 'other', text: written, buildArguments: [], posix: false };
}

/** `/bin/sh -c `, `/bin/bash -o pipefail -c `: the shell and its options. */
const shellForm = /(?:^| )(?:\/[\w./-]{1,60}\/)?(?:ba|da|a|k|z)?sh(?: -[A-Za-z]+(?: pipefail)?){0,6} -[a-z]*c /;

function shellAt(text: string): number {
  return shellForm.exec(text)?.index ?? -1;
}

function runStep(written: string): StepInstruction {
  const text = written.replace(/^(?:--[a-z]+=\S+\s+){0,20}/, '');
  const hasArguments = /^\|\d+ /.test(text);
  const shell = shellForm.exec(text);
  const isShell = shell !== null && (hasArguments || shell.index === 0);
  const posix = !/^(?:\|\d+ .* )?(?:cmd \/S \/C|powershell)\b/s.test(text.slice(0, 2000)) || isShell;
  if (!hasArguments) {
    return { keyword: 'run', text: isShell ? text.slice(shell[0].length) : text, buildArguments: [], posix };
  }
  const end = shell?.index ?? text.length;
  return {
    keyword: 'run',
    text: shell ? text.slice(end + shell[0].length) : '',
    buildArguments: argumentsIn(text.slice(0, end).replace(/^\|\d+ /, '')),
    posix: posix && shell !== null,
  };
}

/** Values stand there without quotes: the next one begins with the next name. */
function argumentsIn(text: string): BuildArgument[] {
  return text.split(/\s+(?=[A-Za-z_]\w{0,100}=)/).flatMap((each) => {
    const equals = each.indexOf('=');
    return equals <= 0 ? [] : [{ name: each.slice(0, equals), value: each.slice(equals + 1) }];
  });
}
