import { flagsFor } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { JsonObject } from '../../model/json.ts';
import { byHand, changeDaemon, type Remedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { editUnitCommands, restartCommands } from './engine-service.ts';

/**
 * Changes settings where they were made. dockerd refuses to start when an option is both a flag and a key of its
 * file, so a setting that comes from the command line is left to a person.
 */
export function changeSettings(engine: EngineFacts, set: JsonObject, summary: Text): Remedy {
  const flags = flagsOf(engine, Object.keys(set));
  if (flags.length === 0) return changeDaemon(set, summary);
  const names = flags.join(', ');
  const commands = editUnitCommands(engine);
  const place = commands.length > 0 ? inDropIn : whereStarted;
  const remedy = byHand(
    {
      en: `${summary.en} It comes from the command line (${names}): change it there, ${place.en}, and not in daemon.json, because dockerd does not start with an option that is given in both.`,
      zh: `${summary.zh}该选项来自命令行（${names}）：请${place.zh}，不要写入 daemon.json，因为同一选项两处都有时 dockerd 无法启动。`,
    },
    [...commands, ...restartCommands(engine)],
    'daemon-restart',
  );
  return { ...remedy, settings: set };
}

const inDropIn: Text = {
  en: 'in a drop-in that clears ExecStart and sets it anew',
  zh: '在 drop-in 中清空并重设 ExecStart 来修改',
};
const whereStarted: Text = { en: 'wherever dockerd is started', zh: '在启动 dockerd 的地方修改' };

function flagsOf({ process }: EngineFacts, keys: readonly string[]): string[] {
  if (!process.known) return [];
  const given = keys.flatMap((key) => flagsFor(process.value.arguments, key));
  return [...new Set(given.map(({ name }) => dashed(name)))];
}

/** A flag's name as it is written: `-H`, `--log-driver`. */
export function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
