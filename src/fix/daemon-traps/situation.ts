import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { parseRelease } from '../../controls/daemon/engine-version.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { isObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { FileContent } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { flatKeys } from './known-keys.ts';

/** Something that would keep dockerd from starting, or would quietly break or hide things. */
export interface Trap {
  /** Keys of daemon.json that must not be written, or not like this. */
  readonly keys: readonly string[];
  readonly reason: Text;
  /** The way round. */
  readonly advice: Text;
  readonly commands?: readonly string[];
}

export interface Proposed {
  /** The values of daemon.json; an empty object where there is no such file. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Keys that differ between the two, and those that the next start brings into force though they do not. */
  readonly changed: readonly string[];
}

export interface TrapContext {
  readonly engine: EngineFacts;
  readonly machine: Machine;
  /** What is at a path: `null` where nothing is, `undefined` where it is no regular file (a link, a folder). */
  file(path: string): FileContent | null | undefined;
}

/**
 * `start`: dockerd would not start, whoever wrote the keys. `use`: it starts, and something no longer works or is no
 * longer seen; that is a trap only for who brings it about.
 */
export interface Finding extends Trap {
  readonly harms: 'start' | 'use';
}

/** What dockerd would find at its next start. */
export interface Situation extends Proposed, TrapContext {
  /** Year or major number and minor number; undefined where the engine does not say, or says no number. */
  readonly release: readonly [number, number] | undefined;
  readonly info: EngineInfo | undefined;
  readonly containers: readonly ContainerSpec[];
  /** The arguments of the process that runs; none where it cannot be seen. */
  readonly arguments: readonly string[];
  /** A setting at the next start: the command line's, else the file's; groups such as `proxies` are looked into. */
  setting(key: string): JsonValue | undefined;
  /** Written in the file as it would be. */
  has(key: string): boolean;
  isChanged(...keys: readonly string[]): boolean;
}

export type Search = (situation: Situation) => readonly Finding[];

export function situationOf(proposed: Proposed, context: TrapContext): Situation {
  const { engine, machine } = context;
  const { after, changed } = proposed;
  const version = engine.version.known ? parseRelease(engine.version.value.version) : undefined;
  const flat = flatKeys(after);
  const processArguments = engine.process.known ? engine.process.value.arguments : [];
  const next = commandLineOnly(engine);
  return {
    before: proposed.before,
    after,
    changed,
    engine,
    machine,
    file: (path) => context.file(path),
    release: version ? [version.numbers[0], version.numbers[1]] : undefined,
    info: engine.info.known ? engine.info.value : undefined,
    containers: machine.containers,
    arguments: processArguments,
    setting(key) {
      const flag = daemonSetting(next, key);
      if (flag.known && flag.source === 'command-line') return flag.value;
      const value = Object.hasOwn(flat, key) ? flat[key] : undefined;
      return value === null ? undefined : value;
    },
    has: (key) => Object.hasOwn(flat, key),
    isChanged: (...keys) => keys.some((key) => isChangedKey(key, changed, after)),
  };
}

/** A key within a group counts as changed with its group. */
function isChangedKey(key: string, changed: readonly string[], after: JsonObject): boolean {
  return (
    changed.includes(key) ||
    changed.some((name) => {
      const group = after[name];
      return isObject(group) && Object.hasOwn(group, key);
    })
  );
}

function commandLineOnly({ process }: EngineFacts): Pick<EngineFacts, 'process' | 'configuration'> {
  return { process, configuration: { known: true, value: null, source: 'file', path: '' } };
}

/** Whether the engine is older than a release; undefined where its version is not known. */
export function isBefore({ release }: Situation, [major, minor]: readonly [number, number]): boolean | undefined {
  return release && (release[0] < major || (release[0] === major && release[1] < minor));
}

export function start(keys: readonly string[], reason: Text, advice: Text, commands?: readonly string[]): Finding {
  return { harms: 'start', keys, reason, advice, ...(commands ? { commands } : {}) };
}

export function use(keys: readonly string[], reason: Text, advice: Text, commands?: readonly string[]): Finding {
  return { harms: 'use', keys, reason, advice, ...(commands ? { commands } : {}) };
}

/** The texts of a list; other things in it are left to the check of types. */
export function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A setting that is a text with something in it. */
export function textOf(situation: Situation, key: string): string | undefined {
  const value = situation.setting(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Names as people read them, cut off after a few. */
export function someOf(names: readonly string[]): Text {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  return {
    en: shown.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    zh: shown.join('、') + (more > 0 ? ` 等 ${names.length} 个` : ''),
  };
}
