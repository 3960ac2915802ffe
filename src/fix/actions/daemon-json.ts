import { mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Action, FileContent, FileStep, Refusal } from '../../model/plan.ts';
import { changeDaemon } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { editedSettings, editsCleanly, mergedSettings, withSettings } from '../daemon-file.ts';
import { concealText } from '../../remedy/redaction.ts';
import { isOf, placedFlags } from '../daemon-flags.ts';
import { daemonTraps } from '../daemon-traps.ts';
import { readDaemonStart } from '../daemon-start.ts';
import { fileDiff, textOf } from '../file-diff.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll, sentences } from '../planning.ts';
import { spares, stoppedByRestart } from './live-restore.ts';
import { missingFolders } from './missing-folders.ts';
import { planUnitDropIn } from './unit-drop-in.ts';

/** Settings of daemon.json, those that stand on the command line now among them. */
export function isDaemonFailure({ remedy }: Failure): boolean {
  return remedy?.kind === 'daemon' || isOnCommandLine({ remedy });
}

function isOnCommandLine({ remedy }: Pick<Failure, 'remedy'>): boolean {
  return remedy?.kind === 'manual' && remedy.settings !== undefined;
}

/**
 * Settings of the engine: what it takes over while it runs first, so that `live-restore` holds before the one restart
 * that all the others need. What would keep dockerd from starting is refused, key by key.
 */
export async function planDaemonSettings(failures: readonly Failure[], context: PlanContext): Promise<Planned> {
  if (failures.length === 0) return { actions: [], refused: [] };
  const { engine } = context.machine;
  const place = placeOf(context);
  if ('refused' in place) return { actions: [], refused: refusedAll(failures, place.refused) };
  const start = readDaemonStart(engine);
  if ('refused' in start) return { actions: [], refused: refusedAll(failures, start.refused) };
  const flagged = failures.filter(isOnCommandLine);
  const freed = freeSettings(flagged, context);
  const others = failures.filter((failure) => !flagged.includes(failure));
  const wanted = [...others, ...freed.possible];
  const { possible, refused } = withoutTraps(wanted, place, freed.settings, withoutFlags(freed.possible, context));
  const settingsOf = (failure: Failure) => wantedBy(failure, freed.settings);
  const live = possible.filter((failure) => others.includes(failure) && isReloadable(settingsOf(failure)));
  const restarting = possible.filter((failure) => !live.includes(failure));
  // What a trap has taken away stays on the command line.
  const { steps } = freeSettings(
    flagged.filter((failure) => possible.includes(failure)),
    context,
  );
  const reload = reloadAction(live, restarting, place, context);
  const before = reload?.steps[0] as FileStep | undefined;
  const restart = restartAction(
    { failures: restarting, settings: mergedSettings(restarting.map(settingsOf)), steps },
    before,
    place,
    context,
  );
  const actions = [reload, restart].filter((action) => action !== undefined);
  const complaint = await complaintOf(actions, context);
  if (complaint !== undefined) return { actions: [], refused: refusedAll(failures, invalid(complaint)) };
  return { actions, refused: [...freed.refused, ...refused] };
}

/** What dockerd itself says against the file as it would be. */
async function complaintOf(actions: readonly Action[], { validate }: PlanContext): Promise<string | undefined> {
  const last = actions.at(-1)?.steps.at(-1);
  return last?.kind === 'file' ? validate?.(textOf(last.after)) : undefined;
}

interface Freed {
  readonly possible: readonly Failure[];
  readonly steps: readonly FileStep[];
  /** What daemon.json is to say in the place of the command line. */
  readonly settings: JsonObject;
  readonly refused: readonly Refusal[];
}

/** Takes settings off the command line, so that the file can set them. */
function freeSettings(failures: readonly Failure[], context: PlanContext): Freed {
  if (failures.length === 0) return { possible: [], steps: [], settings: {}, refused: [] };
  const text = (path: string) => textOf(context.file(context.realPath(path) ?? path) ?? null);
  const keys = mergedSettings(failures.map(({ remedy }) => (remedy?.kind === 'manual' ? (remedy.settings ?? {}) : {})));
  const { steps, settings, refused } = planUnitDropIn({ keys, failures }, { ...context, text });
  const isRefused = ({ control, subject }: Failure) =>
    refused.some((each) => each.control === control.id && each.subject === subject.id);
  return { possible: failures.filter((failure) => !isRefused(failure)), steps, settings, refused };
}

/** The machine as it is once these settings are off the command line. */
function withoutFlags(failures: readonly Failure[], context: PlanContext): PlanContext {
  const { machine } = context;
  const keys = failures.flatMap(({ remedy }) => Object.keys(remedy?.kind === 'manual' ? (remedy.settings ?? {}) : {}));
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

interface Place {
  readonly path: string;
  readonly content: FileContent | null;
  readonly values: JsonObject;
  readonly folders: readonly string[];
}

function placeOf(context: PlanContext): Place | { readonly refused: Text } {
  const { configuration } = context.machine.engine;
  if (!configuration.known) return { refused: configuration.reason };
  const path = configuration.value?.file ?? configuration.path;
  const content = context.file(path);
  if (content === undefined) return { refused: notAFile(path) };
  return { path, content, values: configuration.value?.values ?? {}, folders: missingFolders(path, context) };
}

/** What a failure wants to be in the file; of what stood on the command line only what was freed. */
function wantedBy({ remedy }: Failure, freed: JsonObject): JsonObject {
  if (remedy?.kind === 'daemon') return remedy.set;
  const own = remedy?.kind === 'manual' ? Object.keys(remedy.settings ?? {}) : [];
  return Object.fromEntries(own.flatMap((key) => (Object.hasOwn(freed, key) ? [[key, freed[key]] as const] : [])));
}

function isReloadable(settings: JsonObject): boolean {
  return changeDaemon(settings, { en: '', zh: '' }).disruption === 'reload';
}

/** Takes failures away until what is left sets no trap off. */
function withoutTraps(
  failures: readonly Failure[],
  { values, content, path }: Place,
  freed: JsonObject,
  context: PlanContext,
): { possible: readonly Failure[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const settingsOf = (failure: Failure) => wantedBy(failure, freed);
  let possible = failures;
  for (;;) {
    const settings = mergedSettings(possible.map(settingsOf));
    const after = withSettings(values, settings);
    const traps = daemonTraps(
      { before: values, after, changed: Object.keys(settings) },
      { engine: context.machine.engine, machine: context.machine, file: context.file },
    );
    const trapped = possible.flatMap((failure) => {
      const keys = Object.keys(settingsOf(failure));
      const trap = traps.find((each) => each.keys.some((key) => keys.includes(key)));
      return trap ? [{ failure, trap }] : [];
    });
    refused.push(
      ...trapped.flatMap(({ failure, trap }) =>
        refusedAll([failure], trap.reason, { advice: trap.advice, commands: trap.commands ?? [] }),
      ),
    );
    possible = possible.filter((failure) => !trapped.some((each) => each.failure === failure));
    if (possible.length === 0 || (traps.length === 0 && editsCleanly(content, settings, after))) break;
    // A trap that none of the wanted keys sets off is there already: then nothing may be restarted.
    const [first] = traps;
    if (trapped.length === 0) {
      const reason = first?.reason ?? notEditable(path);
      refused.push(
        ...refusedAll(possible, reason, first ? { advice: first.advice, commands: first.commands ?? [] } : {}),
      );
      return { possible: [], refused };
    }
  }
  return { possible, refused };
}

/** What needs no restart, and with it `live-restore` where a restart follows that would stop containers. */
function reloadAction(
  live: readonly Failure[],
  restarting: readonly Failure[],
  place: Place,
  context: PlanContext,
): Action | undefined {
  const wanted = mergedSettings(live.map((failure) => wantedBy(failure, {})));
  const [first] = restarting;
  const prepares = first !== undefined && !('live-restore' in wanted) && spares(context);
  const settings = prepares ? { ...wanted, 'live-restore': true } : wanted;
  if (Object.keys(settings).length === 0) return undefined;
  const step = passingBack(stepOf(place, place.content, settings), place, settings);
  return {
    id: 'daemon-json/reload',
    kind: 'daemon-json',
    // Proven too, although nobody asked: the restart relies on it.
    answers: [
      ...answeredBy(live),
      ...(prepares ? [{ control: 'daemon-live-restore', subject: first.subject.id }] : []),
    ],
    summary: sentences([...summariesOf(live), ...(prepares ? [sparing] : [])]),
    diff: fileDiff(step.path, step.before, step.after),
    disruption: 'reload',
    affects: [],
    steps: [step],
    effect: { kind: 'reload-daemon' },
  };
}

/** The defaults of options that a daemon takes over while it runs. One that is taken out of the file stays as it was. */
const reloadDefaults: JsonObject = {
  'authorization-plugins': [],
  debug: false,
  'default-runtime': 'runc',
  'insecure-registries': [],
  labels: [],
  'live-restore': false,
  'registry-mirrors': [],
  'shutdown-timeout': 15,
};

/** The same step with what the file holds on the way back, where keys would vanish that the daemon keeps. */
function passingBack(step: FileStep, { values }: Place, settings: JsonObject): FileStep {
  const vanishing = Object.keys(settings).filter((key) => !(key in values) && key in reloadDefaults);
  if (vanishing.length === 0) return step;
  const told = Object.fromEntries(vanishing.map((key) => [key, reloadDefaults[key]]));
  const passing = stepOf({ path: step.path, content: step.after, values, folders: [] }, step.after, told).after;
  return passing ? { ...step, passing } : step;
}

interface Restart {
  readonly failures: readonly Failure[];
  /** For daemon.json. */
  readonly settings: JsonObject;
  /** Of files that say how the daemon is started. */
  readonly steps: readonly FileStep[];
}

function restartAction(
  { failures, settings, steps }: Restart,
  reloaded: FileStep | undefined,
  place: Place,
  context: PlanContext,
): Action | undefined {
  if (failures.length === 0) return undefined;
  const own = Object.keys(settings).length > 0 ? [stepOf(place, reloaded?.after ?? place.content, settings)] : [];
  const all = [...steps, ...own];
  return {
    id: 'daemon-json/restart',
    kind: 'daemon-json',
    answers: answeredBy(failures),
    summary: sentences(summariesOf(failures)),
    diff: all.map(({ path, before, after }) => fileDiff(path, before, after)).join(''),
    disruption: 'daemon-restart',
    affects: stoppedByRestart(context),
    steps: all,
    effect: { kind: 'restart-daemon', reloadUnits: steps.length > 0 },
  };
}

function stepOf({ path, content, folders }: Place, from: FileContent | null, settings: JsonObject): FileStep {
  const access = (content ?? from)?.access ?? { mode: 0o644, uid: 0, gid: 0 };
  const bytes = Buffer.from(editedSettings(from, settings)).toString('base64');
  return {
    kind: 'file',
    path,
    before: from,
    after: { bytes, access },
    ...(from === null && folders.length > 0 ? { folders } : {}),
  };
}

function summariesOf(failures: readonly Failure[]): Text[] {
  return failures.flatMap(({ remedy }) => remedy?.summary ?? []);
}

const sparing: Text = {
  en: 'Switch live-restore on first, so that the restart that follows stops no container.',
  zh: '先启用 live-restore，使随后的重启不会停止任何容器。',
};

function notAFile(path: string): Text {
  return {
    en: `${path} is a link or no regular file: whoever manages it must change it`,
    zh: `${path} 是链接或并非普通文件：须由其管理者修改`,
  };
}

function notEditable(path: string): Text {
  return { en: `${path} could not be changed cleanly`, zh: `无法干净地修改 ${path}` };
}

function invalid(complaint: string): Text {
  return {
    en: `dockerd would not take the file: ${concealText(complaint)}`,
    zh: `dockerd 不接受该文件：${concealText(complaint)}`,
  };
}
