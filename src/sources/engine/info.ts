import type { EngineInfo, LimitKind } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { booleanAt, listAt, numberAt, objectAt, stringAt, stringsAt, textAt } from './reading.ts';

/** Reads the answer of `GET /info`. */
export function readEngineInfo(answer: JsonValue): EngineInfo {
  const registry = objectAt(answer, 'RegistryConfig');
  const swarm = objectAt(answer, 'Swarm');
  return {
    name: textAt(answer, 'Name'),
    operatingSystem: textAt(answer, 'OperatingSystem'),
    dataRoot: textAt(answer, 'DockerRootDir'),
    storageDriver: textAt(answer, 'Driver'),
    storageStatus: listAt(answer, 'DriverStatus').flatMap(pairsOf),
    loggingDriver: textAt(answer, 'LoggingDriver'),
    cgroupDriver: textAt(answer, 'CgroupDriver'),
    cgroupVersion: textAt(answer, 'CgroupVersion'),
    processors: numberAt(answer, 'NCPU'),
    memory: numberAt(answer, 'MemTotal'),
    liveRestore: booleanAt(answer, 'LiveRestoreEnabled'),
    debug: booleanAt(answer, 'Debug'),
    experimental: booleanAt(answer, 'ExperimentalBuild'),
    securityOptions: stringsAt(answer, 'SecurityOptions'),
    insecureRegistries: stringsAt(registry, 'InsecureRegistryCIDRs'),
    registries: Object.fromEntries(
      Object.entries(objectAt(registry, 'IndexConfigs')).map(([name, each]) => [
        name,
        booleanAt(each, 'Secure') ?? false,
      ]),
    ),
    authorizationPlugins: stringsAt(objectAt(answer, 'Plugins'), 'Authorization'),
    swarm: stringAt(swarm, 'LocalNodeState'),
    swarmManager: booleanAt(swarm, 'ControlAvailable'),
    runtimes: Object.keys(objectAt(answer, 'Runtimes')),
    defaultRuntime: textAt(answer, 'DefaultRuntime'),
    warnings: stringsAt(answer, 'Warnings'),
    firewallBackend: textAt(objectAt(answer, 'FirewallBackend'), 'Driver'),
    containers: numberAt(answer, 'Containers'),
    runningContainers: numberAt(answer, 'ContainersRunning'),
    stoppedContainers: numberAt(answer, 'ContainersStopped'),
    mirrors: stringsAt(registry, 'Mirrors'),
    limits: limitsIn(answer),
    swarmAddress: textAt(swarm, 'NodeAddr'),
    swarmNode: textAt(swarm, 'NodeID'),
    swarmManagers: managersIn(swarm),
    runcCommit: textAt(objectAt(answer, 'RuncCommit'), 'ID'),
    containerdCommit: textAt(objectAt(answer, 'ContainerdCommit'), 'ID'),
    containerdAddress: textAt(objectAt(answer, 'Containerd'), 'Address'),
    product: textAt(answer, 'ProductLicense'),
  };
}

/** `null` where the engine is in no swarm. */
function managersIn(swarm: JsonValue): EngineInfo['swarmManagers'] {
  const managers = listAt(swarm, 'RemoteManagers').flatMap((each) => {
    const [node, address] = [textAt(each, 'NodeID'), textAt(each, 'Addr')];
    return node !== undefined && address !== undefined ? [{ node, address }] : [];
  });
  return managers.length > 0 ? managers : undefined;
}

/** A pair of texts; anything else is none. */
function pairsOf(pair: JsonValue): [string, string][] {
  const [name, value] = Array.isArray(pair) ? (pair as readonly JsonValue[]) : [];
  return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
}

const limitFields: Readonly<Record<LimitKind, string>> = {
  memory: 'MemoryLimit',
  swap: 'SwapLimit',
  'cpu-quota': 'CpuCfsQuota',
  'cpu-shares': 'CPUShares',
  'cpu-set': 'CPUSet',
  processes: 'PidsLimit',
};

function limitsIn(answer: JsonValue): EngineInfo['limits'] {
  const limits = Object.entries(limitFields).map(([kind, field]) => [kind, booleanAt(answer, field)]);
  return Object.fromEntries(limits.filter(([, isThere]) => isThere !== undefined));
}
