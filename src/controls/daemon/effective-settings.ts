import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { listOf } from './setting-value.ts';

/** Whether the engine shows `wanted` (`undefined`: not set) in force; `undefined` where it does not say. */
type Comparison = (wanted: JsonValue | undefined, info: EngineInfo, engine: EngineFacts) => boolean | undefined;

const comparisons: Readonly<Record<string, Comparison>> = {
  'authorization-plugins': (wanted, info) => sameList(listOf(wanted), info.authorizationPlugins),
  'data-root': (wanted, { dataRoot }) =>
    typeof wanted === 'string' && dataRoot !== undefined ? isRoot(wanted, dataRoot) : undefined,
  debug: (wanted, { debug }) => shown(debug, wanted === true),
  'default-runtime': (wanted, { defaultRuntime }) => shown(defaultRuntime, wanted ?? 'runc'),
  experimental: (wanted, { experimental }) => shown(experimental, wanted === true),
  icc: (wanted, _info, { bridge }) => {
    const isolated = bridge.known ? bridge.value?.options['com.docker.network.bridge.enable_icc'] : undefined;
    return shown(isolated, String(wanted !== false));
  },
  'insecure-registries': (wanted, info) => sameList(listOf(wanted), insecureOf(info)),
  'live-restore': (wanted, { liveRestore }) => shown(liveRestore, wanted === true),
  'log-driver': (wanted, { loggingDriver }) => shown(loggingDriver, wanted ?? 'json-file'),
  // Engines that do not show it may have it on all the same.
  'no-new-privileges': (wanted, info) =>
    info.securityOptions.includes('name=no-new-privileges') ? wanted === true : wanted === true ? undefined : true,
  'seccomp-profile': (wanted, info) => {
    const profile = info.securityOptions.find((option) => option.startsWith('name=seccomp,profile='))?.split('=')[2];
    const isBuiltIn = profile === 'default' || profile === 'builtin';
    if (wanted === undefined || wanted === null || wanted === '' || wanted === 'builtin') {
      return profile === undefined ? undefined : isBuiltIn;
    }
    // Of a file only the name is shown, and what is in it may have changed.
    return profile !== wanted ? false : wanted === 'unconfined' ? true : undefined;
  },
  'selinux-enabled': (wanted, info) =>
    info.securityOptions.includes('name=selinux') ? wanted === true : wanted === true ? undefined : true,
  'storage-driver': (wanted, { storageDriver }) =>
    typeof wanted === 'string' && wanted !== '' ? shown(storageDriver, wanted) : undefined,
  // That ids are remapped is shown, to whom is not.
  'userns-remap': (wanted, info) => {
    const isRemapped = info.securityOptions.includes('name=userns');
    const isWanted = typeof wanted === 'string' && wanted !== '';
    return isRemapped === isWanted ? (isWanted ? undefined : true) : false;
  },
};

interface ComparedSettings {
  /** Keys whose value is not in force. */
  readonly differing: readonly string[];
  /** Keys in the file of which the engine does not show whether they are in force. */
  readonly uncertain: readonly string[];
}

/** Compares what the engine was told with what it shows: every key of its file, and every key that it shows. */
export function compareSettings(engine: EngineFacts): ComparedSettings {
  const { configuration, info } = engine;
  const written = configuration.known ? Object.keys(configuration.value?.values ?? {}) : [];
  const differing: string[] = [];
  const uncertain: string[] = [];
  for (const key of new Set([...written, ...Object.keys(comparisons)])) {
    const setting = daemonSetting(engine, key);
    const isInForce = info.known && setting.known ? comparisons[key]?.(setting.value, info.value, engine) : undefined;
    if (isInForce === false) differing.push(key);
    else if (isInForce === undefined && written.includes(key)) uncertain.push(key);
  }
  return { differing, uncertain };
}

function shown(inForce: JsonValue | undefined, wanted: JsonValue): boolean | undefined {
  return inForce === undefined ? undefined : inForce === wanted;
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each) => right.includes(each));
}

/** With remapped users the engine shows a folder below its root. */
function isRoot(wanted: string, dataRoot: string): boolean {
  const root = wanted.replace(/\/+$/, '');
  return dataRoot === root || /^\/\d+\.\d+$/.test(dataRoot.startsWith(root) ? dataRoot.slice(root.length) : '');
}

/** Loopback is always there and is nobody's setting. */
function insecureOf({ insecureRegistries, registries }: EngineInfo): string[] {
  const named = Object.entries(registries).filter(([, isSecure]) => !isSecure);
  return [...insecureRegistries, ...named.map(([name]) => name)].filter(
    (each) => !['127.0.0.0/8', '::1/128'].includes(each),
  );
}
