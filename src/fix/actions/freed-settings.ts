import { mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FileStep, Refusal } from '../../model/plan.ts';
import { mergedSettings } from '../daemon-file.ts';
import { isOf, placedFlags } from '../daemon-flags.ts';
import { textOf } from '../file-diff.ts';
import type { Failure, PlanContext } from '../planning.ts';
import { planUnitDropIn } from './unit-drop-in.ts';

/** Whether a setting of the command line is in the way. */
export function isOnCommandLine({ remedy }: Pick<Failure, 'remedy'>): boolean {
  return remedy?.kind === 'manual' && remedy.settings !== undefined;
}

export interface Freed {
  readonly possible: readonly Failure[];
  readonly steps: readonly FileStep[];
  /** What daemon.json is to say in the place of the command line. */
  readonly settings: JsonObject;
  readonly refused: readonly Refusal[];
}

/** Takes settings off the command line, so that the file can set them. */
export function freeSettings(failures: readonly Failure[], context: PlanContext): Freed {
  if (failures.length === 0) return { possible: [], steps: [], settings: {}, refused: [] };
  const text = (path: string) => {
    const content = context.file(context.realPath(path) ?? path);
    return content ? textOf(content) : undefined;
  };
  const keys = mergedSettings(failures.map(settingsOf));
  const { steps, settings, refused } = planUnitDropIn({ keys, failures }, { ...context, text });
  const isRefused = ({ control, subject }: Failure) =>
    refused.some((each) => each.control === control.id && each.subject === subject.id);
  return { possible: failures.filter((failure) => !isRefused(failure)), steps, settings, refused };
}

/** The machine as it is once these settings are off the command line. */
export function withoutFlags(failures: readonly Failure[], context: PlanContext): PlanContext {
  const { machine } = context;
  const keys = failures.flatMap((failure) => Object.keys(settingsOf(failure)));
  if (keys.length === 0) return context;
  const process = mapFact(machine.engine.process, (running) => {
    // A socket that systemd hands over stays on the command line.
    const own = placedFlags(running.arguments).filter(
      (flag) => keys.some((key) => isOf(flag, key)) && !String(flag.value).startsWith('fd://'),
    );
    const gone = new Set(own.flatMap(({ from, length }) => Array.from({ length }, (_, index) => from + index)));
    return { ...running, arguments: running.arguments.filter((_, index) => !gone.has(index)) };
  });
  return { ...context, machine: { ...machine, engine: { ...machine.engine, process } } };
}

function settingsOf({ remedy }: Failure): JsonObject {
  return remedy?.kind === 'manual' ? (remedy.settings ?? {}) : {};
}
