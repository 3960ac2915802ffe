import { foreignOptions, isBuiltIn, isCount, isSize, missingOptions } from '../../controls/daemon/log-options.ts';
import { objectOf } from '../../controls/daemon/setting-value.ts';
import { type JsonObject, textIn } from '../../model/json.ts';
import { type Finding, type Situation, someOf, start, textOf, use } from './situation.ts';

const keys = ['log-driver', 'log-opts'];

/** Options that the driver for logs does not take, lacks, or takes in another form. */
export function logOptions(situation: Situation): Finding[] {
  const driver = textOf(situation, 'log-driver') ?? 'json-file';
  if (driver === 'none') return [];
  if (!isBuiltIn(driver)) return driverIsThere(situation, driver) ? [] : [unknownDriver(driver)];
  const options = objectOf(situation.setting('log-opts'));
  const names = Object.keys(options);
  const findings: Finding[] = [];
  const foreign = foreignOptions(driver, names);
  if (foreign.length > 0) {
    const shown = someOf(foreign);
    findings.push(
      start(
        keys,
        {
          en: `${shown.en} is no option of the log driver ${driver}, and dockerd does not start with it`,
          zh: `${shown.zh} 不是日志驱动 ${driver} 的选项，dockerd 会因此无法启动`,
        },
        {
          en: `Change log-driver and log-opts together, without ${shown.en}.`,
          zh: `请同时修改 log-driver 与 log-opts，并去掉 ${shown.zh}。`,
        },
      ),
    );
  }
  const missing = missingOptions(driver, names);
  if (missing.length > 0) {
    const shown = someOf(missing);
    findings.push(
      use(
        keys,
        {
          en: `the log driver ${driver} needs ${shown.en}: without it no new container starts`,
          zh: `日志驱动 ${driver} 需要 ${shown.zh}：缺少时新容器无法启动`,
        },
        { en: `Add ${shown.en} to log-opts.`, zh: `请在 log-opts 中加入 ${shown.zh}。` },
      ),
    );
  }
  return [...findings, ...refusedForms(driver, options), ...lateForms(driver, options)];
}

/**
 * Containers that were given options for logs: where they name no driver, they are created again with the new default,
 * which refuses options of another. The engine does not tell whether a driver was named.
 */
export function containerLogOptions(situation: Situation): Finding[] {
  const driver = textOf(situation, 'log-driver') ?? 'json-file';
  const before = situation.info?.loggingDriver;
  if (!situation.isChanged('log-driver') || before === undefined || before === driver) return [];
  const inherited = Object.keys(objectOf(situation.before['log-opts']));
  const refused = situation.containers.filter(({ logging }) => {
    const own = Object.keys(logging.options).filter((name) => !inherited.includes(name));
    return (logging.driver ?? before) === before && foreignOptions(driver, own).length > 0;
  });
  if (refused.length === 0) return [];
  const names = someOf(refused.map(({ name }) => name));
  return [
    use(
      ['log-driver'],
      {
        en: `${names.en} has log options of its own that the driver ${driver} refuses: unless it names its driver, it cannot be created again`,
        zh: `${names.zh} 自带的日志选项不为驱动 ${driver} 接受：若未写明驱动，将无法重新创建`,
      },
      {
        en: `Give these containers the driver ${before} by name (--log-driver, logging.driver in Compose), or options of ${driver}.`,
        zh: `请为这些容器写明驱动 ${before}（--log-driver，Compose 中为 logging.driver），或改用 ${driver} 的选项。`,
      },
    ),
  ];
}

/** Options whose form dockerd looks at when it starts. */
function refusedForms(driver: string, options: JsonObject): Finding[] {
  const mode = textIn(options, 'mode');
  const buffer = textIn(options, 'max-buffer-size');
  const address = driver === 'syslog' ? textIn(options, 'syslog-address') : undefined;
  const wrong = [
    ...(mode === undefined || mode === 'blocking' || mode === 'non-blocking' ? [] : ['mode']),
    ...(buffer === undefined || (mode === 'non-blocking' && isSize(buffer)) ? [] : ['max-buffer-size']),
    ...(address === undefined || /^((udp|tcp|tcp\+tls):\/\/[^/]|unix(gram)?:\/\/\/)/.test(address)
      ? []
      : ['syslog-address']),
  ];
  if (wrong.length === 0) return [];
  const shown = someOf(wrong);
  return [
    start(
      keys,
      {
        en: `log-opts: dockerd refuses the value of ${shown.en}, and does not start`,
        zh: `log-opts：dockerd 会拒绝 ${shown.zh} 的取值而无法启动`,
      },
      {
        en: 'mode is blocking or non-blocking, max-buffer-size goes with non-blocking only, and syslog-address is like tcp://logs.example:514.',
        zh: 'mode 应为 blocking 或 non-blocking，max-buffer-size 只能与 non-blocking 同用，syslog-address 形如 tcp://logs.example:514。',
      },
    ),
  ];
}

function lateForms(driver: string, options: JsonObject): Finding[] {
  const wrong = wrongForms(driver, options);
  if (wrong.length === 0) return [];
  const shown = someOf(wrong);
  return [
    use(
      keys,
      {
        en: `dockerd starts with the value of ${shown.en} in log-opts, but no new container does`,
        zh: `log-opts 中 ${shown.zh} 的取值不妨碍 dockerd 启动，但新容器会无法启动`,
      },
      {
        en: 'Write sizes like "10m", numbers like "3", and true or false, all in quotes; max-file and compress of json-file need max-size beside them, and compress more than one file.',
        zh: '大小写作 "10m"，数目写作 "3"，开关写作 true 或 false，均须加引号；json-file 的 max-file 和 compress 须与 max-size 同时设置，compress 还要求文件数大于 1。',
      },
    ),
  ];
}

/** Options whose form the drivers for files check when a container starts. */
function wrongForms(driver: string, options: JsonObject): string[] {
  const text = (name: string) => textIn(options, name);
  const wrong: string[] = [];
  if (driver !== 'json-file' && driver !== 'local') return wrong;
  const size = text('max-size');
  const isUnbounded = driver === 'json-file' && (size === undefined || size === '-1');
  if (size !== undefined && size !== '-1' && !isSize(size)) wrong.push('max-size');
  const count = text('max-file');
  if (count !== undefined && (!isCount(count) || (isUnbounded && Number(count) > 1))) wrong.push('max-file');
  const compress = text('compress');
  if (compress === undefined) return wrong;
  const isSwitch = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(compress);
  const hasNothingToDo =
    /^[1tT]/.test(compress) && (driver === 'json-file' ? isUnbounded || !(Number(count) > 1) : count === '1');
  if (!isSwitch || hasNothingToDo) wrong.push('compress');
  return wrong;
}

/** A driver of a plugin; where plugins cannot be seen, nobody says that it is not there. */
function driverIsThere({ engine }: Situation, driver: string): boolean {
  if (!engine.plugins.known) return true;
  const name = driver.replace(/:latest$/, '');
  return engine.plugins.value.some((plugin) => plugin.enabled && plugin.name.replace(/:latest$/, '') === name);
}

function unknownDriver(driver: string): Finding {
  return use(
    keys,
    {
      en: `there is no log driver ${driver}: dockerd starts, but no new container does`,
      zh: `没有日志驱动 ${driver}：dockerd 能启动，但新容器无法启动`,
    },
    { en: 'Install its plugin first, or choose another driver.', zh: '请先安装对应插件，或改用其他驱动。' },
    ['docker plugin ls'],
  );
}
