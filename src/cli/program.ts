import { Command, InvalidArgumentError } from 'commander';
import { levels } from '../model/control.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import { severities } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import { formats } from '../report/formats.ts';
import { fileKinds } from '../sources/files/kinds.ts';
import { addAdvisoryOptions } from './advisory-options.ts';
import type { AuditOptions } from './audit.ts';
import type { CheckOptions } from './check.ts';
import { convertedDialects } from './converted-dialects.ts';
import type { ControlsOptions } from './controls.ts';
import type { ExplainOptions } from './explain.ts';
import { feedsCommand } from './feeds-command.ts';
import { fixCommand } from './fix-command.ts';
import { localised } from './localised.ts';
import {
  addConfigurationOption,
  addEngineOptions,
  addLanguageOption,
  addPolicyOptions,
  addSharedOptions,
  addVexOption,
  collect,
  oneOf,
} from './options.ts';
import { scanCommand } from './scan-command.ts';
import { version } from './version.ts';

const texts = {
  plimsoll: {
    en: 'The load line for containers: audits a Docker host and its containers, looks inside images, checks files before they ship, says what is wrong and how to mend it.',
    zh: '容器的载重线：审计 Docker 主机及其容器，查看镜像内部，在交付前检查文件，指出问题所在以及修复方法。',
  },
  audit: { en: 'audit this machine, its container engine and its containers', zh: '审计本机、容器引擎及其容器' },
  check: {
    en: 'check Dockerfiles, Compose files, Kubernetes manifests and docker run commands',
    zh: '检查 Dockerfile、Compose 文件、Kubernetes 清单和 docker run 命令',
  },
  paths: {
    en: 'files and folders; - is standard input (default: this folder)',
    zh: '文件和文件夹；- 为标准输入（默认：当前文件夹）',
  },
  kind: { en: 'what the files are, whatever they look like', zh: '文件类型，不按内容识别' },
  target: {
    en: 'the stage of a Dockerfile to judge (default: the last)',
    zh: '要判断的 Dockerfile 构建阶段（默认：最后一个）',
  },
  buildArgument: { en: 'value of a build argument; may be repeated', zh: '构建参数的值，可重复' },
  together: {
    en: 'merge the Compose files in this order, as docker compose -f does',
    zh: '按此顺序合并各 Compose 文件，同 docker compose -f',
  },
  profile: { en: 'only Compose services of these profiles', zh: '仅判断这些 profile 的 Compose 服务' },
  kubernetesVersion: {
    en: 'the version that manifests are written for, such as 1.31 (default: the newest)',
    zh: '清单所针对的 Kubernetes 版本，如 1.31（默认：最新版）',
  },
  exclude: {
    en: 'leave these files out of folders: patterns as in .gitignore; may be repeated',
    zh: '在文件夹中跳过这些文件：写法同 .gitignore，可重复',
  },
  fix: {
    en: 'mend in the files what a program can mend, each fix proven by judging again',
    zh: '直接修复文件中可自动修复的问题，每项修复都会重新判断以验证',
  },
  dryRun: {
    en: 'with --fix: print the changes as a patch and write nothing',
    zh: '配合 --fix：仅以补丁形式输出改动，不写入',
  },
  convert: { en: 'print the hardened containers in another dialect', zh: '以另一种写法输出加固后的容器' },
  stdin: { en: 'read standard input', zh: '读取标准输入' },
  stdinFilename: { en: 'the name that standard input is known by', zh: '标准输入在报告中的文件名' },
  controls: { en: 'list the controls', zh: '列出检查项' },
  explain: {
    en: 'explain a control: why, how it is judged, how to fix it; with --in, why a vulnerability is in a target',
    zh: '解释检查项：原因、判断方式与修复方法；配合 --in 解释目标为何含有某漏洞',
  },
  format: { en: 'form of the report', zh: '报告格式' },
  summary: { en: 'one screen instead of the whole report', zh: '仅显示一屏摘要' },
  diff: {
    en: 'say what is new, fixed and no longer readable since this report, saved as JSON',
    zh: '与此前以 JSON 保存的报告比较：新出现、已修复、不再可读',
  },
  failOnNew: { en: 'with --diff: exit with 1 when something new fails', zh: '配合 --diff：有新的未通过项时以 1 退出' },
  root: {
    en: 'audit the file systems of a host that are mounted or copied here; no engine is asked',
    zh: '审计挂载或复制到此处的主机文件系统；不查询引擎',
  },
  explainBaseline: { en: 'print what is in a baseline, and judge nothing', zh: '列出基线的内容，不作判断' },
  selectors: { en: 'ids, globs or aliases', zh: 'id、通配符或别名' },
  selector: {
    en: 'an id, a glob or an alias such as 5.4; with --in a vulnerability such as CVE-2024-3094',
    zh: 'id、通配符或别名（如 5.4）；配合 --in 时为漏洞，如 CVE-2024-3094',
  },
  in: {
    en: 'a target as plimsoll scan takes it: say which of its packages have the vulnerability, and why',
    zh: 'plimsoll scan 的目标：说明其中哪些软件包含有该漏洞及原因',
  },
  level: { en: 'only this level', zh: '仅该层级' },
  severity: { en: 'only controls at least this severe', zh: '仅不低于该严重程度的检查项' },
  baseline: { en: 'only controls in this baseline', zh: '仅该基线中的检查项' },
  version: { en: 'print the version', zh: '显示版本' },
  exit: {
    en: 'Exit codes: 0 clean or below the threshold, 1 failures at or above --fail-on, 2 wrong usage or unreadable input, 3 something could not be read (with --strict).',
    zh: '退出码：0 无问题或低于阈值；1 存在不低于 --fail-on 的未通过项；2 用法错误或输入无法读取；3 有内容无法读取（配合 --strict）。',
  },
} satisfies Record<string, Text>;

/** The verbs and their options. Each verb is loaded only when it runs; `exit` is told its exit code. */
export function buildProgram(language: Language, exit: (code: number) => void): Command {
  const program = addLanguageOption(localised(new Command('plimsoll'), language), language)
    .description(texts.plimsoll[language])
    .enablePositionalOptions()
    .version(version, '-V, --version', texts.version[language])
    .addHelpText('after', `\n${texts.exit[language]}`);
  program.addCommand(auditCommand(language, exit));
  program.addCommand(checkCommand(language, exit));
  program.addCommand(scanCommand(language, exit));
  program.addCommand(fixCommand(language, exit));
  program.addCommand(feedsCommand(language, exit));
  program.addCommand(controlsCommand(language, exit));
  program.addCommand(explainCommand(language, exit));
  return program;
}

function auditCommand(language: Language, exit: (code: number) => void): Command {
  const command = addEngineOptions(localised(new Command('audit'), language), language)
    .description(texts.audit[language])
    .option('--format <format>', `${texts.format[language]}: ${formats.join(', ')}`, oneOf(formats), 'terminal')
    .option('--summary', texts.summary[language])
    .option('--diff <report>', texts.diff[language])
    .option('--fail-on-new', texts.failOnNew[language])
    .option('--root <folder>', texts.root[language])
    .option('--explain-baseline <name>', texts.explainBaseline[language]);
  addAdvisoryOptions(command, language);
  return addSharedOptions(addPolicyOptions(command, language), language).action(
    async (options: AuditOptions, self: Command) => {
      const { audit } = await import('./audit.ts');
      exit(await audit({ ...self.optsWithGlobals(), ...options }, language));
    },
  );
}

function checkCommand(language: Language, exit: (code: number) => void): Command {
  const command = localised(new Command('check'), language)
    .description(texts.check[language])
    .argument('[paths...]', texts.paths[language])
    .option('--format <format>', `${texts.format[language]}: ${formats.join(', ')}`, oneOf(formats), 'terminal')
    .option('--kind <kind>', `${texts.kind[language]}: ${fileKinds.join(', ')}`, oneOf(fileKinds))
    .option('--target <stage>', texts.target[language])
    .option('--build-arg <name=value>', texts.buildArgument[language], collectPairs)
    .option('--together', texts.together[language])
    .option('--profile <names>', texts.profile[language], collect)
    .option('--kubernetes-version <version>', texts.kubernetesVersion[language], kubernetesVersion)
    .option('--exclude <patterns>', texts.exclude[language], collect)
    .option('--fix', texts.fix[language])
    .option('--dry-run', texts.dryRun[language])
    .option(
      '--convert <dialect>',
      `${texts.convert[language]}: ${convertedDialects.join(', ')}`,
      oneOf(convertedDialects),
    )
    .option('--stdin', texts.stdin[language])
    .option('--stdin-filename <name>', texts.stdinFilename[language])
    .option('--summary', texts.summary[language]);
  return addSharedOptions(addPolicyOptions(command, language), language).action(
    async (paths: string[], options: CheckOptions, self: Command) => {
      const { check } = await import('./check.ts');
      exit(await check(paths, { ...self.optsWithGlobals(), ...options }, language));
    },
  );
}

function controlsCommand(language: Language, exit: (code: number) => void): Command {
  const command = localised(new Command('controls'), language)
    .description(texts.controls[language])
    .argument('[selectors...]', texts.selectors[language])
    .option('--format <format>', `${texts.format[language]}: table, json`, oneOf(['table', 'json']), 'table')
    .option('--level <level>', texts.level[language], oneOf(levels))
    .option('--severity <severity>', texts.severity[language], oneOf(severities))
    .option('--baseline <name>', texts.baseline[language]);
  return addSharedOptions(command, language).action(async (selectors: string[], options: ControlsOptions) => {
    const { listControls } = await import('./controls.ts');
    exit(await listControls(selectors, options, language));
  });
}

function explainCommand(language: Language, exit: (code: number) => void): Command {
  const command = localised(new Command('explain'), language)
    .description(texts.explain[language])
    .argument('<selector>', texts.selector[language])
    .option(
      '--format <format>',
      `${texts.format[language]}: text, markdown, json`,
      oneOf(['text', 'markdown', 'json']),
      'text',
    )
    .option('--in <target>', texts.in[language]);
  addAdvisoryOptions(addVexOption(addConfigurationOption(command, language), language), language);
  return addSharedOptions(command, language).action(async (selector: string, options: ExplainOptions) => {
    const { explain } = await import('./explain.ts');
    exit(await explain(selector, options, language));
  });
}

function kubernetesVersion(value: string): KubernetesVersion {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(value) ?? [];
  if (major === undefined || minor === undefined) throw new InvalidArgumentError('MAJOR.MINOR: 1.31');
  return { major: Number(major), minor: Number(minor) };
}

function collectPairs(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const sign = value.indexOf('=');
  if (sign < 1) throw new InvalidArgumentError('NAME=VALUE');
  return { ...before, [value.slice(0, sign)]: value.slice(sign + 1) };
}
