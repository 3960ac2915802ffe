import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';
import { hasShellOption } from './shell-scripts.ts';

/** What they write does not depend on anything that could fail. */
const sources: ReadonlySet<string> = new Set(['echo', 'printf', 'yes', 'true', ':']);
const nothings: ReadonlySet<string> = new Set(['true', ':', 'echo', 'printf']);

export const dockerfilePipefail = defineControl({
  id: 'dockerfile-pipefail',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'A failure in front of a pipe fails the build', zh: '管道前的命令失败会使构建失败' },
  why: {
    en: 'A shell only looks at the last command of a pipe. A download that breaks off in front of tar or sh goes unnoticed, and the build succeeds with half of it.',
    zh: 'shell 只看管道中最后一个命令的结果。tar 或 sh 之前的下载中断不会被察觉，构建会带着不完整的内容成功结束。',
  },
  how: {
    en: 'Every pipe in a RUN runs under pipefail: by SHELL, by set -o pipefail before it, or by the options of the shell that is called. A pipe that only begins with echo, printf or yes has nothing to lose, one that is the condition of an if or a loop decides nothing else, and one followed by || true is meant; they are left alone, and so are PowerShell and cmd. One failure for each RUN, at its first such pipe.',
    zh: 'RUN 中的每个管道都在 pipefail 下运行：由 SHELL 设置、在其前执行 set -o pipefail，或由所调用 shell 的选项设置。仅以 echo、printf 或 yes 开头的管道没有可丢失的错误，作为 if 或循环条件的管道不影响其他结果，后接 || true 的管道是有意为之，均不作判断；PowerShell 和 cmd 同样不作判断。每条 RUN 只在首个此类管道处报告一次。',
  },
  references: {
    aliases: ['DL4006', 'DS-0032'],
    links: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN curl -fsSL https://shop.example/web.tar.gz | tar -xz -C /opt\n',
    good: 'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://shop.example/web.tar.gz | tar -xz -C /opt\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No pipe hides a failure.',
      zh: '没有掩盖失败的管道。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Set the shell above the RUN; on Alpine it is /bin/ash. Look at pipes into head or grep -q first: with pipefail they may fail where they did not.',
        zh: '在 RUN 之前设置 shell；Alpine 上为 /bin/ash。请先检查接入 head 或 grep -q 的管道：启用 pipefail 后它们可能会失败。',
      },
      ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]'],
    );
  },
});

function places({ instructions, text }: Dockerfile): readonly Place[] {
  return runsOf(instructions).flatMap((run) => {
    const first = pipesOf(run).find((pipe) => hidesFailure(run, pipe, text));
    const head = first?.[0];
    const tail = first?.at(-1);
    if (!first || !head || !tail) return [];
    return [
      {
        span: { start: head.span.start, end: tail.span.end },
        value: first.map(({ program }) => program || '…').join(' | '),
        message: {
          en: 'Where a command in front of this pipe fails, the build goes on.',
          zh: '此管道前的命令失败时，构建仍会继续。',
        },
      },
    ];
  });
}

/** The pipes of a RUN, each with its commands in order; those handed on by another command are left out. */
function pipesOf(run: RunInstruction): readonly (readonly ShellCommand[])[] {
  const pipes = new Map<number, ShellCommand[]>();
  for (const command of commandsOf(run)) {
    if (command.pipelineLength < 2) continue;
    const others = pipes.get(command.pipeline) ?? [];
    if (others.every(({ place }) => place !== command.place)) pipes.set(command.pipeline, [...others, command]);
  }
  return [...pipes.values()];
}

function hidesFailure(run: RunInstruction, pipe: readonly ShellCommand[], text: string): boolean {
  const [head] = pipe;
  const tail = pipe.at(-1);
  if (!head || !tail || hasShellOption(run, head, 'pipefail')) return false;
  const before = pipe.filter(({ place, pipelineLength }) => place < pipelineLength - 1);
  const isWhole = before.length === head.pipelineLength - 1;
  if (isWhole && before.every(cannotFail)) return false;
  if (/(?:^|[\s;&|])(?:if|elif|while|until)\s+(?:!\s+)?$/.test(text.slice(run.span.start, head.span.start)))
    return false;
  const next = commandsOf(run).find(({ span }) => span.start >= tail.span.end);
  return !(next?.joined === '||' && nothings.has(next.program));
}

/** What fails in a substitution is lost to echo with pipefail too. */
function cannotFail({ program, words }: ShellCommand): boolean {
  return sources.has(program) || (program === 'cat' && words.length === 1);
}
