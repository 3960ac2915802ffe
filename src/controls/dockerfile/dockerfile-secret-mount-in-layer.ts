import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { empties, isMounted } from './file-removal.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';
import { carries, isSecretFile, type MountedSecrets, mountedSecrets, readsFile } from './secret-mounts.ts';
import { fileName, filesOfCommand } from './written-files.ts';

export const dockerfileSecretMountInLayer = defineControl({
  id: 'dockerfile-secret-mount-in-layer',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'A mounted secret is not written into the image', zh: '挂载的机密不写入镜像' },
  why: {
    en: 'A secret mount is gone when its RUN ends. A copy of it stays in the layer and in the build cache, for everybody who can pull the image.',
    zh: '机密挂载在 RUN 结束时消失，而它的副本会留在镜像层和构建缓存中，凡能拉取镜像的人都能得到。',
  },
  how: {
    en: 'Looks in every RUN with a secret mount for commands that copy the file of the secret, print it into a file, or save it in the settings of git, npm, yarn, pnpm, pip, NuGet or Composer. Certificates of authorities are no secrets. What the same RUN deletes again, and what goes to another mount or to a device, passes.',
    zh: '在带有机密挂载的 RUN 中，查找复制该机密文件、将其内容输出到文件、或写入 git、npm、yarn、pnpm、pip、NuGet、Composer 配置的命令。CA 证书不算机密。在同一条 RUN 中又删除的，以及写到其他挂载或设备的，判为通过。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    links: ['https://docs.docker.com/build/building/secrets/'],
  },
  counterexample: {
    bad: 'FROM node:22\nRUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc /root/.npmrc && npm ci\n',
    good: 'FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No mounted secret is written into the image.',
      zh: '没有把挂载的机密写入镜像。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Mount the secret at the path where the program looks for it, or as a variable, and write nothing. Replace it if an image was published.',
        zh: '将机密直接挂载到程序读取的路径，或以变量方式提供，不再写文件。若镜像已发布，请更换该机密。',
      },
      [
        'RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci',
        'RUN --mount=type=secret,id=token,env=TOKEN ./fetch',
      ],
      'rebuild',
    );
  },
});

function places({ instructions }: Dockerfile): readonly Place[] {
  const found = runsOf(instructions).flatMap((run) => {
    const secrets = mountedSecrets(run);
    if (secrets.files.length + secrets.variables.size === 0) return [];
    const commands = commandsOf(run);
    return commands.flatMap((command): Place[] => {
      const [kept] =
        writtenBy(command, commands, secrets).find((paths) => paths.every((path) => isKept(path, command, run))) ?? [];
      if (kept === undefined) return [];
      const message = {
        en: `A mounted secret goes into ${kept}, which stays in the layer.`,
        zh: `挂载的机密被写入 ${kept}，会留在镜像层中。`,
      };
      return [{ span: command.span, value: kept, message }];
    });
  });
  // What sudo or env is handed is there twice.
  return found.filter(
    ({ span }, index) =>
      !found.slice(0, index).some(({ span: other }) => other.start <= span.start && other.end >= span.end),
  );
}

/** The files into which a command brings the content of a secret; of each every path that it may have. */
function writtenBy(command: ShellCommand, all: readonly ShellCommand[], secrets: MountedSecrets): string[][] {
  const { program, words, redirects } = command;
  if (/^(?:cp|install|rsync|mv)$/.test(program)) return copiesOf(words.slice(1), secrets);
  const settings = settingsOf(command);
  if (settings !== undefined) return words.some((word) => carries(word, secrets)) ? [[settings]] : [];
  const isInPlace = program === 'sed' && words.some(({ text }) => /^-[nErsuz]*i|^--in-place/.test(text));
  const isWritten = isInPlace ? words.some((word) => carries(word, secrets)) : prints(command, all, secrets);
  if (!isWritten) return [];
  const output = redirects
    .filter(({ operator }) => /^(?:1|&)?>{1,2}[|&]?$/.test(operator))
    .map(({ target }) => target.text);
  const operands = isInPlace || /^(?:tee|sponge|dd)$/.test(program) ? filesOfArguments(command) : [];
  return [...output, ...operands].map((path) => [path]);
}

function filesOfArguments(command: ShellCommand): string[] {
  return filesOfCommand({ ...command, redirects: [] }).map(({ path }) => path);
}

/** A destination that may be a folder or a file has both paths. */
function copiesOf(words: readonly ShellWord[], secrets: MountedSecrets): string[][] {
  const texts = words.map(({ text }) => text);
  const option = texts.findIndex((text) => /^(?:-t|--target-directory)$/.test(text));
  const named = option < 0 ? undefined : texts[option + 1];
  const operands = texts.filter((text) => !text.startsWith('-'));
  const target = named ?? operands.at(-1);
  if (target === undefined || target === '') return [];
  return operands
    .filter((text) => text !== target && isSecretFile(text, secrets))
    .map((text) => {
      const folder = target.replace(/\/+$/, '');
      const inside = folder === '.' ? fileName(text) : `${folder}/${fileName(text)}`;
      const isFolder = named !== undefined || /(?:\/|^\.{1,2})$/.test(target);
      return isFolder ? [inside] : [target, inside];
    });
}

const passesOn =
  /^(?:cat|tac|head|tail|tee|sponge|dd|tr|cut|sed|awk|gawk|grep|sort|base64|base32|xxd|jq|yq|envsubst|gunzip|zcat|gzip|rev|fold|dos2unix|strings)$/;

/** Whether what a command prints is a secret: it reads the file, is given its content, or gets it from its pipe. */
function prints(command: ShellCommand, all: readonly ShellCommand[], secrets: MountedSecrets): boolean {
  const { program, words, redirects, pipeline, place } = command;
  if (/^(?:echo|printf)$/.test(program)) return words.some((word) => carries(word, secrets));
  if (!passesOn.test(program)) return false;
  if (readsFile(command, secrets) || words.some((word) => carries(word, secrets))) return true;
  const documents = redirects.filter(({ operator, target }) => operator.startsWith('<<') && !target.quoted);
  if (documents.some(({ body, target }) => carries({ text: body ?? target.text, literal: false }, secrets)))
    return true;
  const before = place > 0 ? all.find((other) => other.pipeline === pipeline && other.place === place - 1) : undefined;
  return before !== undefined && prints(before, all, secrets);
}

/** The file in which a command of a tool saves its settings. */
function settingsOf({ program, words }: ShellCommand): string | undefined {
  const [first, second] = words.slice(1).map(({ text }) => text);
  switch (program) {
    case 'git':
      return first === 'config' && !words.some(({ text }) => text.startsWith('--unset')) ? '~/.gitconfig' : undefined;
    case 'npm':
    case 'pnpm':
      return (first === 'config' && second === 'set') || first === 'set' ? '~/.npmrc' : undefined;
    case 'yarn':
      return first === 'config' && second === 'set' ? '~/.yarnrc' : undefined;
    case 'pip':
    case 'pip3':
      return first === 'config' && words.some(({ text }) => text === 'set') ? '~/.config/pip/pip.conf' : undefined;
    case 'dotnet':
      return first === 'nuget' && second === 'add' ? '~/.nuget/NuGet/NuGet.Config' : undefined;
    case 'composer':
      return first === 'config' ? '~/.composer/auth.json' : undefined;
    default:
      return undefined;
  }
}

function isKept(path: string, command: ShellCommand, run: RunInstruction): boolean {
  const full = inHome(path);
  if (
    isCertificate(path) ||
    /^(?:\/dev|\/proc|\/sys)\/|^&?\d$/.test(path) ||
    isMounted(run, [full]) ||
    isBound(run, full)
  )
    return false;
  return !commandsOf(run).some((other) => {
    const isLater = other.span.start >= command.span.end || other.program === 'trap';
    return isLater && (undoes(other, command) || removes(other, path, full));
  });
}

/** Certificates of an own authority are no secret, though they are often handed over as one. */
function isCertificate(path: string): boolean {
  return /\/(?:ca-certificates|ca-trust|trust\/anchors|ssl\/certs)(?:\/|$)|\/cacerts$/.test(path);
}

/** What is written into a bind mount is thrown away. */
function isBound({ mounts }: RunInstruction, path: string): boolean {
  return mounts.some(
    ({ type, target }) =>
      type === 'bind' && target !== undefined && `${path}/`.startsWith(`${target.replace(/\/$/, '')}/`),
  );
}

function removes(other: ShellCommand, path: string, full: string): boolean {
  const [, ...words] = other.words.map(({ text }) => text);
  switch (other.program) {
    case 'trap':
      return words[0]?.includes(path) ?? false;
    case 'rm':
    case 'unlink':
      return words.some((word) => isAbove(inHome(word), path) || isAbove(inHome(word), full));
    case 'shred':
      return words.some((word) => /^-\w*u|^--remove/.test(word)) && words.includes(path);
    case 'find':
      return words.includes('-delete') && isAbove(words[0] ?? '', full);
    default:
      return empties(other, []);
  }
}

/** Whether deleting the one deletes the other: the same, a folder above it, a pattern, or the same name after a cd. */
function isAbove(removed: string, path: string): boolean {
  const folder = removed.replace(/^\.\//, '').replace(/\/+$/, '');
  if (folder === '' || folder.startsWith('-')) return removed.startsWith('/');
  if (folder.endsWith('*')) return path.startsWith(folder.slice(0, -1));
  return path === folder || path.startsWith(`${folder}/`) || path.endsWith(`/${folder}`) || folder.endsWith(`/${path}`);
}

function inHome(path: string): string {
  return path.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, '/root');
}

/** `git config --unset`, `npm config delete`: the setting is taken back. */
function undoes(other: ShellCommand, command: ShellCommand): boolean {
  return (
    settingsOf(command) !== undefined &&
    other.program === command.program &&
    other.words.some(({ text }) => /^(?:--unset(?:-all)?|--remove-section|unset|delete|remove|rm)$/.test(text))
  );
}
