import type { JsonObject } from '../../model/json.ts';
import type { Action, FileContent, FileStep } from '../../model/plan.ts';
import { changeDaemon } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { mergedSettings } from '../daemon-file.ts';
import { concealText } from '../../remedy/redaction.ts';
import { readDaemonStart } from '../daemon-start.ts';
import { fileDiff, textOf } from '../file-diff.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll, sentences } from '../planning.ts';
import { type Place, placeOf, stepOf } from './daemon-place.ts';
import { type Freed, freeSettings, isOnCommandLine, withoutFlags } from './freed-settings.ts';
import { spares, stoppedByRestart } from './live-restore.ts';
import { pendingKeys, type Wishes, withoutTraps } from './safe-failures.ts';

/** Settings of daemon.json, those that stand on the command line now among them. */
export function isDaemonFailure({ remedy }: Failure): boolean {
  return remedy?.kind === 'daemon' || isOnCommandLine({ remedy });
}

/**
 * Settings of the engine: what it takes over while it runs first, so that `live-restore` holds before the one restart
 * that all the others need. What would keep dockerd from starting is refused, key by key.
 *
 * @param startOf how the daemon is started again
 */
export async function planDaemonSettings(
  failures: readonly Failure[],
  context: PlanContext,
  startOf: typeof readDaemonStart = readDaemonStart,
): Promise<Planned> {
  if (failures.length === 0) return { actions: [], refused: [] };
  const start = startOf(context.machine.engine);
  if ('refused' in start) return { actions: [], refused: refusedAll(failures, start.refused) };
  const place = placeOf(context);
  if ('refused' in place) return { actions: [], refused: refusedAll(failures, place.refused) };
  const { possible, freed, refused } = possibleOf(failures, place, context);
  const wishes = wishesOf(freed.settings);
  const live = possible.filter((failure) => !wishes.needsRestart(failure));
  const restarting = possible.filter((failure) => wishes.needsRestart(failure));
  const reload = reloadAction(live, restarting, place, context);
  const before = reload?.steps.find((step) => step.kind === 'file')?.after ?? place.content;
  const restart = await restartAction({ failures: restarting, freed, before }, place, context);
  const actions = [reload, restart].filter((action) => action !== undefined);
  const complaint = await complaintOf(actions, place, context);
  if (complaint !== undefined) return { actions: [], refused: refusedAll(failures, invalid(complaint)) };
  return { actions, refused };
}

interface Possible extends Pick<Planned, 'refused'> {
  readonly possible: readonly Failure[];
  readonly freed: Freed;
}

/** What a trap has taken away stays on the command line, where it may be a trap for others: then all is looked at again. */
function possibleOf(failures: readonly Failure[], place: Place, context: PlanContext): Possible {
  const refused: Possible['refused'][number][] = [];
  let left = failures;
  for (;;) {
    const freed = freeSettings(left.filter(isOnCommandLine), context);
    const others = left.filter((failure) => !isOnCommandLine(failure));
    const wanted = [...others, ...freed.possible];
    const safe = withoutTraps(wanted, wishesOf(freed.settings), place, withoutFlags(freed.possible, context));
    refused.push(...freed.refused, ...safe.refused);
    left = safe.possible;
    if (freed.possible.every((failure) => left.includes(failure))) return { possible: left, freed, refused };
  }
}

/** What dockerd itself says against the file as it would be. */
async function complaintOf(
  actions: readonly Action[],
  { path, content }: Place,
  { validate }: PlanContext,
): Promise<string | undefined> {
  const last = actions.flatMap(({ steps }) => steps).findLast((step) => step.kind === 'file' && step.path === path);
  return actions.length > 0 ? validate?.(textOf(last?.kind === 'file' ? last.after : content)) : undefined;
}

/** Of what stood on the command line only what was freed goes into the file. */
function wishesOf(freed: JsonObject): Wishes {
  return {
    settingsOf({ remedy }) {
      if (remedy?.kind === 'daemon') {
        return remedy.disruption === 'reload' ? told(remedy.set) : remedy.set;
      }
      const own = remedy?.kind === 'manual' ? Object.keys(remedy.settings ?? {}) : [];
      return Object.fromEntries(own.flatMap((key) => (Object.hasOwn(freed, key) ? [[key, freed[key]] as const] : [])));
    },
    needsRestart(failure) {
      if (isOnCommandLine(failure)) return true;
      return !isSilent(failure) && changeDaemon(this.settingsOf(failure), noText).disruption !== 'reload';
    },
  };
}

const noText: Text = { en: '', zh: '' };

/** Keys that go because the command line says the same: nothing has to be told. */
function isSilent({ remedy }: Failure): boolean {
  return remedy?.kind === 'daemon' && remedy.disruption === 'none';
}

/** What needs no restart, and with it `live-restore` where a restart follows that would stop containers. */
function reloadAction(
  live: readonly Failure[],
  restarting: readonly Failure[],
  place: Place,
  context: PlanContext,
): Action | undefined {
  const wanted = mergedSettings(live.map((failure) => wishesOf({}).settingsOf(failure)));
  const [first] = restarting;
  const prepares = first !== undefined && !('live-restore' in wanted) && spares(context);
  const settings = prepares ? { ...wanted, 'live-restore': true } : wanted;
  if (Object.keys(settings).length === 0) return undefined;
  const step = stepOf(place, place.content, settings);
  const isTold = prepares || live.some((failure) => !isSilent(failure));
  return {
    id: 'daemon-json/reload',
    kind: 'daemon-json',
    // Proven too, although nobody asked: the restart relies on it.
    answers: [
      ...answeredBy(live),
      ...(prepares ? [{ control: 'daemon-live-restore', subject: first.subject.id }] : []),
    ],
    summary: sentences([...summariesOf(live), ...(prepares ? [sparing] : [])]),
    diff: step ? fileDiff(step.path, step.before, step.after) : '',
    disruption: isTold ? 'reload' : 'none',
    affects: [],
    steps: step ? [isTold ? passingBack(step, place, settings, context) : step] : [],
    ...(isTold ? { effect: { kind: 'reload-daemon' } } : {}),
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

/** In the place of a key that would vanish the default in so many words, where the daemon has to be told. */
function told(set: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(set).map(([key, value]) => [key, value ?? reloadDefaults[key] ?? null]));
}

/** The same step with what the file holds on the way back, where keys would vanish that the daemon keeps. */
function passingBack(step: FileStep, { values }: Place, settings: JsonObject, { machine }: PlanContext): FileStep {
  const { info } = machine.engine;
  // What was in force without being in the file comes back, if it can be seen.
  const inForce: JsonObject = info.known
    ? { debug: info.value.debug, 'default-runtime': info.value.defaultRuntime, 'live-restore': info.value.liveRestore }
    : {};
  const vanishing = Object.keys(settings).filter((key) => !(key in values) && key in reloadDefaults);
  const earlier = Object.fromEntries(vanishing.map((key) => [key, inForce[key] ?? reloadDefaults[key]]));
  const place = { path: step.path, content: step.after, values, folders: [] };
  const passing = vanishing.length > 0 ? stepOf(place, step.after, earlier)?.after : undefined;
  return passing ? { ...step, passing } : step;
}

interface Restart {
  readonly failures: readonly Failure[];
  readonly freed: Freed;
  /** The file as the reload leaves it. */
  readonly before: FileContent | null;
}

async function restartAction(
  { failures, freed, before }: Restart,
  place: Place,
  context: PlanContext,
): Promise<Action | undefined> {
  if (failures.length === 0) return undefined;
  const wishes = wishesOf(freed.settings);
  const settings = mergedSettings(failures.map((failure) => wishes.settingsOf(failure)));
  const own = Object.keys(settings).length > 0 ? stepOf(place, before, settings) : undefined;
  const all = [...freed.steps, ...(own ? [own] : [])];
  return {
    id: 'daemon-json/restart',
    kind: 'daemon-json',
    answers: answeredBy(failures),
    summary: sentences([...summariesOf(failures), ...alsoInForce(settings, place, context)]),
    diff: all.map(({ path, before: old, after }) => fileDiff(path, old, after)).join(''),
    disruption: 'daemon-restart',
    affects: await stoppedByRestart(context),
    steps: all,
    effect: { kind: 'restart-daemon', reloadUnits: freed.steps.length > 0 },
  };
}

/** What others have written, and nobody has brought into force. */
function alsoInForce(settings: JsonObject, { values, path }: Place, context: PlanContext): Text[] {
  const keys = pendingKeys(settings, context).filter((key) => Object.hasOwn(values, key) && key !== 'live-restore');
  if (keys.length === 0) return [];
  return [
    {
      en: `The restart also brings into force what ${path} says already and the engine does not do yet: ${keys.join(', ')}.`,
      zh: `重启还会使 ${path} 中已写入但引擎尚未采用的设置生效：${keys.join('、')}。`,
    },
  ];
}

function summariesOf(failures: readonly Failure[]): Text[] {
  return failures.flatMap(({ remedy }) => {
    // What the audit tells a person to do by hand is done here.
    if (remedy?.kind === 'manual') return fromCommandLine(Object.keys(remedy.settings ?? {}));
    return remedy?.summary ?? [];
  });
}

function fromCommandLine(keys: readonly string[]): Text {
  return {
    en: `Take what is not wanted of ${keys.join(', ')} off the command line of the daemon; what is wanted goes into the file.`,
    zh: `从守护进程的命令行中移除 ${keys.join('、')} 里不需要的设置，需要的写入文件。`,
  };
}

const sparing: Text = {
  en: 'Switch live-restore on first, so that the restart that follows stops no container.',
  zh: '先启用 live-restore，使随后的重启不会停止任何容器。',
};

function invalid(complaint: string): Text {
  return {
    en: `dockerd would not take the file: ${concealText(complaint)}`,
    zh: `dockerd 不接受该文件：${concealText(complaint)}`,
  };
}
