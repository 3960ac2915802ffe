import { flagsFor } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { JsonObject } from '../../model/json.ts';
import type { DaemonRemedy, Disruption } from '../../model/remedy.ts';
import type { Language } from '../../model/text.ts';
import { jsonText } from '../invisible.ts';
import { concealObject } from '../redaction.ts';
import { shellWord } from '../shell.ts';
import { withoutLine } from '../without.ts';

/** A change of the engine's configuration: what to write into which file, and how to make it effective. Podman has no such file. */
export function daemonCommands(remedy: DaemonRemedy, engine: EngineFacts | undefined, language: Language): string[] {
  if (engine?.kind === 'podman') return [];
  return [
    `# ${configurationFile(engine)}`,
    ...daemonJsonLines(remedy.set, language),
    ...applyCommands(remedy, engine, language),
  ];
}

/** What to do once the file is written: check it, and have the engine take it over. */
export function applyCommands(remedy: DaemonRemedy, engine: EngineFacts | undefined, language: Language): string[] {
  return [
    ...conflictLines(remedy.set, engine, language),
    ...(canValidate(engine) ? [`dockerd --validate --config-file=${configurationFile(engine)}`] : []),
    ...effectCommands(remedy.disruption, engine, language),
  ];
}

/** Keys of `daemon.json` as lines to merge into the file, and those to take out as a comment. */
export function daemonJsonLines(set: JsonObject, language: Language): string[] {
  const entries = Object.entries(set).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(entries.filter(([, value]) => value !== null));
  const removed = entries.filter(([, value]) => value === null).map(([key]) => jsonText(key));
  return [
    ...(Object.keys(values).length === 0 ? [] : jsonText(concealObject(values), 2).split('\n')),
    ...removed.map((key) => withoutLine(key, language, '//')),
  ];
}

/** What makes the engine read its file: by its service manager where it has one, by a signal otherwise. */
export function effectCommands(disruption: Disruption, engine: EngineFacts | undefined, language: Language): string[] {
  if (disruption !== 'reload' && disruption !== 'daemon-restart') return [];
  const reload = disruption === 'reload';
  if (engine?.units.known && engine.units.value === null) {
    const pid = engine.process.known ? String(engine.process.value.pid) : '$(pidof dockerd)';
    return reload ? [`kill -HUP ${pid}`] : [restartByHand[language]];
  }
  const unit = engine?.units.known && engine.units.value ? engine.units.value.name.replace(/\.service$/, '') : 'docker';
  const manager = isRootless(engine) ? 'systemctl --user' : 'systemctl';
  return [`${manager} ${reload ? 'reload' : 'restart'} ${shellWord(unit)}`];
}

const restartByHand = {
  en: '# stop dockerd and start it again, in the way it was started',
  zh: '# 停止 dockerd，再按原来的方式启动',
};

/** dockerd does not start when its command line and its file both give an option: what goes out of the file is in one only. */
function conflictLines(set: JsonObject, engine: EngineFacts | undefined, language: Language): string[] {
  if (!engine?.process.known) return [];
  const { arguments: words } = engine.process.value;
  const written = Object.keys(set).filter((key) => set[key] !== null);
  const flags = written.flatMap((key) => flagsFor(words, key).map(({ name }) => name));
  return [...new Set(flags)].map((name) => {
    const flag = name.length === 1 ? `-${name}` : `--${name}`;
    return language === 'zh'
      ? `# 先从 dockerd 的命令行中去掉 ${flag}：同一选项在命令行和文件中同时出现时 dockerd 无法启动`
      : `# first take ${flag} off dockerd's command line: given there and in the file, it keeps dockerd from starting`;
  });
}

/** Engines before 23.0 cannot check a file without taking it into use. */
function canValidate(engine: EngineFacts | undefined): boolean {
  return engine?.version.known === true && Number.parseInt(engine.version.value.version, 10) >= 23;
}

/** As a word for the shell. */
function configurationFile(engine: EngineFacts | undefined): string {
  const configuration = engine?.configuration;
  if (configuration?.known && configuration.value) return shellWord(configuration.value.file);
  return isRootless(engine) ? '"$HOME"/.config/docker/daemon.json' : '/etc/docker/daemon.json';
}

function isRootless(engine: EngineFacts | undefined): boolean {
  return engine?.info.known === true && engine.info.value.securityOptions.includes('name=rootless');
}
