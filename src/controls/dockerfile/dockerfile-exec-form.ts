import { defineControl } from '../../model/control.ts';
import { type CommandInstruction, type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { ShellWord } from '../../model/shell.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';

export const dockerfileExecForm = defineControl({
  id: 'dockerfile-exec-form',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'CMD and ENTRYPOINT are in JSON form', zh: 'CMD 与 ENTRYPOINT 使用 JSON 形式' },
  why: {
    en: 'In shell form the first process is a shell that does not hand signals on: the service is killed instead of being stopped. An ENTRYPOINT in shell form also ignores CMD and the arguments of docker run.',
    zh: 'shell 形式下，首个进程是不转发信号的 shell：停止时服务会被强行杀死。shell 形式的 ENTRYPOINT 还会忽略 CMD 和 docker run 的参数。',
  },
  how: {
    en: 'Reads CMD and ENTRYPOINT of all stages. A line that looks like JSON and is not is in shell form too. A CMD that ends with exec hands its process over and passes, and so does such an ENTRYPOINT with $@ behind it. A shell that the JSON form names itself is wanted, and passes.',
    zh: '检查所有阶段的 CMD 与 ENTRYPOINT。看似 JSON 而实际不是的行也按 shell 形式处理。以 exec 命令结尾的 CMD 会让出进程，判为通过；ENTRYPOINT 还须带有 $@。JSON 形式中自行写明的 shell 是有意为之，判为通过。',
  },
  references: {
    aliases: ['DL3025'],
    links: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCMD web --port 8080\n',
    good: 'FROM debian:13\nCMD ["web", "--port", "8080"]\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every CMD and ENTRYPOINT is in JSON form.',
      zh: '所有 CMD 与 ENTRYPOINT 均为 JSON 形式。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const [word] = place?.instruction.words ?? [];
    const json = place && jsonFormOf(dockerfile, place.instruction);
    if (word && json) {
      return editText([{ ...word.span, text: json }], { en: 'Write the JSON form.', zh: '改用 JSON 形式。' });
    }
    const name = place?.value ?? 'CMD';
    return byHand(
      {
        en: 'Write the JSON form. Where the line needs a shell, name it there and begin the last command with exec. A script needs #! in its first line.',
        zh: '改用 JSON 形式。需要 shell 时在其中写明，并让最后一个命令以 exec 开头。脚本的首行须有 #!。',
      },
      [`${name} ["web", "--port", "8080"]`, `${name} ["/bin/sh", "-c", "exec web --port $PORT"]`],
      'rebuild',
    );
  },
});

interface ShellForm extends Place {
  readonly instruction: CommandInstruction;
}

function places({ instructions }: Dockerfile): readonly ShellForm[] {
  return instructionsOf(instructions, ['cmd', 'entrypoint'], { onbuild: true })
    .filter((each) => each.form === 'shell' && each.words.length > 0 && !handsOver(each))
    .map((instruction) => {
      const name = instruction.keyword.toUpperCase();
      return {
        instruction,
        span: instruction.keywordSpan,
        value: name,
        message: looksLikeJson(instruction)
          ? {
              en: `${name} looks like JSON and is not: a shell reads the brackets.`,
              zh: `${name} 看似 JSON 而实际不是：方括号会交给 shell 处理。`,
            }
          : { en: `${name} is in shell form.`, zh: `${name} 使用了 shell 形式。` },
      };
    });
}

/** The shell gives its place to the service; of an ENTRYPOINT it must hand on what it was started with, too. */
function handsOver(instruction: CommandInstruction): boolean {
  const last = commandsOf(instruction).findLast(({ via, depth }) => via.length === 0 && depth === 0);
  if (last?.program !== 'exec' || last.words.length < 2) return false;
  return instruction.keyword === 'cmd' || last.words.some(({ source }) => /\$(?:[@*]|\{[@*])/.test(source));
}

function looksLikeJson({ words: [word] }: CommandInstruction): boolean {
  return word !== undefined && /^\[\s*["'“‘]|^\[[^\s[].*\]$/s.test(word.text);
}

const singleQuoted = /^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*,?\s*\]$/;

/** The JSON form of a line that means the same in both; undefined where a shell or a person is needed. */
function jsonFormOf({ instructions, text }: Dockerfile, instruction: CommandInstruction): string | undefined {
  const [line] = instruction.words;
  if (!line || /[\r\n]/.test(text.slice(line.span.start, line.span.end))) return undefined;
  if (singleQuoted.test(line.text)) return jsonOf([...line.text.matchAll(/'([^']*)'/g)].map(([, part]) => part ?? ''));
  // An ENTRYPOINT in JSON form is handed the CMD that the shell form ignored.
  const hasArguments = instructionsOf(instructions, ['cmd'], { onbuild: true }).length > 0;
  if (instruction.keyword === 'entrypoint' && hasArguments) return undefined;
  const [command, ...others] = commandsOf(instruction);
  if (!command || others.length > 0 || (instruction.script?.errors.length ?? 0) > 0) return undefined;
  const { words, assignments, redirects, program, depth, pipelineLength } = command;
  if (assignments.length > 0 || redirects.length > 0 || depth > 0 || pipelineLength > 1) return undefined;
  const written = words.map(({ source }) => source).join(' ');
  const isWhole = written === line.text.replaceAll(/[ \t]+/g, ' ') || written === line.text;
  if (!isWhole || !words.every(isPlain) || needsShell(program, words)) return undefined;
  return jsonOf(words.map((word) => word.text));
}

function isPlain({ literal, text, source }: ShellWord): boolean {
  return (
    literal && /^[\w@%+=:,./;<>()&|*?[\] -]*$/.test(text) && /^(?:[\w@%+=:,./-]+|"[^"\\$`]*"|'[^']*')$/.test(source)
  );
}

/** Builtins, and scripts: one without `#!` runs only because a shell starts it. */
function needsShell(program: string, words: readonly ShellWord[]): boolean {
  const builtin =
    /^(?:\.|:|alias|bg|break|cd|command|continue|eval|exec|exit|export|fg|getopts|hash|jobs|local|read|readonly|return|set|shift|source|times|trap|type|ulimit|umask|unalias|unset|wait|)$/;
  const name = words[0]?.text ?? '';
  return builtin.test(program) || /\.(?:sh|bash|ash|zsh)$/.test(name) || /^[\w-]*entrypoint$/.test(program);
}

function jsonOf(parts: readonly string[]): string {
  return `[${parts.map((part) => JSON.stringify(part)).join(', ')}]`;
}
