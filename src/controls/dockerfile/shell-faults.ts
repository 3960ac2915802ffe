import { type Dockerfile, lineage, type RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Text } from '../../model/text.ts';
import type { Place } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { expanded, instructionsBefore, runsOf } from './run-instructions.ts';
import { commandsBefore, hasShellOption, innerShell, shellWordsOf } from './shell-scripts.ts';

type Fault = (command: ShellCommand, run: RunInstruction, dockerfile: Dockerfile) => Place | undefined;

/** What is wrong in the script of a RUN, as far as its grammar alone can tell. */
export function shellFaults(dockerfile: Dockerfile, run: RunInstruction): readonly Place[] {
  const errors = (run.script?.errors ?? []).map(({ span }) =>
    place({ span }, 'SC1072', { en: 'The shell cannot read the script here.', zh: 'shell 无法解析此处的脚本。' }),
  );
  const found = commandsOf(run).flatMap((command) =>
    run.script ? faults.flatMap((fault) => fault(command, run, dockerfile) ?? []) : [],
  );
  return [...errors, ...found];
}

function place({ span }: Pick<ShellWord, 'span'>, code: string, message: Text): Place {
  return { span, value: code, message };
}

/** `cd x; make`: where there is no x, make runs elsewhere. */
const uncheckedFolder: Fault = (command, run) => {
  const [word, folder] = command.words;
  if (command.program !== 'cd' || !word || !folder || command.pipelineLength > 1) return undefined;
  if (/^(?:\/|-|~|\.\.?(?:\/\.\.)*\/?|"?\$\{?(?:HOME|OLDPWD)\}?"?)$/.test(folder.source)) return undefined;
  const shell = innerShell(run, command);
  const next = commandsOf(run).find(
    (each) => each.span.start > command.span.start && each.depth === command.depth && innerShell(run, each) === shell,
  );
  if (next?.joined !== ';' || hasShellOption(run, command, 'errexit', 'e')) return undefined;
  return place(word, 'SC2164', {
    en: 'Where this cd fails, the commands behind it run in another folder.',
    zh: '此 cd 失败时，其后的命令会在别的目录中运行。',
  });
};

/** `rm -rf $folder/*`: without a value it is the root. */
const emptyPrefix: Fault = ({ program, words }, run) => {
  if (program !== 'rm' || !words.some(({ text }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(text))) return undefined;
  const word = words.slice(1).find((each) => {
    const name = /^"?\$(?:(\w+)|\{(\w+)\})"?\/"?\*?"?$/.exec(each.source);
    const variable = name?.[1] ?? name?.[2];
    return variable !== undefined && !isSet(variable, each, run);
  });
  return word
    ? place(word, 'SC2115', {
        en: 'Where the variable is empty, this deletes the root folder.',
        zh: '变量为空时，这会删除根目录。',
      })
    : undefined;
};

function isSet(name: string, word: ShellWord, run: RunInstruction): boolean {
  if (/^(?:HOME|PWD|OLDPWD)$/.test(name)) return true;
  const value = expanded(word, run);
  if (value !== undefined) return !/^\/+\*?$/.test(value);
  const commands = commandsOf(run);
  return commands.some(
    ({ program, assignments, words }) =>
      assignments.some((each) => each.name === name && each.value.source !== '') ||
      (/^(?:export|local|declare|readonly|read|set)$/.test(program) &&
        words.some(({ text, source }) => text === name || source.startsWith(`${name}=`) || /^-[a-z]*u/.test(text))),
  );
}

/** `export A=$(b)`: the status is that of export. */
const maskedStatus: Fault = ({ program, words }) => {
  if (!/^(?:export|local|declare|readonly|typeset)$/.test(program)) return undefined;
  const word = words.slice(1).find(({ source }) => /^\w+=[^']*?(?:\$\((?!\()|`)/s.test(source));
  return word
    ? place(word, 'SC2155', {
        en: `Where the command in it fails, ${program} succeeds all the same.`,
        zh: `其中的命令失败时，${program} 仍会成功。`,
      })
    : undefined;
};

/** `[-f x ]`, `[ -f x]`. */
const bracketSpace: Fault = ({ program, words }) => {
  const [word] = words;
  const last = words.at(-1);
  if (word && /^\[(?:-[a-z]|!|"?\$)/.test(word.source)) {
    return place(word, 'SC1035', { en: 'A space is missing behind the bracket.', zh: '方括号后缺少空格。' });
  }
  if (program === '[' && last && words.length > 1 && last.text !== ']' && last.text.endsWith(']')) {
    return place(last, 'SC1020', { en: 'A space is missing in front of the bracket.', zh: '方括号前缺少空格。' });
  }
  return undefined;
};

/** `A = b`, `$A=b`: neither assigns. */
const noAssignment: Fault = ({ program, words: [word, equals] }) => {
  if (!word) return undefined;
  if (equals?.source === '=' && /^[A-Za-z_]\w*$/.test(word.source) && !/^(?:test|expr|let)$/.test(program)) {
    return place(word, 'SC1068', { en: 'An assignment has no spaces around its sign.', zh: '赋值号两侧不能有空格。' });
  }
  if (/^\$[A-Za-z_]\w*=/.test(word.source)) {
    return place(word, 'SC1066', {
      en: 'An assignment has no dollar in front of the name.',
      zh: '赋值时变量名前不能有美元符号。',
    });
  }
  return undefined;
};

const dashTags =
  /^(?:[^@]*\/)?(?:debian|ubuntu)(?:[:@]|$)|(?:^|[:-])(?:slim|trixie|bookworm|bullseye|buster|noble|jammy|focal)\b/;

/** `[ a == b ]` is an error of dash, and so is never true. */
const dashEquality: Fault = (command, run, dockerfile) => {
  const sign = command.words.slice(1).find(({ source }) => source === '==');
  if (!sign || (command.program !== '[' && command.program !== 'test')) return undefined;
  const stage = dockerfile.stages[run.stage];
  const root = stage && lineage({ ...dockerfile, target: stage }).at(-1)?.base;
  const isDash =
    root?.kind === 'image' &&
    dashTags.test(root.reference ?? '') &&
    /(?:^|\/)(?:sh|dash)$/.test(shellWordsOf(run, command)[0] ?? '');
  const isReplaced = [...runsOf(instructionsBefore(dockerfile, run)), run].some((each) =>
    commandsOf(each).some(({ program, words }) => program === 'ln' && words.at(-1)?.text.endsWith('/sh')),
  );
  if (!isDash || isReplaced || commandsBefore(run, command).some(({ program }) => program === 'exec')) return undefined;
  return place(sign, 'SC3014', {
    en: 'The shell of this image knows no ==: the comparison is an error and never holds.',
    zh: '该镜像的 shell 不支持 ==：该比较会报错，且永远不成立。',
  });
};

const faults: readonly Fault[] = [uncheckedFolder, emptyPrefix, maskedStatus, bracketSpace, noAssignment, dashEquality];
