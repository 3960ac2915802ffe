import { defineControl } from '../../model/control.ts';
import {
  type CopyInstruction,
  type Dockerfile,
  instructionsOf,
  type PairsInstruction,
  type Stage,
} from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { commandsOf } from './run-commands.ts';
import { secretsOfProgram, storesLogin } from './secret-commands.ts';
import { isSecretFile } from './secret-files.ts';
import { isStandIn, namesSecret, phraseRule, ruleOf, secretsOfCommand, secretsOfLines } from './secret-words.ts';
import { fileName, filesOfCopy, normalised } from './written-files.ts';

interface Finding {
  readonly span: Span;
  /** A name and a rule: never the secret. */
  readonly value: string;
  readonly message: Text;
}

export const dockerfileNoSecrets = defineControl({
  id: 'dockerfile-no-secrets',
  subject: 'dockerfile',
  severity: 'critical',
  title: { en: 'No secret goes into the build', zh: '构建中不含机密' },
  why: {
    en: 'Variables, arguments and files of a build stay in the image, its history or the build cache, for everybody who can pull it or read the Dockerfile. Removing them in a later step takes nothing away.',
    zh: '构建中的变量、参数和文件会留在镜像、其历史记录或构建缓存中，凡能拉取镜像或读到 Dockerfile 的人都能看到；在后续步骤中删除也无济于事。',
  },
  how: {
    en: 'Looks in all stages for values with the form of a token, a key or a URL with a password, and for values whose name says that they are secrets, in ENV, ARG, LABEL, RUN, CMD, ENTRYPOINT, HEALTHCHECK and here-documents; for ARG named like a secret, whose value the history keeps; and for COPY and ADD of files that keep secrets by their name. Variables, placeholders and secret mounts pass. Only names and rules are reported.',
    zh: '在所有阶段的 ENV、ARG、LABEL、RUN、CMD、ENTRYPOINT、HEALTHCHECK 与 here-document 中，查找具有令牌、密钥或含密码 URL 格式的值，以及名称表明是机密的值；名称像机密的 ARG（其值会留在历史记录中）；以及复制按文件名判断存有机密的文件的 COPY、ADD。变量、占位符和机密挂载不算。只报告名称和规则。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    aliases: ['dockerfile-sensitive-arg-env', 'DL3064', 'DS-0031'],
    links: ['https://docs.docker.com/build/building/secrets/'],
  },
  counterexample: {
    bad: 'FROM debian:13\nENV DB_PASSWORD=changeme\n',
    good: 'FROM debian:13\nRUN --mount=type=secret,id=db_password cat /run/secrets/db_password >/dev/null\n',
  },

  judge(file) {
    const found = innermost([
      ...instructionsOf(file.instructions, ['env', 'arg', 'label'], { onbuild: true }).flatMap(inPairs),
      ...inCommands(file),
      ...instructionsOf(file.instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) => inCopy(copy, file)),
      ...file.stages.flatMap(copiedCredentials),
    ]);
    return found.length > 0
      ? found.map(({ message, span, value }) => failAt(message, file.locate(span), value, span))
      : pass({ en: 'Nothing in it looks like a secret.', zh: '未发现疑似机密的内容。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the secret, as it has to be taken for known. What the build needs comes in as a secret mount; what the container needs is handed over when it starts.',
        zh: '该机密应视为已泄露，请先更换。构建所需的机密通过机密挂载传入；容器运行所需的在启动时提供。',
      },
      ['RUN --mount=type=secret,id=token,env=TOKEN ./fetch', 'docker build --secret id=token,src=token.txt .'],
      'rebuild',
    );
  },
});

function inPairs({ keyword, pairs }: PairsInstruction): Finding[] {
  return pairs.flatMap(({ name: { text: name }, value, span }) => {
    const known = value?.value ?? value?.text ?? '';
    const rule = ruleOf(name, known);
    if (rule !== undefined) return [secret(name, rule, span)];
    // A build argument is there to be given a value; so is a variable that takes over one.
    const isOpen =
      keyword === 'arg' ? isStandIn(known) : keyword === 'env' && value?.variable === true && value.value === undefined;
    if (!isOpen || !namesSecret(name)) return [];
    const message = { en: `The value of ${name} is kept in the image.`, zh: `${name} 的值会保留在镜像中。` };
    return [{ span, value: `${name} (name)`, message }];
  });
}

function inCommands({ instructions }: Dockerfile): Finding[] {
  return instructionsOf(instructions, ['run', 'cmd', 'entrypoint', 'healthcheck'], { onbuild: true }).flatMap(
    (each) => {
      const commands = commandsOf(each);
      const hasMount = each.keyword === 'run' && each.mounts.some(({ type }) => type === 'secret');
      return commands.flatMap((command) => {
        const found = [...secretsOfCommand(command), ...secretsOfProgram(command, commands)];
        const all = found.map(({ name, rule, span }) => secret(name, rule, span));
        if (all.length > 0 || hasMount || each.keyword !== 'run' || !storesLogin(command)) return all;
        const message = {
          en: `${command.program} leaves its login in the layer.`,
          zh: `${command.program} 会把登录凭据留在镜像层中。`,
        };
        return [{ span: command.span, value: command.program, message }];
      });
    },
  );
}

function inCopy(copy: CopyInstruction, { text }: Dockerfile): Finding[] {
  const { sources, heredocs, span } = copy;
  const documents = heredocs.flatMap(({ content, span: place }) =>
    secretsOfLines(content).map(({ name, rule, line }) => {
      const written = (content.split('\n')[line] ?? '').trim();
      const start = text.indexOf(written, span.start);
      const isFound = written !== '' && start >= 0 && start < span.end;
      return secret(name, rule, isFound ? { start, end: start + written.length } : place);
    }),
  );
  const urls = sources.flatMap((source) => {
    const rule = phraseRule(source.value ?? source.text);
    return rule === undefined ? [] : [secret('URL', rule, source.span)];
  });
  return [...documents, ...urls, ...secretFiles(copy)];
}

function secretFiles(copy: CopyInstruction): Finding[] {
  const { sources, destination } = copy;
  const named = sources.filter(({ text, value }) => isSecretFile(value ?? text));
  if (named.length > 0) return named.map(({ text, span }) => secretFile(fileName(text), span));
  const variable = /^\$\{?(?:GOOGLE_APPLICATION_CREDENTIALS|AWS_CONFIG_FILE|HF_TOKEN_PATH|KUBECONFIG)\}?$/;
  if (destination && variable.test(destination.text)) return [secretFile(destination.text, destination.span)];
  const isSample =
    sources.length === 0 ||
    sources.some(({ text }) => /example|sample|template|dist|default|test/i.test(fileName(text)));
  const target = filesOfCopy(copy).find(({ path }) => isSecretFile(path));
  return target && !isSample ? [secretFile(fileName(target.path), target.span)] : [];
}

/** `ENV GOOGLE_APPLICATION_CREDENTIALS=/app/key.json` below a folder that was copied: the key came with it. */
function copiedCredentials({ instructions }: Stage): Finding[] {
  const targets = instructionsOf(instructions, ['copy', 'add']).flatMap(({ destination }) =>
    destination ? [`/${normalised(destination.value ?? destination.text)}`.replace('//', '/')] : [],
  );
  return instructionsOf(instructions, ['env', 'arg']).flatMap(({ pairs }) =>
    pairs.flatMap(({ name, value, span }) => {
      if (!/^(?:GOOGLE_APPLICATION_CREDENTIALS|HF_TOKEN_PATH)$/.test(name.text) || !value) return [];
      const path = `/${normalised(value.value ?? value.text)}`.replace('//', '/');
      return targets.some((target) => target !== '/' && (path === target || path.startsWith(`${target}/`)))
        ? [secretFile(fileName(path), span)]
        : [];
    }),
  );
}

function secret(name: string, rule: string, span: Span): Finding {
  return {
    span,
    value: `${name} (${rule})`,
    message: { en: `A secret is written here: ${name} (${rule}).`, zh: `此处写有机密：${name}（${rule}）。` },
  };
}

function secretFile(name: string, span: Span): Finding {
  return {
    span,
    value: name,
    message: { en: `${name} is a file that keeps secrets.`, zh: `${name} 是存放机密的文件。` },
  };
}

/** What one command hands on to another is found in both: the smaller stretch says where. */
function innermost(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ span }, index) =>
      !findings.some(({ span: other }, at) => {
        const isInside = other.start >= span.start && other.end <= span.end;
        const isSame = other.start === span.start && other.end === span.end;
        return isInside && (isSame ? at < index : true) && at !== index;
      }),
  );
}
