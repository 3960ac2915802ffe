import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { imageInstructions } from './image-instructions.ts';
import { runCommands } from './run-commands.ts';
import { filesOfCommand, filesOfCopy, type WrittenFile } from './written-files.ts';

export const dockerfileNoAccountFileEdits = defineControl({
  id: 'dockerfile-no-account-file-edits',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'Accounts are made by tools, not by editing their files', zh: '账号由工具创建，而非直接编辑账号文件' },
  why: {
    en: 'An edit by hand easily gives a second account uid 0, an empty password or a line that tools cannot read, and nothing checks it.',
    zh: '手工编辑很容易产生第二个 uid 0 账号、空口令或工具无法解析的行，而且没有任何检查。',
  },
  how: {
    en: 'Looks in the stages that make the image for RUN, COPY and ADD that write passwd, group, shadow or gshadow in /etc, and for a chmod that lets others write them. Copying passwd or group from another stage or image is accepted: an image without a shell has no other way.',
    zh: '在构成镜像的各阶段中查找写入 /etc 下 passwd、group、shadow、gshadow 的 RUN、COPY、ADD，以及放开其写权限的 chmod。允许从其他阶段或镜像复制 passwd 和 group，因为没有 shell 的镜像别无他法。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.2'],
    links: ['https://man7.org/linux/man-pages/man8/useradd.8.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN echo "app:x:10001:10001::/:" >> /etc/passwd\n',
    good: 'FROM debian:13\nRUN useradd --uid 10001 app\n',
  },

  judge(file) {
    const instructions = imageInstructions(file);
    const copied = instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) => {
      const accounts = filesOfCopy(copy).filter(({ path }) => isAccountFile(path));
      return accounts.filter(({ path }) => !copy.from || /shadow/.test(path)).slice(0, 1);
    });
    const commands = runCommands(instructions).map(({ command }) => command);
    const written = commands.flatMap((command) =>
      filesOfCommand(command)
        .filter(({ path }) => isAccountFile(path))
        .slice(0, 1),
    );
    const failures = [
      ...[...copied, ...written].map((each) => failure(each, edited)),
      ...commands.flatMap(openedFiles).map((each) => failure(each, opened)),
    ];
    return failures.length > 0
      ? failures
      : pass({ en: 'Nothing edits the account files.', zh: '没有指令直接编辑账号文件。' });

    function failure({ path, span }: WrittenFile, message: (path: string) => Text) {
      return failAt(message(path), file.locate(span), path, span);
    }
  },

  remedy() {
    return byHand(
      {
        en: 'Make users and groups with useradd or adduser, and give an arbitrary uid its rights through group 0 on its own folders.',
        zh: '使用 useradd 或 adduser 创建用户和组；需要支持任意 uid 时，通过其自身目录上的 0 号组授权。',
      },
      ['RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --no-create-home app'],
      'rebuild',
    );
  },
});

function edited(path: string): Text {
  return { en: `It writes ${path} directly.`, zh: `直接写入 ${path}。` };
}

function opened(path: string): Text {
  return { en: `It lets others than root write ${path}.`, zh: `允许 root 以外的用户写入 ${path}。` };
}

function isAccountFile(path: string): boolean {
  return /^\/etc\/g?(?:shadow|passwd|group)$/.test(path) && path !== '/etc/gpasswd' && path !== '/etc/ggroup';
}

function openedFiles({ program, words: [, ...words] }: ShellCommand): WrittenFile[] {
  if (program !== 'chmod') return [];
  const [mode, ...files] = words.filter(({ text }) => !/^-[A-Za-z-]+$/.test(text) || /^-[rwxst]+$/.test(text));
  if (!mode || !givesWrite(mode.text)) return [];
  return files
    .filter(({ text }) => isAccountFile(text))
    .slice(0, 1)
    .map(({ text, span }) => ({ path: text, span }));
}

/** To the group or to others: `664`, `g+w`, `g=u`, `a+rwx`. */
function givesWrite(mode: string): boolean {
  if (/^[0-7]+$/.test(mode)) return (Number.parseInt(mode, 8) & 0o022) !== 0;
  return mode.split(',').some((part) => /^[ugoa]*[goa][ugoa]*[+=][rxX]*[wu]|^\+[rxX]*w/.test(part));
}
