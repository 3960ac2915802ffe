import { defineControl } from '../../model/control.ts';
import { daemonSetting, keyOfFlag, parseDaemonFlags } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { byHand, changeDaemon } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { editUnitCommands, restartCommands } from './engine-service.ts';
import { dashed } from './setting-change.ts';

export const daemonSingleConfigSource = defineControl({
  id: 'daemon-single-config-source',
  subject: 'engine',
  severity: 'high',
  title: {
    en: 'No option is given both on the command line and in daemon.json',
    zh: '同一选项不同时出现在命令行和 daemon.json 中',
  },
  why: {
    en: 'dockerd refuses to start when one option is in both, even with the same value. A file that was edited while it ran waits for the next restart to take every container down.',
    zh: '同一选项两处都有时，即使取值相同，dockerd 也会拒绝启动。运行期间改过的文件会在下次重启时让所有容器停摆。',
  },
  how: {
    en: 'Compares the flags of the running process with the keys of its file, as dockerd does at its start: short and long names, and keys within groups such as proxies. runtimes may be in both. The usual case is -H fd:// in the unit and hosts in the file.',
    zh: '按 dockerd 启动时的方式，将运行进程的参数与配置文件的键比较：包括长短选项名，以及 proxies 等分组内的键。runtimes 允许两处都有。最常见的情形是 unit 中的 -H fd:// 与文件中的 hosts。',
  },
  references: { links: ['https://docs.docker.com/engine/daemon/troubleshoot/'] },
  engines: ['docker'],

  judge(engine) {
    const { process, configuration } = engine;
    if (!configuration.known) return unknownFrom(configuration);
    if (configuration.value === null) {
      return notApplicable({ en: 'There is no configuration file.', zh: '没有配置文件。' }, evidenceOf(configuration));
    }
    if (!process.known) return unknownFrom(process);
    const conflicts = conflictsOf(engine);
    const [first] = conflicts;
    if (first === undefined) {
      return pass({ en: 'No option is in both.', zh: '没有两处重复的选项。' }, [
        { source: 'command-line', path: process.path, value: flagNames(process.value.arguments) },
        { source: 'file', path: configuration.value.file, value: Object.keys(flatten(configuration.value.values)) },
      ]);
    }
    const doubt = isUnitNewer(engine) ? maybeGone : nothingMore;
    const pairs = conflicts.map(({ flag, key }) => `${flag} / ${key}`);
    return fail(
      {
        en: `dockerd will not start the next time: an option is both a flag and in ${configuration.value.file} (${pairs.join(', ')}).${doubt.en}`,
        zh: `dockerd 下次将无法启动：以下选项同时出现在命令行和 ${configuration.value.file} 中（${pairs.join('、')}）。${doubt.zh}`,
      },
      conflicts.flatMap(({ flag, key }): Evidence[] => [
        { source: 'command-line', path: flag, value: flag },
        { source: 'file', path: `${configuration.value?.file} ${key}`, value: key },
      ]),
      first.key,
    );
  },

  remedy(engine) {
    const conflicts = conflictsOf(engine);
    const keys = [...new Set(conflicts.map(({ key }) => key))];
    if (conflicts.every(({ same }) => same)) {
      const removal: JsonObject = Object.fromEntries(keys.map((key) => [key, null]));
      const summary = {
        en: `Take ${keys.join(', ')} out of the file: the command line says the same, so that nothing changes.`,
        zh: `从文件中移除 ${keys.join('、')}：命令行中的取值相同，移除后行为不变。`,
      };
      return { ...changeDaemon(removal, summary), disruption: 'none' };
    }
    const flags = [...new Set(conflicts.map(({ flag }) => flag))].join(', ');
    const socket = keys.includes('hosts') ? ownSocket : nothingMore;
    return byHand(
      {
        en: `What runs now comes from the command line (${flags}). To keep it, take ${keys.join(', ')} out of the file. To have what the file says, write a drop-in that clears ExecStart and sets it anew without these flags.${socket.en}`,
        zh: `当前生效的是命令行（${flags}）。若要保留现状，请从文件中移除 ${keys.join('、')}。若要采用文件中的设置，请用 drop-in 清空 ExecStart 并去掉这些参数后重设。${socket.zh}`,
      },
      [...editUnitCommands(engine), ...restartCommands(engine)],
      'daemon-restart',
    );
  },
});

const nothingMore: Text = { en: '', zh: '' };
const maybeGone: Text = {
  en: ' Its unit has changed since the start: if that took the flag away, a restart is all that is missing.',
  zh: '其 unit 在启动后有改动：若改动已去掉该参数，只需重启即可。',
};

const ownSocket: Text = {
  en: ' hosts must then name unix:///var/run/docker.sock itself, or local clients find no engine.',
  zh: '此时 hosts 中须自行写明 unix:///var/run/docker.sock，否则本机客户端无法连接引擎。',
};

/** The next start may then have other flags than the process that runs. */
function isUnitNewer({ process, units }: EngineFacts): boolean {
  if (!process.known || !units.known) return false;
  return (units.value?.files ?? []).some(({ modified }) => modified > process.value.started);
}

interface Conflict {
  /** With its dashes, as given. */
  readonly flag: string;
  readonly key: string;
  /** Both say the same, so that the file may as well be silent. */
  readonly same: boolean;
}

/** dockerd merges this one. */
const merged = 'runtimes';

/** Keys whose values are maps; every other object only groups keys. */
const maps = new Set([
  'builder',
  'cluster-store-opts',
  'default-network-opts',
  'default-ulimits',
  'features',
  'log-opts',
  'runtimes',
]);

function conflictsOf(engine: EngineFacts): Conflict[] {
  const { process, configuration } = engine;
  if (!process.known || !configuration.known || configuration.value === null) return [];
  const { values } = configuration.value;
  const written = flatten(values);
  const conflicts = new Map<string, Conflict>();
  for (const { name } of parseDaemonFlags(process.value.arguments)) {
    // A flag that changed its key over time still conflicts with the old one: --host-gateway-ip.
    for (const key of new Set([keyOfFlag(name), name])) {
      if (key === merged || !Object.hasOwn(written, key)) continue;
      const onCommandLine = daemonSetting(engine, key);
      const isSame =
        Object.hasOwn(values, key) && onCommandLine.known && textOf(onCommandLine.value) === textOf(written[key]);
      const flag = dashed(name);
      conflicts.set(`${flag} ${key}`, { flag, key, same: isSame });
    }
  }
  return [...conflicts.values()];
}

/** The command line has only text: `1400` is 1400. */
function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function flatten(values: JsonObject): JsonObject {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !maps.has(key)
      ? Object.entries(value as JsonObject)
      : [[key, value] as const],
  );
  return Object.fromEntries(entries);
}

function flagNames(argumentsList: readonly string[]): string[] {
  return parseDaemonFlags(argumentsList).map(({ name }) => dashed(name));
}
