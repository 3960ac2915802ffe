import { defineControl } from '../../model/control.ts';
import { evidenceOf, known, type Evidence } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import { byHand } from '../../model/remedy.ts';
import { type BuildArgument, readStep, type StepInstruction } from '../../model/image-step.ts';
import { remembered } from '../../model/remembered.ts';
import type { ShellScript } from '../../model/shell.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { secretsInArguments } from '../container/secret-arguments.ts';
import { secretRule } from '../container/secret-rules.ts';
import { secretsOfProgram } from '../dockerfile/secret-commands.ts';
import { isStandIn, ruleOf, secretsOfCommand } from '../dockerfile/secret-words.ts';
import { type OriginatedStep, stepsOf, toldHistory } from './history.ts';
import { inspected, stepEvidence } from './names-of-image.ts';
import { type FoundInConfiguration, scannedSecrets } from './scanned-secrets.ts';
import { pairsOf } from './step-pairs.ts';

export const imageNoSecrets = defineControl({
  id: 'image-no-secrets',
  subject: 'image',
  severity: 'critical',
  title: {
    en: "No secret stands in an image's variables, labels or history",
    zh: '镜像的变量、标签与历史记录中不含机密',
  },
  why: {
    en: 'Whoever can pull the image can read them, on every machine that has it, for as long as anybody keeps a copy. A later step that unsets a variable takes nothing out of the history.',
    zh: '凡能拉取镜像的人都能读到，只要有人保留副本就一直有效；后续步骤清除变量也不会将其从历史记录中抹去。',
  },
  how: {
    en: 'Looks for values with the form of a token, a key or a URL with a password, and for values whose name says that they are secrets, in variables, labels, the command and the health check, and in build arguments and commands of the history. Where the image was opened, with all rules of a scan. Names of files alone prove nothing. Only names and rules are reported, never values.',
    zh: '在变量、标签、启动命令、健康检查以及历史记录的构建参数与命令中，查找具有令牌、密钥或含密码 URL 格式的值，以及名称表明是机密的值。若已打开镜像，则使用扫描的全部规则。仅凭文件名不作判断。只报告名称和规则，绝不输出值。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    aliases: ['image-credential-files', 'CIS-DI-0010'],
    links: ['https://docs.docker.com/build/building/secrets/'],
  },
  counterexample: {
    history: known(
      [{ createdBy: 'ARG DB_PASSWORD=changeme', size: 0, tags: [] }],
      'engine-api',
      'GET /images/ID/history',
    ),
  },

  judge(image) {
    const told = distinct([...inConfiguration(image), ...stepsOf(image).flatMap(inStep)]);
    const all = [...told, ...scannedSecrets(image.contents, told)];
    const [first] = all;
    if (first) {
      const list = listed(all.map(({ words }) => words));
      return fail(
        { en: `Secrets can be read in: ${list.en}.`, zh: `以下位置可读到机密：${list.zh}。` },
        all.map(({ evidence }) => evidence),
        first.field,
      );
    }
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    return pass({ en: 'Nothing in it looks like a secret.', zh: '未发现疑似机密的内容。' }, [
      inspected(
        'Config.Env',
        image.configuration.environment.map(({ name }) => name),
      ),
      evidenceOf(history, history.value.length),
    ]);
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the secret, as it has to be taken for known. Build the image again with a secret mount, hand the container its secret as a file when it starts, and remove the old image from every registry.',
        zh: '该机密应视为已泄露，请先更换。使用机密挂载重新构建镜像，容器所需的机密在启动时以文件传入，并从所有镜像仓库删除旧镜像。',
      },
      ['docker build --secret id=token,src=token.txt .'],
      'rebuild',
    );
  },
});

function inConfiguration({ configuration }: ImageFacts): FoundInConfiguration[] {
  const { environment, labels, entrypoint, command, healthCheck } = configuration;
  const variables = environment.map(({ name, value }) => ({ name, rule: imageRule(name, value.reveal()) }));
  const labelled = Object.entries(labels).map(([name, value]) => ({ name, rule: secretRule(name, value) }));
  const words = [
    ...secretsInArguments(entrypoint, 'Entrypoint'),
    ...secretsInArguments(command, 'Cmd'),
    ...secretsInArguments(healthCheck?.test ?? [], 'Healthcheck.Test'),
  ];
  return [
    ...variables.flatMap(({ name, rule }) =>
      found('variable', '变量', name, rule, inspected('Config.Env', `${name} (${rule})`), 'configuration.environment'),
    ),
    ...labelled.flatMap(({ name, rule }) =>
      found('label', '标签', name, rule, inspected('Config.Labels', `${name} (${rule})`), 'configuration.labels'),
    ),
    ...words.flatMap(({ field, name, rule }) =>
      found('argument', '参数', name, rule, inspected(`Config.${field}`, `${name} (${rule})`), fieldOf(field)),
    ),
    ...configuration.onBuild.flatMap((text, index) =>
      inText(readStep(text)).flatMap(({ name, rule }) =>
        found(
          'trigger',
          '触发指令',
          name,
          rule,
          inspected(`Config.OnBuild[${index}]`, `${name} (${rule})`),
          'configuration.onBuild',
        ),
      ),
    ),
  ];
}

function fieldOf(place: string): string {
  if (place.startsWith('Healthcheck')) return 'configuration.healthCheck';
  return place.startsWith('Entrypoint') ? 'configuration.entrypoint' : 'configuration.command';
}

/** What an image declares to be set by whoever starts it is often filled with a word that says so. */
function imageRule(name: string, value: string): string | undefined {
  return isStandIn(value) ? undefined : secretRule(name, value);
}

/** Images share steps, and those their scripts. */
const secretsIn = remembered(({ commands }: ShellScript) =>
  commands.flatMap((command) => [...secretsOfCommand(command), ...secretsOfProgram(command, commands)]),
);

function inStep({ index, step, instruction }: OriginatedStep): FoundInConfiguration[] {
  const { keyword, text } = instruction;
  const named = step.script
    ? [...inPairs(instruction.buildArguments), ...secretsIn(step.script)]
    : inText(keyword === 'onbuild' ? readStep(text) : instruction);
  const number = index + 1;
  return named.map(({ name, rule }) => ({
    words: { en: `step ${number} (${name})`, zh: `第 ${number} 步（${name}）` },
    name,
    evidence: stepEvidence(index, `${name} (${rule})`),
    field: 'history',
  }));
}

interface NamedRule {
  readonly name: string;
  readonly rule: string;
}

function inPairs(pairs: readonly BuildArgument[]): NamedRule[] {
  return pairs.flatMap(({ name, value }) => {
    const rule = ruleOf(name, value);
    return rule === undefined ? [] : [{ name, rule }];
  });
}

/** In an instruction of which no shell of the POSIX family was read: it may be a command that a later one took the place of. */
function inText({ keyword, text, buildArguments }: StepInstruction): NamedRule[] {
  if (keyword === 'env' || keyword === 'arg' || keyword === 'label') return inPairs(pairsOf(text));
  // Builders write a list as `["web" "--verbose"]`, with commas or without.
  const words = text.includes('["')
    ? [...text.matchAll(/"((?:[^"\\]|\\.)*)"?/gs)].map(([, word = '']) => word)
    : [text];
  const written = secretsInArguments(words, 'argument').map(({ field, name, rule }) => ({
    name: name === field ? 'argument' : name,
    rule,
  }));
  return [...inPairs(buildArguments), ...written];
}

function found(
  en: string,
  zh: string,
  name: string,
  rule: string | undefined,
  evidence: Evidence,
  field: string,
): FoundInConfiguration[] {
  return rule === undefined ? [] : [{ words: { en: `${en} ${name}`, zh: `${zh} ${name}` }, name, evidence, field }];
}

/** A variable stands in the configuration, in its step and in every RUN behind it: the first place is enough. */
function distinct(all: readonly FoundInConfiguration[]): FoundInConfiguration[] {
  const places = Map.groupBy(all, ({ name, evidence }) => (nameless.test(name) ? evidence.path : name));
  return [...places.values()].flatMap((same) => same.slice(0, 1));
}

/** What stands for a name where there is none: two of them are two secrets. */
const nameless = /^(?:argument|line|login|password|-\w)$/;
