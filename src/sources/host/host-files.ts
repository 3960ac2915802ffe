import type { EngineFacts } from '../../model/engine.ts';
import type { Fact } from '../../model/fact.ts';
import { hostFileRoles, type FileStatus } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** What of an engine says where its files stand. */
export type EngineFileFacts = Pick<EngineFacts, 'endpoint' | 'process' | 'configuration' | 'units' | 'info' | 'local'>;

/** What stands at the places that an engine uses. */
export function readHostFiles(engine: EngineFileFacts, root = ''): HostFacts['files'] {
  const gap = notReadYet(`${root}${engine.endpoint}`);
  return Object.fromEntries(hostFileRoles.map((role) => [role, gap])) as unknown as HostFacts['files'];
}

/** The host's ends of bind mounts. */
export function readBindSources(paths: readonly string[], root = ''): Fact<Readonly<Record<string, FileStatus>>> {
  return notReadYet(`${root}${paths.join()}`);
}
