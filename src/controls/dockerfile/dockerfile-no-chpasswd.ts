import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { commandsOf, runCommands } from './run-commands.ts';

export const dockerfileNoChpasswd = defineControl({
  id: 'dockerfile-no-chpasswd',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'No account gets a password during the build', zh: '构建过程中不设置账号口令' },
  why: {
    en: 'Every container of the image then has the same password, it or its hash can be read from the image and its history, and nobody can change it without a new build.',
    zh: '这样一来，该镜像的所有容器都使用同一口令，口令或其哈希可从镜像及其历史中读出，且不重新构建就无法更换。',
  },
  how: {
    en: 'Looks in RUN of all stages for chpasswd and newusers, for passwd unless it only locks, expires or shows, and for useradd and usermod with a password. Locking an account passes.',
    zh: '检查所有阶段的 RUN：chpasswd 和 newusers、除锁定、过期、查看之外的 passwd，以及带口令参数的 useradd 和 usermod。锁定账号不算问题。',
  },
  references: {
    nist800190: ['4.1.4'],
    aliases: ['CKV2_DOCKER_17'],
    links: ['https://man7.org/linux/man-pages/man8/chpasswd.8.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN echo "app:$PASSWORD" | chpasswd\n',
    good: 'FROM debian:13\nRUN useradd --uid 10001 app\n',
  },

  judge({ instructions, locate }) {
    const failures = runCommands(instructions).flatMap(({ run, command }) => {
      const word = passwordWord(command);
      if (!word || isLockedBy(command, commandsOf(run))) return [];
      const { program } = command;
      return [
        failAt(
          { en: `${program} sets a password.`, zh: `${program} 设置了口令。` },
          locate(word.span),
          program,
          word.span,
        ),
      ];
    });
    return failures.length > 0 ? failures : pass({ en: 'No command sets a password.', zh: '没有命令设置口令。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Make accounts without a password, which cannot be logged in to: useradd or adduser --disabled-password. Start processes as them with USER.',
        zh: '创建不带口令、无法登录的账号（useradd 或 adduser --disabled-password），并用 USER 以其身份启动进程。',
      },
      [],
      'rebuild',
    );
  },
});

/** `echo 'app:*' | chpasswd -e`: what is no hash lets nobody in. */
function isLockedBy({ program, words, pipeline, place }: ShellCommand, commands: readonly ShellCommand[]): boolean {
  if (program !== 'chpasswd' || !words.some(({ text }) => text === '-e' || text === '--encrypted')) return false;
  return commands.some(
    (other) =>
      other.pipeline === pipeline &&
      other.place === place - 1 &&
      (other.program === 'echo' || other.program === 'printf') &&
      /^[\w.-]+:[!*]{1,2}(?:\\n)?$/.test(other.words.at(-1)?.text ?? ''),
  );
}

/** The word to show: the program, or the option; never the password. */
function passwordWord({ program, words: [first, ...rest] }: ShellCommand): ShellWord | undefined {
  switch (program) {
    case 'chpasswd':
    case 'newusers':
      return first;
    case 'passwd':
      return rest.some(({ text }) => /^-[a-zA-Z]*[lSe]|^--(?:lock|status|expire|help)$/.test(text)) ? undefined : first;
    case 'useradd':
    case 'usermod':
      return rest.find(({ text }, index) => {
        const attached = /^--password=(.*)$/s.exec(text)?.[1];
        const isAlone = text === '--password' || /^-[a-zA-Z]*p$/.test(text);
        const value = attached ?? (isAlone ? rest[index + 1]?.text : undefined);
        // What is no hash, as `!` and `*`, lets nobody in.
        return value !== undefined && !/^[!*x]{1,2}$/.test(value);
      });
    default:
      return undefined;
  }
}
