import { defineControl } from '../../model/control.ts';
import { type Dockerfile, type Instruction, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { imageInstructions } from './image-instructions.ts';
import { keptPackages } from './kept-packages.ts';
import { commandsOf, runCommands } from './run-commands.ts';
import { normalised } from './written-files.ts';

interface Finding {
  readonly span: Span;
  readonly value: string;
  readonly message: Text;
  /** The files that get the bit, where they are named. */
  readonly paths: readonly string[];
}

export const dockerfileStripSuid = defineControl({
  id: 'dockerfile-strip-suid',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'The build adds no setuid or setgid program', zh: '构建不增加 setuid 或 setgid 程序' },
  why: {
    en: "A program with such a bit runs with its owner's rights whoever starts it, so one mistake in it makes an intruder root inside of the container.",
    zh: '带有此类权限位的程序无论由谁启动都以属主身份运行，其中一个缺陷就足以让入侵者在容器内成为 root。',
  },
  how: {
    en: 'Looks in the stages that make the image for chmod, install and --chmod that set the bits, and for packages that bring such programs. A setgid bit on a folder passes, and so does what a later chmod, or a find that strips all such files, takes away again.',
    zh: '在构成镜像的各阶段中查找设置该权限位的 chmod、install、--chmod，以及带有此类程序的软件包。目录上的 setgid 位不算；后续由 chmod 或 find 统一去除的也不算。',
  },
  references: {
    cisDocker: ['4.8'],
    nist800190: ['4.1.2'],
    links: ['https://man7.org/linux/man-pages/man7/path_resolution.7.html'],
  },
  parameters: {
    packages: {
      default: [
        'sudo',
        'sudo-rs',
        'doas',
        'opendoas',
        'policykit-1',
        'pkexec',
        'polkit',
        'fuse',
        'fuse3',
        'cifs-utils',
      ],
      description: { en: 'Packages that bring setuid programs.', zh: '带有 setuid 程序的软件包。' },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN chmod u+s /usr/local/bin/web\n',
    good: 'FROM debian:13\nRUN chmod 0755 /usr/local/bin/web\n',
  },

  judge(file, { parameters: { packages } }) {
    const instructions = imageInstructions(file);
    const commands = runCommands(instructions).map(({ command }) => command);
    const folders = foldersOf(file, commands);
    const findings = [
      ...commands.flatMap((command) => setBits(command, folders)),
      ...copiedBits(instructions),
      ...keptPackages(instructions)
        .filter(({ name }) => packages.includes(name))
        .map(({ name, word: { span } }) => ({
          span,
          value: name,
          paths: [],
          message: { en: `${name} brings a setuid program.`, zh: `${name} 带有 setuid 程序。` },
        })),
    ];
    const kept = findings.filter((finding) => !commands.some((command) => strips(command, finding, instructions)));
    return kept.length > 0
      ? kept.map(({ message, span, value }) => failAt(message, file.locate(span), value, span))
      : pass({ en: 'Nothing adds a setuid or setgid program.', zh: '没有增加 setuid 或 setgid 程序。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Leave the bit out and give the program the one capability that it needs, or strip all such bits at the end of the build.',
        zh: '不设置该权限位，改为授予程序所需的单项 capability；或在构建末尾统一去除。',
      },
      ['RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +'],
      'rebuild',
    );
  },
});

function setBits({ program, words, via }: ShellCommand, folders: ReadonlySet<string>): Finding[] {
  const rest = words.slice(1);
  if (program === 'install') {
    const at = rest.findIndex(({ text }) => /^-[a-zA-Z]*m$|^--mode$/.test(text));
    const attached = rest.find(({ text }) => /^--mode=|^-m[0-7]/.test(text));
    const mode = attached ?? (at >= 0 ? rest[at + 1] : undefined);
    const isFolder = rest.some(({ text }) => /^-[a-zA-Z]*d[a-zA-Z]*$|^--directory$/.test(text));
    const bits = mode && bitsOf(mode.text.replace(/^--mode=|^-m/, ''));
    return mode && bits && !isFolder ? [found(mode, rest.slice(-1))] : [];
  }
  if (program !== 'chmod') return [];
  const [mode, ...files] = rest.filter(
    ({ text }) => !/^--?[A-Za-z-]*(?:R|c|f|v|recursive|changes|silent|quiet|verbose)[A-Za-z-]*$/.test(text),
  );
  const bits = mode && bitsOf(mode.text);
  if (!mode || !bits) return [];
  if (bits === 'setgid') {
    const isRecursive = rest.some(({ text }) => /^-[cfv]*R|^--recursive$/.test(text));
    const areFolders =
      files.length > 0 && files.every(({ text }) => text.endsWith('/') || folders.has(normalised(text)));
    // Below find and xargs the files have no names; whoever sets setgid on many at once means folders.
    if (isRecursive || areFolders || via.includes('find') || via.includes('xargs')) return [];
  }
  return [found(mode, files)];
}

function found(mode: ShellWord, files: readonly ShellWord[]): Finding {
  const message = { en: 'It sets a setuid or setgid bit.', zh: '设置了 setuid 或 setgid 位。' };
  return { span: mode.span, value: mode.text, message, paths: files.map(({ text }) => normalised(text)) };
}

/** What a mode sets: `4755`, `u+s`, `g=rxs`, `a+xs`. */
function bitsOf(mode: string): 'setuid' | 'setgid' | undefined {
  if (/^[0-7]{4,5}$/.test(mode)) {
    const value = Number.parseInt(mode, 8);
    if ((value & 0o4000) !== 0) return 'setuid';
    return (value & 0o2000) === 0 ? undefined : 'setgid';
  }
  const parts = mode.split(',').flatMap((part) => /^([ugoa]*)[+=][rwxXt]*s[rwxXst]*$/.exec(part)?.slice(1, 2) ?? []);
  if (parts.some((who) => who === '' || /[ua]/.test(who))) return 'setuid';
  return parts.some((who) => who.includes('g')) ? 'setgid' : undefined;
}

function copiedBits(instructions: readonly Instruction[]): Finding[] {
  return instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap(({ flags, destination }) => {
    const mode = flags.find(({ name }) => name === 'chmod')?.value;
    const text = mode && (mode.value ?? mode.text);
    if (!mode || text === undefined || bitsOf(text) !== 'setuid') return [];
    const message = { en: 'It copies a file with the setuid bit.', zh: '复制文件时设置了 setuid 位。' };
    return [{ span: mode.span, value: text, message, paths: destination ? [normalised(destination.text)] : [] }];
  });
}

/** A later command that takes the bits away: from these files, or from all that `find -perm` finds. */
function strips(
  { program, words, via, span }: ShellCommand,
  finding: Finding,
  instructions: readonly Instruction[],
): boolean {
  if (span.start <= finding.span.start) return false;
  const texts = words.map(({ text }) => text);
  const takes = texts.some((text) => /^(?:[ugoa]*-[rwxt]*s|0?[0-7]{3}|[ugoa]+=[rwxX]*)[,\w+=-]*$/.test(text));
  if (program === 'chmod' && takes) {
    if (texts.some((text) => finding.paths.includes(normalised(text)))) return true;
    return (via.includes('find') || via.includes('xargs')) && searchesBits(instructions, span);
  }
  return program === 'find' && texts.includes('-perm') && texts.includes('-delete') && searchesBits(instructions, span);
}

function searchesBits(instructions: readonly Instruction[], { start }: Span): boolean {
  const run = instructionsOf(instructions, ['run']).find((each) => each.span.start <= start && start < each.span.end);
  return (run ? commandsOf(run) : []).some(
    ({ program, words }) =>
      program === 'find' && words.some(({ text }) => /^[-/+]?0?[246]000$|^[-/]?[ugoa,]*[+=]s/.test(text)),
  );
}

/** What is evidently a folder: made with mkdir, a WORKDIR, a VOLUME. */
function foldersOf({ instructions }: Dockerfile, commands: readonly ShellCommand[]): Set<string> {
  const declared = instructionsOf(instructions, ['workdir', 'volume']).flatMap(({ words }) =>
    words.map(({ text }) => text),
  );
  const made = commands.flatMap(({ program, words }) =>
    program === 'mkdir' || (program === 'install' && words.some(({ text }) => text === '-d'))
      ? words.slice(1).map(({ text }) => text)
      : [],
  );
  return new Set([...declared, ...made, '/tmp', '/opt', '/srv', '/home', '/usr/local'].map(normalised));
}
