import { join } from 'node:path';
import type { EngineFacts } from '../model/engine.ts';
import { known, mapFact, type UnreadableFact, unreadable } from '../model/fact.ts';
import { readCgroupMounts } from './host/cgroup.ts';
import { readConfigurationFile } from './host/daemon-configuration.ts';
import { readAuditRules } from './host/audit-rules.ts';
import { fileFailure } from './host/file.ts';
import { readFileStatus } from './host/file-status.ts';
import { readHost } from './host/host.ts';
import { readBindSources, readHostFiles } from './host/host-files.ts';
import { readPacketFilter } from './host/packet-filter.ts';
import { readProcesses } from './host/processes.ts';
import type { MachineReading } from './machine.ts';

/**
 * Reads a host whose file systems are mounted or copied below a folder. What only a running kernel or engine can tell is
 * unreadable; the engine's configuration file is judged as it stands.
 */
export async function readCopiedHost(folder: string): Promise<MachineReading> {
  // An empty root would be the machine that this runs on.
  const root = folder.replace(/\/+$/, '') || '/.';
  const early = readHost(readCgroupMounts(join(root, 'proc/self/mountinfo')), readProcesses(join(root, 'proc')), root);
  const engine = engineOf(root);
  const [audit, packetFilter] = await Promise.all([readAuditRules(root), readPacketFilter(root)]);
  const host = {
    ...early,
    audit,
    packetFilter,
    files: readHostFiles({ ...engine, local: true, configuration: asOnTheHost(engine.configuration) }, root),
    bindSources: readBindSources([], root),
  };
  return { machine: { host, engine, images: [], containers: [] }, gaps: [] };
}

function engineOf(root: string): EngineFacts {
  return {
    endpoint: `files below ${root}`,
    kind: 'docker',
    local: false,
    version: noEngine('GET /version'),
    info: noEngine('GET /info'),
    bridge: noEngine('GET /networks/bridge'),
    images: noEngine('GET /images/json'),
    networks: noEngine('GET /networks'),
    volumes: noEngine('GET /volumes'),
    swarm: noEngine('GET /swarm'),
    plugins: noEngine('GET /plugins'),
    process: noEngine('/proc/PID'),
    configuration: configurationIn(root),
    units: noEngine('docker.service'),
    sockets: noEngine('/proc/PID/fd'),
    referencedFiles: noEngine('tlscacert'),
    filterChains: noEngine('packet filter'),
    clients: noEngine('~/.docker/contexts'),
  };
}

const configurationFile = '/etc/docker/daemon.json';

/** A link is followed within the folder, and what is no file is not opened. */
function configurationIn(root: string): EngineFacts['configuration'] {
  const path = root + configurationFile;
  try {
    const status = readFileStatus(configurationFile, root);
    if (status === undefined) return known(null, 'file', path);
    return status.kind === 'file'
      ? readConfigurationFile(root + status.realPath)
      : fileFailure(path, { code: status.kind === 'folder' ? 'EISDIR' : 'EINVAL' });
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** The configuration by its name on the host, and not by where it lies now. */
function asOnTheHost(configuration: EngineFacts['configuration']): EngineFacts['configuration'] {
  const named = mapFact(configuration, (value) => (value === null ? null : { ...value, file: configurationFile }));
  return { ...named, path: configurationFile };
}

function noEngine(path: string): UnreadableFact {
  return unreadable(
    'engine-api',
    path,
    { en: 'only files are looked at, and no engine that runs', zh: '仅查看文件，未查询运行中的引擎' },
    { en: 'run plimsoll audit on the host itself', zh: '在主机本身上运行 plimsoll audit' },
  );
}
