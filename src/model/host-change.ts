import { mapFact } from './fact.ts';
import { type ForwardDrop, forwardChain, forwardDropWords } from './forward-drop.ts';
import type { FileStatus, HostFileRole } from './host-file.ts';
import type { HostFacts } from './host.ts';
import type { FilterChain } from './packet-filter.ts';

/** One change to the host, as data. */
export type HostChange =
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  | { readonly kind: 'owner'; readonly path: string; readonly uid: number; readonly gid: number }
  | { readonly kind: 'parameter'; readonly name: string; readonly value: string }
  | { readonly kind: 'watch'; readonly path: string; readonly permissions: string }
  | FilterChange
  | GroupChange
  | RemovalChange;

/** A rule at the top of Docker's chain for the administrator. */
export interface FilterChange extends ForwardDrop {
  readonly kind: 'filter';
}

/** Users who are taken out of a group that is not their primary one. */
export interface GroupChange {
  readonly kind: 'group';
  readonly group: string;
  readonly remove: readonly string[];
  /** What this host has for it: there is no gpasswd in Busybox. */
  readonly program: 'gpasswd' | 'delgroup';
}

/** A container or image that is removed from the engine, for good. */
export interface RemovalChange {
  readonly kind: 'removal';
  readonly what: 'container' | 'image';
  readonly id: string;
  /** As people call it; of an image without a name its id. */
  readonly name: string;
}

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
    case 'filter': {
      const packetFilter = mapFact(host.packetFilter, (filter) => ({
        ...filter,
        chains: filter.chains.map((chain) => withDrop(chain, change)),
      }));
      return { ...host, packetFilter };
    }
    case 'group': {
      const accounts = mapFact(host.accounts, ({ users, groups }) => ({
        users,
        groups: groups.map((group) =>
          group.name === change.group
            ? { ...group, members: group.members.filter((member) => !change.remove.includes(member)) }
            : group,
        ),
      }));
      return { ...host, accounts };
    }
    // The engine's, and not of these facts.
    case 'removal':
      return host;
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

function withDrop(chain: FilterChain, drop: ForwardDrop): FilterChain {
  const { family, table, name } = chain;
  if (family !== drop.family || table !== 'filter' || name !== forwardChain) return chain;
  const { inInterface, protocol } = drop;
  const text = forwardDropWords(drop).join(' ');
  const rule = { text, target: 'drop', protocol, inInterface, states: ['new'], isPartial: true };
  return { ...chain, rules: [rule, ...chain.rules] };
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
