import { mapFact } from './fact.ts';
import type { FileStatus, HostFileRole } from './host-file.ts';
import type { HostFacts } from './host.ts';

/** One change to the host, as data. */
export type HostChange =
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  | { readonly kind: 'owner'; readonly path: string; readonly uid: number; readonly gid: number }
  | { readonly kind: 'parameter'; readonly name: string; readonly value: string }
  | { readonly kind: 'watch'; readonly path: string; readonly permissions: string };

/** The host as it would be with the changes made. */
export function applyHostChanges(host: HostFacts, changes: readonly HostChange[]): HostFacts {
  return changes.reduce(applied, host);
}

function applied(host: HostFacts, change: HostChange): HostFacts {
  switch (change.kind) {
    case 'parameter': {
      const parameters = mapFact(host.kernel.parameters, (all) => ({ ...all, [change.name]: change.value }));
      return { ...host, kernel: { ...host.kernel, parameters } };
    }
    case 'watch': {
      const { path, permissions } = change;
      const watch = { path, permissions, recursive: true };
      return {
        ...host,
        audit: mapFact(host.audit, (rules) => ({ loaded: true, watches: [...(rules?.watches ?? []), watch] })),
      };
    }
    default:
      return {
        ...host,
        files: withFiles(host.files, change),
        bindSources: mapFact(host.bindSources, (all) =>
          Object.fromEntries(Object.entries(all).map(([path, file]) => [path, changedFile(file, change)])),
        ),
      };
  }
}

type FileChange = Extract<HostChange, { kind: 'mode' | 'owner' }>;

function withFiles(files: HostFacts['files'], change: FileChange): HostFacts['files'] {
  const roles = Object.keys(files) as HostFileRole[];
  const changed = roles.map((role) => [
    role,
    mapFact(files[role], (each) => each.map((file) => changedFile(file, change))),
  ]);
  return Object.fromEntries(changed) as HostFacts['files'];
}

function changedFile(file: FileStatus, change: FileChange): FileStatus {
  if (change.path !== file.path && change.path !== file.realPath) return file;
  return change.kind === 'mode' ? { ...file, mode: change.mode } : { ...file, uid: change.uid, gid: change.gid };
}
