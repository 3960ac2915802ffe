import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { imageInstructions } from './image-instructions.ts';
import { keptPackages } from './kept-packages.ts';
import { runCommands } from './run-commands.ts';
import { filesOfCommand, filesOfCopy } from './written-files.ts';

interface Finding {
  readonly span: Span;
  readonly value: string;
  readonly message: Text;
}

export const dockerfileNoSudoers = defineControl({
  id: 'dockerfile-no-sudoers',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'The image neither has nor uses sudo', zh: '镜像既不安装也不使用 sudo' },
  why: {
    en: 'With sudo in the image, whoever takes over the process has a way to root, and running as an ordinary user protects nothing. During a build it is of no use: USER says who runs a step.',
    zh: '镜像中有 sudo 时，控制了进程的人就有途径成为 root，以普通用户运行便失去意义。构建过程中也用不着它：由 USER 指定每一步的执行用户。',
  },
  how: {
    en: 'Looks for sudo or doas as a program in RUN of any stage, and in the stages that make the image for packages that bring them and are not removed again, for files that RUN, COPY and ADD write as sudoers or doas.conf, and for accounts that are put into the groups sudo or wheel.',
    zh: '在任何阶段的 RUN 中查找 sudo 或 doas 命令；在构成镜像的各阶段中查找安装且未再移除的相应软件包、RUN、COPY、ADD 写入的 sudoers 或 doas.conf，以及被加入 sudo 或 wheel 组的账号。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['image-no-sudo', 'DL3004', 'DS-0010', 'CKV2_DOCKER_1', 'DKL-DI-0001'],
    links: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  parameters: {
    packages: {
      default: ['sudo', 'sudo-ldap', 'sudo-rs', 'doas', 'opendoas', 'doas-sudo-shim'],
      description: { en: 'Packages that bring such a program.', zh: '提供此类程序的软件包。' },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y sudo\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
  },

  judge(file, { parameters: { packages } }) {
    const instructions = imageInstructions(file);
    const commands = runCommands(instructions).map(({ command }) => command);
    const findings = [
      ...runCommands(file.instructions).flatMap(({ command }) => calls(command)),
      ...keptPackages(instructions)
        .filter(({ name }) => packages.includes(name))
        .map(({ name, word: { span } }) => ({
          span,
          value: name,
          message: { en: `It installs ${name}.`, zh: `安装了 ${name}。` },
        })),
      ...commands.flatMap((command) => (takesRulesAway(command) ? [] : ruleFiles(filesOfCommand(command)))),
      ...instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) =>
        ruleFiles(filesOfCopy(copy)),
      ),
      ...commands.flatMap(memberships),
    ];
    return findings.length > 0
      ? findings.map(({ message, span, value }) => failAt(message, file.locate(span), value, span))
      : pass({ en: 'Nothing installs, allows or calls sudo.', zh: '没有安装、授权或调用 sudo。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Do what needs root before the USER instruction, without sudo, and remove the package and its rules. An entrypoint that has to drop root can use setpriv or gosu.',
        zh: '把需要 root 的步骤放在 USER 指令之前直接执行，并移除 sudo 软件包及其规则。需要在启动时放弃 root 的入口脚本可使用 setpriv 或 gosu。',
      },
      [],
      'rebuild',
    );
  },
});

function calls({ program, words: [word] }: ShellCommand): Finding[] {
  if (!word || (program !== 'sudo' && program !== 'doas')) return [];
  return [{ span: word.span, value: program, message: { en: `It calls ${program}.`, zh: `调用了 ${program}。` } }];
}

function ruleFiles(files: readonly { readonly path: string; readonly span: Span }[]): Finding[] {
  const rules = files.filter(({ path }) =>
    /^\/(?:usr\/local\/)?etc\/(?:sudoers(?:\.d(?:\/.+)?)?|doas\.conf|doas\.d\/.+)$/.test(path),
  );
  return rules.slice(0, 1).map(({ path, span }) => ({
    span,
    value: path,
    message: { en: `It writes rules for sudo: ${path}.`, zh: `写入了 sudo 规则：${path}。` },
  }));
}

/** `sed -i 's/^%sudo/#%sudo/' /etc/sudoers`, `sed -i '/NOPASSWD/d' /etc/sudoers`. */
function takesRulesAway({ program, words: [, ...words] }: ShellCommand): boolean {
  if (program !== 'sed') return false;
  const scripts = words.map(({ text }) => text).filter((text) => /^s[/|#,@!%]|[/\d]d$/.test(text));
  return scripts.length > 0 && scripts.every((text) => /[/\d]d$/.test(text) || /^s(.)(?:(?!\1).)*\1\\?#/.test(text));
}

/** `usermod -aG sudo app`, `adduser app sudo`, `useradd -G wheel app`. */
function memberships({ program, words: [, ...words] }: ShellCommand): Finding[] {
  const group = groupWords(program, words).find(({ text }) => /(?:^|[,=])(?:sudo|wheel)(?:$|,)/.test(text));
  if (!group) return [];
  const message = { en: 'It puts an account into a group that may use sudo.', zh: '把账号加入了可以使用 sudo 的组。' };
  return [{ span: group.span, value: program, message }];
}

function groupWords(program: string, words: readonly ShellWord[]): readonly ShellWord[] {
  const operands = words.filter(({ text }) => !text.startsWith('-'));
  switch (program) {
    case 'usermod':
    case 'useradd':
      return words.filter(({ text }, index) => {
        const before = words[index - 1]?.text ?? '';
        return /^-[a-zA-Z]*G$|^--groups$/.test(before) || text.startsWith('--groups=');
      });
    case 'adduser':
    case 'addgroup':
      // With one operand it is the new account's own name.
      return operands.slice(1).slice(-1);
    case 'gpasswd':
      return words.some(({ text }) => /^-[aM]$|^--(?:add|members)/.test(text)) ? operands.slice(-1) : [];
    default:
      return [];
  }
}
