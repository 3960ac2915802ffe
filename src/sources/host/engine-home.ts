import type { EngineFacts } from '../../model/engine.ts';
import { readIfPossible } from './file.ts';

/** What of an engine says where its files stand. */
export type EngineFileFacts = Pick<EngineFacts, 'endpoint' | 'process' | 'configuration' | 'units' | 'info' | 'local'> &
  Partial<Pick<EngineFacts, 'kind'>>;

/** The folders that an engine takes when it is told nothing: the machine's, or those of the user who runs it. */
export interface EngineHome {
  readonly isRootless: boolean;
  /** Home of the user who runs it. */
  readonly user: string;
  /** `/etc`, or the user's own configuration. */
  readonly configuration: string;
  /** Where sockets are. */
  readonly runtime: string;
  readonly data: string;
  /** Where certificates are that no setting names. */
  readonly certificates: string;
}

/** Where the engine is at home, by the user who runs it and by its own environment. */
export function engineHome({ process, kind }: Pick<EngineFileFacts, 'process' | 'kind'>, root: string): EngineHome {
  const data = kind === 'podman' ? 'containers' : 'docker';
  const environment = process.known ? environmentOf(process.value.pid, root) : {};
  const isRootless = process.known && process.value.uid !== 0;
  const user = environment['HOME'] || '/root';
  const certificates = environment['DOCKER_CERT_PATH'] || environment['DOCKER_CONFIG'] || `${user}/.docker`;
  if (!process.known || !isRootless) {
    return { isRootless: false, user, configuration: '/etc', runtime: '/run', data: `/var/lib/${data}`, certificates };
  }
  return {
    isRootless,
    user,
    configuration: environment['XDG_CONFIG_HOME'] || `${user}/.config`,
    runtime: environment['XDG_RUNTIME_DIR'] || `/run/user/${process.value.uid}`,
    data: `${environment['XDG_DATA_HOME'] || `${user}/.local/share`}/${data}`,
    certificates,
  };
}

const wanted = new Set([
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'DOCKER_CERT_PATH',
  'DOCKER_CONFIG',
]);

function environmentOf(pid: number, root: string): Readonly<Record<string, string>> {
  const entries = (readIfPossible(`${root}/proc/${pid}/environ`) ?? '').split('\0');
  const pairs = entries.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] as const);
  return Object.fromEntries(pairs.filter(([name, value]) => wanted.has(name) && value.startsWith('/')));
}
