import { type DaemonFlag, keyOfFlag, parseDaemonFlags } from '../model/daemon-setting.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';

/** An option on dockerd's command line, and where it stands. */
export interface PlacedFlag extends DaemonFlag {
  /** Its key in daemon.json. */
  readonly key: string;
  /** Arguments that it is made of, by position, the program's name being 0. */
  readonly from: number;
  readonly length: number;
  /** It shares its argument with other options: `-DH fd://`. */
  readonly shared: boolean;
}

/** Nothing on a command line can be this. */
const marker = '\0';

/** The options of dockerd, each with its place. */
export function placedFlags(argumentsList: readonly string[]): PlacedFlag[] {
  const placed: PlacedFlag[] = [];
  for (let from = 1; from < argumentsList.length; from += 1) {
    const argument = argumentsList[from] ?? '';
    if (argument === '--') break;
    const takesNext = parseDaemonFlags(['', argument, marker]).some(({ value }) => value === marker);
    const next = argumentsList[from + 1];
    const parts = takesNext && next !== undefined ? [argument, next] : [argument];
    const flags = parseDaemonFlags(['', ...parts]);
    for (const flag of flags) {
      placed.push({ ...flag, key: keyOfFlag(flag.name), from, length: parts.length, shared: flags.length > 1 });
    }
    from += parts.length - 1;
  }
  return placed;
}

/** What becomes of the flags of one key. */
export interface FlagChange {
  readonly takenOut: readonly PlacedFlag[];
  /** What daemon.json must say then; absent where the flags that stay say it. */
  readonly setting?: { readonly value: JsonValue | undefined };
}

/**
 * Which flags must go so that a key has a value. A listener that systemd opens (`fd://`) stays on the command line:
 * then hosts cannot also be in the file, and other hosts than those given cannot be had. `undefined` in that case.
 */
export function flagChange(
  key: string,
  value: JsonValue | undefined,
  flags: readonly PlacedFlag[],
): FlagChange | undefined {
  const own = flags.filter((flag) => isOf(flag, key));
  if (key !== 'hosts') return { takenOut: own, setting: { value: fileValue(key, value) } };
  if (own.length === 0) return { takenOut: [], setting: { value } };
  const wanted = Array.isArray(value) ? value.map((each) => String(each).trim()) : [];
  const given = own.map((flag) => String(flag.value).trim());
  const isActivated = given.some(isActivation);
  if (wanted.every((host) => given.includes(host)) && (isActivated || wanted.length > 0)) {
    return {
      takenOut: own.filter((_, index) => !wanted.includes(given[index] ?? '') && !isActivation(given[index] ?? '')),
    };
  }
  return isActivated ? undefined : { takenOut: own, setting: { value } };
}

/** Whether a flag sets a key. One that changed its key over time still stands for the old one too. */
export function isOf(flag: PlacedFlag, key: string): boolean {
  return flag.key === key || flag.name === key;
}

function isActivation(host: string): boolean {
  return host.startsWith('fd://');
}

/** Values read from flags are texts in the flags' own form; the file wants limits as objects. */
function fileValue(key: string, value: JsonValue | undefined): JsonValue | undefined {
  if (key !== 'default-ulimits' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, limit]) => {
      if (typeof limit !== 'string') return [name, limit];
      const [soft = '', hard = soft] = limit.split(':');
      return [name, { Name: name, Soft: Number(soft), Hard: Number(hard) }];
    }),
  );
}
