import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { commandsOf, runCommands } from './run-commands.ts';
import { isPrivateSshKey } from './ssh-key-files.ts';
import { fileName, filesOfCommand, filesOfCopy, type WrittenFile } from './written-files.ts';

export const dockerfileNoSshPrivateKey = defineControl({
  id: 'dockerfile-no-ssh-private-key',
  subject: 'dockerfile',
  severity: 'critical',
  title: { en: 'No private SSH key goes into a layer', zh: '任何镜像层都不含 SSH 私钥' },
  why: {
    en: 'A layer keeps every file that was ever written to it, and everybody who can pull the image or read the build cache can take the key out, even when a later step removes it.',
    zh: '镜像层会保留写入过的所有文件，能拉取镜像或读取构建缓存的人都可以取出私钥，即使后续步骤已将其删除。',
  },
  how: {
    en: 'Looks in all stages for COPY and ADD whose sources or destination have the name of a private key or are a .ssh folder, for commands that write such a file and do not remove it in the same RUN, for ssh-keygen making a key, and for the text of a key. Public keys, known_hosts and client settings pass, and so do --mount=type=ssh and type=secret.',
    zh: '检查所有阶段：来源或目标为私钥文件名或 .ssh 目录的 COPY 与 ADD、写入此类文件且未在同一 RUN 中删除的命令、用 ssh-keygen 生成密钥，以及直接写出的私钥内容。公钥、known_hosts 和客户端配置不算，--mount=type=ssh 与 type=secret 也不算。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    links: ['https://docs.docker.com/build/building/secrets/#ssh-mounts'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY id_rsa /root/.ssh/id_rsa\n',
    good: 'FROM debian:13\nRUN --mount=type=ssh git clone git@git.example:shop/web.git\n',
  },

  judge({ instructions, locate, text }) {
    const copied = instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) => {
      const { sources, heredocs } = copy;
      const source = sources.find((each) => isPrivateSshKey(each.value ?? each.text));
      if (source) return [{ path: fileName(source.text), span: source.span }];
      const target = filesOfCopy(copy).find(({ path }) => isPrivateSshKey(path) && !/\.ssh\/?$/.test(path));
      if (target && !sources.every((each) => isPublicPart(each.value ?? each.text))) return [target];
      return heredocs.filter(({ content }) => isKeyText(content)).map(({ name, span }) => ({ path: name, span }));
    });
    const run = runCommands(instructions).flatMap(({ run: instruction, command }) => {
      const found = writtenKey(command, text);
      return found && !isRemoved(found, commandsOf(instruction)) ? [found] : [];
    });
    const failures = distinct([...copied, ...run]).map(({ path, span }) =>
      failAt(
        { en: 'It puts a private SSH key into a layer.', zh: '把 SSH 私钥写入了镜像层。' },
        locate(span),
        path,
        span,
      ),
    );
    return failures.length > 0
      ? failures
      : pass({ en: 'No private SSH key is copied or written.', zh: '没有复制或写入 SSH 私钥。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the key, as it has to be taken for known, and lend the agent to the one step that needs it.',
        zh: '该私钥应视为已泄露，请先更换；然后只在需要的那一步通过 SSH 挂载借用 ssh-agent。',
      },
      ['RUN --mount=type=ssh git clone git@git.example:shop/web.git', 'docker build --ssh default .'],
      'rebuild',
    );
  },
});

/** The key that a command writes: by its file's name, by making one, or by its text. */
function writtenKey(command: ShellCommand, text: string): WrittenFile | undefined {
  const { program, words, redirects, span } = command;
  const written = filesOfCommand(command).find(({ path }) => isPrivateSshKey(path) && !/\.ssh\/?$/.test(path));
  if (written && !isCopyOfPublicParts(command)) return written;
  if (program === 'ssh-keygen') return generatedKey(command);
  const bodies = redirects.flatMap(({ body, target }) => (body === undefined ? [] : [{ body, at: target.span }]));
  const body = bodies.find((each) => isKeyText(each.body));
  if (body) return { path: fileName(text.slice(body.at.start, body.at.end)), span: body.at };
  const word = words.find((each) => isKeyText(each.text));
  return word ? { path: program, span: word.span ?? span } : undefined;
}

function isCopyOfPublicParts({ program, words: [, ...words] }: ShellCommand): boolean {
  const sources = words.filter(({ text }) => !text.startsWith('-')).slice(0, -1);
  return (
    /^(?:cp|mv|install|ln|rsync)$/.test(program) &&
    sources.length > 0 &&
    sources.every(({ text }) => isPublicPart(text))
  );
}

function isPublicPart(path: string): boolean {
  return /\.pub$|^(?:known_hosts|config|authorized_keys)$/.test(fileName(path));
}

function generatedKey({ words, span }: ShellCommand): WrittenFile | undefined {
  const options = words.slice(1).map(({ text }) => text);
  const isOther = options.some((text) => /^-(?:[RFHyleipLBDIkQsUVYZ]|[a-z]*[lyeip]$)/.test(text));
  if (isOther || options.includes('--help')) return undefined;
  const file = words[words.findIndex(({ text }) => /^-[a-zA-Z]*f$/.test(text)) + 1];
  return file && file !== words[0] ? { path: file.text, span: file.span } : { path: 'ssh-keygen', span };
}

/** Within one RUN nothing stays of what is removed again. */
function isRemoved({ path, span }: WrittenFile, commands: readonly ShellCommand[]): boolean {
  return commands.some(
    (command) =>
      /^(?:rm|shred|unlink)$/.test(command.program) &&
      command.span.start > span.end &&
      command.words.slice(1).some((word) => {
        const removed = word.text.replace(/\/?\*?$/, '');
        return removed !== '' && (path === removed || path.startsWith(`${removed}/`));
      }),
  );
}

function isKeyText(text: string): boolean {
  // Checks such as `grep -q "BEGIN RSA PRIVATE KEY"` name the line; a key follows it.
  return /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/]{16}/.test(text);
}

function distinct(files: readonly WrittenFile[]): WrittenFile[] {
  const seen = new Set<string>();
  return files.filter(({ span }) => {
    const key = keyOf(span);
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}
