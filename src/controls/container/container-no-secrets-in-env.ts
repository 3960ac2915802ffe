import { type ContainerSpec, configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { Secret } from '../../model/secret.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { type NamedSecret, secretsInArguments } from './secret-arguments.ts';
import { secretRule } from './secret-rules.ts';

export const containerNoSecretsInEnv = defineControl({
  id: 'container-no-secrets-in-env',
  subject: 'container',
  severity: 'high',
  title: {
    en: 'No secret stands in the environment, the command or the labels',
    zh: '环境变量、启动命令与标签中不含机密',
  },
  why: {
    en: 'These are shown to everybody who may inspect the container, are inherited by every process in it, and end up in crash reports, process lists and logs.',
    zh: '凡能查看该容器的人都看得到这些内容；它们会被容器内的所有进程继承，还会出现在崩溃报告、进程列表和日志中。',
  },
  how: {
    en: 'Fails when a value has the form of a known token, a private key or a URL with a password, or when its name says that it is a secret and its value is neither empty nor a path, a switch, a number or a placeholder. Only names and rules are reported, never values. A well-known default such as changeme is a password in force and fails too.',
    zh: '值符合已知令牌、私钥或含密码的 URL 的格式，或名称表明是机密且值不是空、路径、开关、数字或占位符时，判为未通过。只报告名称和规则，绝不输出值。changeme 之类众所周知的默认口令同样是生效的口令，也判为未通过。',
  },
  references: {
    cisDocker: ['4.10'],
    cisKubernetes: ['5.4.1'],
    nist800190: ['4.1.4'],
    aliases: ['k8s-secret-in-env-value', 'C-0012', 'kube-linter:env-var-secret'],
    links: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
  },
  counterexample: { environment: [{ name: 'DB_PASSWORD', value: new Secret('changeme') }] },

  judge(container) {
    const found = secretsOf(container);
    const [first] = found;
    if (first) {
      const list = listed(found.map(({ words }) => words));
      return fail(
        { en: `Secrets can be read in: ${list.en}.`, zh: `以下位置可读到机密：${list.zh}。` },
        found.map(({ field, name, rule }) => configured(container, field, { name, rule })),
        first.field,
      );
    }
    return pass(
      {
        en: 'Its environment, command and labels hold nothing that looks like a secret.',
        zh: '环境变量、启动命令与标签中未发现疑似机密的内容。',
      },
      configured(
        container,
        'environment',
        container.environment.map(({ name }) => name),
      ),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the secret with a new one, as this one has been seen, and hand it over as a file: a secret of Compose, Swarm or Kubernetes mounted below /run/secrets, with its path in a variable such as DB_PASSWORD_FILE.',
        zh: '该机密已经暴露，应先更换；新的机密以文件形式传入：使用 Compose、Swarm 或 Kubernetes 的 secret 挂载到 /run/secrets 下，并用 DB_PASSWORD_FILE 之类的变量给出路径。',
      },
      [],
      'recreate',
    );
  },
});

interface FoundSecret extends NamedSecret {
  readonly words: Text;
}

function secretsOf({ environment, entrypoint, command, healthCheck, labels }: ContainerSpec): FoundSecret[] {
  const variables = environment.map(({ name, value }, index) => ({
    field: `environment[${index}]`,
    name,
    rule: secretRule(name, value.reveal()),
  }));
  const labelled = Object.entries(labels).map(([name, value]) => ({
    field: `labels["${name}"]`,
    name,
    rule: secretRule(name, value),
  }));
  const words = [
    ...secretsInArguments(entrypoint, 'entrypoint'),
    ...secretsInArguments(command, 'command'),
    ...secretsInArguments(healthCheck?.test ?? [], 'healthCheck.test'),
  ];
  return [
    ...variables.flatMap((each) => foundSecret(each, { en: 'variable', zh: '变量' })),
    ...words.flatMap((each) => foundSecret(each, { en: 'argument', zh: '参数' })),
    ...labelled.flatMap((each) => foundSecret(each, { en: 'label', zh: '标签' })),
  ];
}

function foundSecret(
  { field, name, rule }: Omit<NamedSecret, 'rule'> & { readonly rule: string | undefined },
  kind: Text,
): FoundSecret[] {
  if (rule === undefined) return [];
  return [{ field, name, rule, words: { en: `${kind.en} ${name}`, zh: `${kind.zh} ${name}` } }];
}
