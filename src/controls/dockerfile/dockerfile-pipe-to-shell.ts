import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { runCommands } from './run-commands.ts';

const downloaders = new Set(['curl', 'wget', 'fetch', 'aria2c', 'http', 'https', 'lwp-request', 'GET']);
const shells = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'mksh', 'zsh', 'fish']);
const readers = new Set(['source', '.', 'eval']);
const interpreters = /^(?:python[\d.]*|pypy[\d.]*|perl|ruby|node|nodejs|php[\d.]*|lua|deno|bun)$/;

export const dockerfilePipeToShell = defineControl({
  id: 'dockerfile-pipe-to-shell',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'No download is run unseen', zh: '不直接执行下载的内容' },
  why: {
    en: 'Whatever the server sends at that moment runs as root in the build: nobody has checked it, it may differ from one build to the next, and a connection that breaks runs half a script.',
    zh: '服务器当时返回什么，构建就以 root 执行什么：内容无人校验，每次构建可能不同，连接中断时还会执行到一半的脚本。',
  },
  how: {
    en: 'Looks in RUN of all stages for a download that is piped into a shell or an interpreter which takes its program from there, and for a shell, source or eval that is given the output of a download. An interpreter with a program of its own, as python -c or bash script.sh, only reads data.',
    zh: '在所有阶段的 RUN 中查找：下载内容通过管道交给 shell 或从标准输入读取程序的解释器，以及把下载输出交给 shell、source 或 eval 执行。自带程序的解释器（如 python -c、bash script.sh）只是读取数据，不算。',
  },
  references: { nist800190: ['4.1.5'], links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'] },
  counterexample: {
    bad: 'FROM debian:13\nRUN curl -fsSL https://shop.example/install.sh | sh\n',
    good: 'FROM debian:13\nRUN curl -fsSLo install.sh https://shop.example/install.sh && echo "HASH  install.sh" | sha256sum -c && sh install.sh\n',
  },

  judge({ instructions, locate }) {
    const failures = runCommands(instructions).flatMap(({ run, command }) => {
      const program = programName(command);
      const [word] = command.words;
      const isRun = isFedByDownload(command, run.script?.commands ?? [])
        ? takesProgram(command)
        : runsDownload(command);
      if (!word || !isRun) return [];
      return [
        failAt(
          { en: `${program} runs what is downloaded.`, zh: `${program} 直接执行下载的内容。` },
          locate(word.span),
          program,
          word.span,
        ),
      ];
    });
    return failures.length > 0 ? failures : pass({ en: 'No download is run unseen.', zh: '没有直接执行下载的内容。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Download a released version to a file, compare its checksum with one that is kept in the Dockerfile, and run it then; or install a package.',
        zh: '把指定版本下载为文件，与 Dockerfile 中保存的校验和比对后再执行；或改为安装软件包。',
      },
      [
        'ADD --checksum=sha256:HASH https://shop.example/install-1.2.3.sh /tmp/install.sh',
        'RUN sh /tmp/install.sh && rm /tmp/install.sh',
      ],
      'rebuild',
    );
  },
});

/** A download stands in front of it in its pipeline. */
function isFedByDownload({ pipeline, place, span }: ShellCommand, commands: readonly ShellCommand[]): boolean {
  const before = commands.filter((other) => other.pipeline === pipeline && other.place < place);
  if (before.some(isDownload)) return true;
  // `(curl … || wget …) | sh`: what stands in a group has a pipeline of its own.
  const isGroup = place > 0 && !before.some((other) => other.place === place - 1);
  const last = commands.findLast((other) => other.span.end <= span.start && other.pipeline !== pipeline);
  return isGroup && last !== undefined && isDownload(last);
}

/** `python` of `python${VERSION}` too. */
function programName({ program, words: [word] }: ShellCommand): string {
  return program || (word?.text.replace(/\$\{?\w+\}?$/, '').replace(/^.*\//, '') ?? '');
}

function isDownload({ program, words }: ShellCommand): boolean {
  if (!downloaders.has(program)) return false;
  const isLocal = words.some(({ text }) => /^(?:https?:\/\/(?:localhost|127\.|\[::1\])|file:)/.test(text));
  return !isLocal && words.length > 1;
}

/** A shell runs what comes from its input, unless it is given a script; so does an interpreter without one. */
function takesProgram(command: ShellCommand): boolean {
  const [, ...words] = command.words;
  const program = programName(command);
  const texts = words.map(({ text }) => text);
  if (shells.has(program)) {
    if (texts.some((text) => /^-[a-zA-Z]*s[a-zA-Z]*$/.test(text))) return true;
    if (texts.some((text) => /^[-+][a-zA-Z]*c/.test(text))) return false;
    const operands = texts.filter(
      (text, index) => !/^[-+]./.test(text) && !/^[-+][a-zA-Z]*[oO]$/.test(texts[index - 1] ?? ''),
    );
    return operands.every(isInput);
  }
  if (!interpreters.test(program)) return false;
  const end = texts.indexOf('--');
  const own = end < 0 ? texts : texts.slice(0, end);
  if (own.some((text) => /^-[a-zA-Z]*[cemnprRE]$|^--(?:eval|print|run)/.test(text) && !isInput(text))) return false;
  const first = own.find((text) => !/^-./.test(text));
  return first === undefined || isInput(first);
}

function isInput(text: string): boolean {
  return text === '-' || text === '/dev/stdin' || text === '--';
}

/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`, `source <(curl …)`. */
function runsDownload({ program, words: [, ...words] }: ShellCommand): boolean {
  const isShell = shells.has(program);
  if (!isShell && !readers.has(program) && !interpreters.test(program)) return false;
  const start = '(?:[\\w./-]*/)?(?:sudo\\s+)?(?:curl|wget)\\s';
  return words.some(({ text, source, literal }, index) => {
    if (literal) return false;
    if (new RegExp(`^<\\(\\s*${start}`).test(source)) return true;
    const isScript = program === 'eval' || /^-[a-zA-Z]*[ce]$/.test(words[index - 1]?.text ?? '');
    return isScript && new RegExp(`^["']?(?:\\$\\(|\`)\\s*${start}`).test(text);
  });
}
