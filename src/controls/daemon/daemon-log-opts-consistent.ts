import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf, type Fact, known } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { mendedOptions, problemsOf, withoutSecrets } from './log-option-rules.ts';
import { isBuiltIn, isSize } from './log-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonLogOptsConsistent = defineControl({
  id: 'daemon-log-opts-consistent',
  subject: 'engine',
  severity: 'medium',
  title: {
    en: 'Log options belong to the log driver and bound what it writes here',
    zh: '日志选项与日志驱动相符，且限制本机日志的大小',
  },
  why: {
    en: 'A json-file log without a size grows until the disk is full and every container on it stops. An option that belongs to another driver keeps dockerd from starting the next time.',
    zh: '未设大小上限的 json-file 日志会不断增长直至写满磁盘，使其上所有容器停摆。属于其他驱动的选项会让 dockerd 下次无法启动。',
  },
  how: {
    en: 'Compares log-opts with log-driver, from the command line or the file. json-file needs max-size and max-file; local rotates by itself; syslog needs the address of another machine. Containers that exist and write json-file logs must have a max-size of their own.',
    zh: '对照命令行或配置文件中的 log-opts 与 log-driver。json-file 须设置 max-size 和 max-file；local 自带轮转；syslog 须指向其他机器。已存在且使用 json-file 的容器自身也须有 max-size。',
  },
  references: {
    cisDocker: ['2.13'],
    links: [
      'https://docs.docker.com/engine/logging/configure/',
      'https://docs.docker.com/engine/logging/drivers/json-file/',
    ],
  },
  parameters: {
    maxSize: {
      default: '10m',
      description: { en: 'The max-size that the remedy sets.', zh: '修复时写入的 max-size。' },
    },
    maxFile: { default: '3', description: { en: 'The max-file that the remedy sets.', zh: '修复时写入的 max-file。' } },
    localSyslog: {
      default: false,
      description: {
        en: 'The syslog daemon of this host forwards what it gets, so that syslog needs no remote address.',
        zh: '本机 syslog 服务会转发收到的日志，因此 syslog 驱动无需远程地址。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'log-driver': 'json-file', 'log-opts': {} },

  judge(engine, { parameters, machine }) {
    const driver = driverOf(engine);
    const options = daemonSetting(engine, 'log-opts');
    if (driver.known && options.known) {
      const problems = problemsOf(driver.value, options.value, parameters.localSyslog);
      if (problems.length > 0) {
        const evidence = [evidenceOf(driver), evidenceOf(options, withoutSecrets(options.value))];
        return fail(sentence(problems), evidence, 'log-opts');
      }
    }
    const unbounded = unboundedContainers(machine);
    if (unbounded.length > 0) return fail(containersUnbounded(unbounded), unbounded.map(optionsOfContainer));
    if (!driver.known) return unknownFrom(driver);
    if (!options.known) return unknownFrom(options);
    const evidence = [evidenceOf(driver), evidenceOf(options, withoutSecrets(options.value))];
    if (driver.value === 'none') {
      return notApplicable({ en: 'The driver none writes no logs.', zh: 'none 驱动不写日志。' }, evidence);
    }
    return isBuiltIn(driver.value)
      ? pass({ en: `The options suit ${driver.value}.`, zh: `选项与 ${driver.value} 相符。` }, evidence)
      : notApplicable(
          {
            en: `Only the plugin ${driver.value} knows which options it takes.`,
            zh: `${driver.value} 是插件，其选项只有插件自身知道。`,
          },
          evidence,
        );
  },

  remedy(engine, { parameters, machine }) {
    const driver = driverOf(engine);
    const options = daemonSetting(engine, 'log-opts');
    const problems =
      driver.known && options.known ? problemsOf(driver.value, options.value, parameters.localSyslog) : [];
    if (!driver.known || !options.known || problems.length === 0) {
      const names = unboundedContainers(machine).map(({ name }) => name);
      return byHand(
        {
          en: `Re-create these containers, so that they take over the log options of today: ${names.join(', ')}.`,
          zh: `重建以下容器，使其采用当前的日志选项：${names.join('、')}。`,
        },
        [],
        'recreate',
      );
    }
    const mended = mendedOptions(driver.value, options.value, parameters);
    if (mended === undefined || problemsOf(driver.value, mended, parameters.localSyslog).length > 0) {
      return byHand({
        en: `Write log-opts anew for ${driver.value}: ${joinTexts(problems).en}.`,
        zh: `请为 ${driver.value} 重写 log-opts：${joinTexts(problems).zh}。`,
      });
    }
    return changeSettings(
      engine,
      { 'log-opts': mended },
      {
        en: 'Set the options that the driver needs and drop those that it does not take. Existing containers keep theirs until they are re-created.',
        zh: '设置驱动所需的选项，去掉它不接受的选项。现有容器重建后才会采用新选项。',
      },
    );
  },
});

/** What the options are written for: the driver beside them, or the one in force where none is written. */
function driverOf(engine: EngineFacts): Fact<string> {
  const written = daemonSetting(engine, 'log-driver');
  if (!written.known) return written;
  if (typeof written.value === 'string' && written.value !== '') return { ...written, value: written.value };
  const { info } = engine;
  const inForce = info.known ? info.value.loggingDriver : undefined;
  return inForce ? known(inForce, 'engine-api', `${info.path} LoggingDriver`) : { ...written, value: 'json-file' };
}

function unboundedContainers(machine: Machine | undefined): ContainerSpec[] {
  return (machine?.containers ?? []).filter(
    ({ logging }) => logging.driver === 'json-file' && !isSize(logging.options['max-size']),
  );
}

function containersUnbounded(containers: readonly ContainerSpec[]): Text {
  const names = containers.map(({ name }) => name);
  return {
    en: `The json-file logs of these containers have no max-size: ${names.join(', ')}.`,
    zh: `以下容器的 json-file 日志没有 max-size：${names.join('、')}。`,
  };
}

function optionsOfContainer(container: ContainerSpec): Evidence {
  const { source, path, value } = configured(container, 'logging.options', withoutSecrets(container.logging.options));
  return { source, path: `${container.name} ${path}`, value };
}

function sentence(problems: readonly Text[]): Text {
  const joined = joinTexts(problems);
  return { en: `${joined.en}.`, zh: `${joined.zh}。` };
}
