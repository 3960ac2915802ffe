import { compareSettings } from '../../controls/daemon/effective-settings.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Refusal } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { editsCleanly, mergedSettings, withSettings } from '../daemon-file.ts';
import { daemonTraps, type Trap } from '../daemon-traps.ts';
import { type Failure, type PlanContext, refusedAll } from '../planning.ts';
import type { Place } from './daemon-place.ts';

/** What each failure wants of daemon.json, and whether the engine has to restart for it. */
export interface Wishes {
  settingsOf(failure: Failure): JsonObject;
  needsRestart(failure: Failure): boolean;
}

interface Safe {
  readonly possible: readonly Failure[];
  readonly refused: readonly Refusal[];
}

/** Takes failures away until what is left sets no trap off. */
export function withoutTraps(failures: readonly Failure[], wishes: Wishes, place: Place, context: PlanContext): Safe {
  const refused: Refusal[] = [];
  let possible = failures;
  while (possible.length > 0) {
    const settings = mergedSettings(possible.map((failure) => wishes.settingsOf(failure)));
    const restarting = possible.filter((failure) => wishes.needsRestart(failure));
    const pending = restarting.length > 0 ? pendingKeys(settings, context) : [];
    const after = withSettings(place.values, settings);
    const traps = daemonTraps(
      { before: place.values, after, changed: [...Object.keys(settings), ...pending] },
      { engine: context.machine.engine, machine: context.machine, file: (path) => fileIfReadable(path, context) },
    );
    const trapped = possible.flatMap((failure) => {
      const keys = Object.keys(wishes.settingsOf(failure));
      const trap = traps.find((each) => each.keys.some((key) => keys.includes(key)));
      return trap ? [{ failure, trap }] : [];
    });
    if (trapped.length > 0) {
      refused.push(...trapped.flatMap(({ failure, trap }) => refusedBy([failure], trap, trap.reason)));
      possible = possible.filter((failure) => !trapped.some((each) => each.failure === failure));
      continue;
    }
    const [first] = traps;
    if (first) {
      // The file says it already, and it waits for the next start: then nothing may be restarted.
      const doomed = restarting.length > 0 ? restarting : possible;
      refused.push(...refusedBy(doomed, first, waiting(first, place)));
      possible = possible.filter((failure) => !doomed.includes(failure));
      continue;
    }
    if (editsCleanly(place.content, settings, after)) break;
    return { possible: [], refused: [...refused, ...refusedAll(possible, notEditable(place.path))] };
  }
  return { possible, refused };
}

/** Keys that a restart would bring into force beside those that are wanted: nobody has restarted since they were written. */
export function pendingKeys(settings: JsonObject, { machine: { engine } }: PlanContext): string[] {
  return compareSettings(engine).differing.filter((key) => !Object.hasOwn(settings, key));
}

function refusedBy(failures: readonly Failure[], { advice, commands = [] }: Trap, reason: Text): Refusal[] {
  return refusedAll(failures, reason, { advice, commands });
}

/** What may not be read is as good as what is no regular file: dockerd can read it all the same. */
function fileIfReadable(path: string, context: PlanContext): ReturnType<PlanContext['file']> {
  try {
    return context.file(path);
  } catch {
    return undefined;
  }
}

function waiting({ reason }: Trap, { path }: Place): Text {
  return {
    en: `${path} is so already that a restart of the engine would do harm: ${reason.en}`,
    zh: `${path} 的现有内容会使引擎重启造成损害：${reason.zh}`,
  };
}

function notEditable(path: string): Text {
  return {
    en: `${path} cannot be changed without changing more than that: it names a key twice, is not written in UTF-8, or is no longer as it was when it was read`,
    zh: `无法在不影响其他内容的情况下修改 ${path}：其中有重复的键、不是 UTF-8 编码，或读取后已被改动`,
  };
}
