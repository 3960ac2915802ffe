import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import { hostFileRoles, type FileStatus, type HostFileRole } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import type { EngineFileFacts } from './engine-home.ts';
import { fileFailure } from './file.ts';
import { hostPlaces } from './host-places.ts';
import { readFileStatus } from './file-status.ts';

/**
 * What stands at the places that an engine uses; at the usual ones as far as it does not say. Of an engine on another
 * machine nothing is read.
 */
export function readHostFiles(engine: EngineFileFacts, root = ''): HostFacts['files'] {
  const places = hostPlaces(engine, root);
  const files = hostFileRoles.map((role): [HostFileRole, Fact<readonly FileStatus[]>] => [
    role,
    isElsewhere(engine, root) ? elsewhere(role) : filesAt(places[role], role, root),
  ]);
  return Object.fromEntries(files) as HostFacts['files'];
}

/** The host's ends of bind mounts. Those that are not there any more are left out. */
export function readBindSources(paths: readonly string[], root = ''): Fact<Readonly<Record<string, FileStatus>>> {
  const found: Record<string, FileStatus> = {};
  for (const path of paths) {
    try {
      const status = readFileStatus(path, root);
      if (status) found[path] = status;
    } catch (error) {
      return fileFailure(path, error);
    }
  }
  return known(found, 'file', 'bind mounts');
}

/** Each file once, however many names lead to it. What is linked to a device, as a masked unit is to `/dev/null`, is none. */
function filesAt(places: () => Fact<readonly string[]>, role: string, root: string): Fact<readonly FileStatus[]> {
  let path = role;
  try {
    const where = places();
    if (!where.known) return where;
    const files = new Map<string, FileStatus>();
    for (path of where.value) {
      const status = readFileStatus(path, root);
      if (status && status.kind !== 'other' && !files.has(status.realPath)) files.set(status.realPath, status);
    }
    const all = [...files.values()];
    return known(all, 'file', all[0]?.path ?? where.path);
  } catch (error) {
    return fileFailure((error as NodeJS.ErrnoException).path ?? path, error);
  }
}

/** An engine that answers, and not from here. One that could not be asked may well be this machine's. */
function isElsewhere({ local, info, endpoint }: EngineFileFacts, root: string): boolean {
  return root === '' && !local && (info.known || !endpoint.startsWith('unix:'));
}

function elsewhere(role: string): UnreadableFact {
  return unreadable(
    'file',
    role,
    {
      en: 'the engine is not known to run on this machine, so that its files cannot be looked at',
      zh: '无法确认引擎运行在本机，因此不能查看其文件',
    },
    { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
  );
}
