import { posix } from 'node:path';
import type { Mount, MountKind } from '../../../model/container-spec.ts';
import type { KeyPath } from '../../../model/json.ts';
import type { Lookup } from '../../../syntax/interpolation.ts';
import { type ComposeMapping, type ComposeNode, childOf } from './node.ts';
import {
  bytesOf,
  entriesOf,
  itemsOf,
  numberOf,
  present,
  recordOf,
  textAt,
  textOf,
  truthOf,
  wordOf,
} from './read-node.ts';
import { splitMapping } from './short-form.ts';

/** A mount, and where the service says it. */
export interface PlacedMount {
  readonly mount: Mount;
  readonly keys: KeyPath;
}

export interface VolumeContext {
  readonly service: ComposeNode;
  readonly project: ComposeMapping;
  readonly lookup: Lookup;
}

/** What a service mounts: its volumes, its tmpfs, and the engine's socket where it asks for it. */
export function mountsOf({ service, project, lookup }: VolumeContext): PlacedMount[] {
  const declared = entriesOf(childOf(project, 'volumes'));
  const volumes = itemsOf(childOf(service, 'volumes')).flatMap((node, index): PlacedMount[] => {
    const mount = node.kind === 'mapping' ? longForm(node) : shortForm(node);
    if (!mount) return [];
    return [{ mount: completed(mount, node, declared, lookup), keys: ['volumes', index] }];
  });
  const field = childOf(service, 'tmpfs');
  const temporary = itemsOf(field).flatMap((node, index): PlacedMount[] => {
    const text = wordOf(node);
    const keys = field?.kind === 'list' ? ['tmpfs', index] : ['tmpfs'];
    return text === undefined ? [] : [{ mount: temporaryMount(text), keys }];
  });
  const socket = truthOf(childOf(service, 'use_api_socket')) === true;
  return [...volumes, ...temporary, ...(socket ? [{ mount: apiSocket, keys: ['use_api_socket'] }] : [])];
}

const apiSocket: Mount = {
  kind: 'bind',
  source: '/var/run/docker.sock',
  target: '/var/run/docker.sock',
  readOnly: false,
  options: {},
};

const kinds: readonly MountKind[] = ['bind', 'volume', 'tmpfs', 'image', 'cluster', 'npipe'];

function longForm(node: ComposeMapping): Mount | undefined {
  const source = wordOf(childOf(node, 'source'));
  const kind = kinds.find((each) => each === textAt(node, 'type')) ?? (isPath(source ?? '') ? 'bind' : 'volume');
  const bind = childOf(node, 'bind');
  const selinux = textAt(bind, 'selinux');
  const volume = childOf(node, 'volume');
  const subpath = textAt(kind === 'image' ? childOf(node, 'image') : volume, 'subpath');
  return present<Mount>({
    kind,
    source: kind === 'tmpfs' ? undefined : source,
    target: textAt(node, 'target') ?? '',
    readOnly: truthOf(childOf(node, 'read_only')) ?? false,
    readOnlyNonRecursive: textAt(bind, 'recursive') === 'writable' || undefined,
    propagation: textAt(bind, 'propagation'),
    options: {
      ...(selinux === undefined ? {} : { [selinux]: '' }),
      ...(truthOf(childOf(volume, 'nocopy')) ? { nocopy: '' } : {}),
      ...(subpath === undefined ? {} : { subpath }),
      ...(kind === 'tmpfs' ? temporaryOptions(childOf(node, 'tmpfs')) : {}),
    },
    anonymous: (kind === 'volume' && source === undefined) || undefined,
  });
}

/** The engine's own notation: bytes, and an octal mode. */
function temporaryOptions(node: ComposeNode | undefined): Record<string, string> {
  const size = bytesOf(childOf(node, 'size'));
  const mode = childOf(node, 'mode');
  const written = textOf(mode)?.trim() ?? '';
  const decimal = numberOf(mode);
  const octal = /^0o?([0-7]+)$/.exec(written)?.[1] ?? decimal?.toString(8);
  return { ...(size === undefined ? {} : { size: String(size) }), ...(octal === undefined ? {} : { mode: octal }) };
}

const propagations = /^r?(?:shared|slave|private|unbindable)$/;
/** Words that say nothing about what the container may do. */
const plainWords = new Set(['', 'rw', 'ro', 'cached', 'consistent', 'delegated', 'default']);

/** `source:target:mode`; one path alone is a volume without a name. */
function shortForm(node: ComposeNode): Mount | undefined {
  const text = wordOf(node);
  if (text === undefined) return undefined;
  const [source = '', target, mode = ''] = splitMapping(text);
  if (target === undefined) return { kind: 'volume', target: source, readOnly: false, options: {}, anonymous: true };
  const words = mode.split(',').map((word) => word.trim());
  const options = words.filter((word) => !plainWords.has(word) && !propagations.test(word)).map(optionOf);
  return present<Mount>({
    kind: isPath(source) ? 'bind' : 'volume',
    source: source || undefined,
    target,
    readOnly: words.includes('ro'),
    propagation: words.find((word) => propagations.test(word)),
    options: Object.fromEntries(options),
    anonymous: source === '' || undefined,
  });
}

/** A path, and no volume's name; a variable without a value in front most often stands for a folder. */
function isPath(source: string): boolean {
  return /^(?:[.~/\\$]|[A-Za-z]:[\\/])/.test(source);
}

/** `/run:ro,size=64m`. */
function temporaryMount(text: string): Mount {
  const [target = '', ...mode] = splitMapping(text);
  const words = mode.join(':').split(',').filter(Boolean);
  const options = words.filter((word) => word !== 'ro' && word !== 'rw').map(optionOf);
  return { kind: 'tmpfs', target, readOnly: words.includes('ro'), options: Object.fromEntries(options) };
}

function optionOf(word: string): [string, string] {
  const separator = word.indexOf('=');
  return separator < 0 ? [word, ''] : [word.slice(0, separator), word.slice(separator + 1)];
}

/** With what the file says of the volume, and the source as a path that a reader can judge. */
function completed(mount: Mount, node: ComposeNode, declared: ReadonlyMap<string, ComposeNode>, lookup: Lookup): Mount {
  const { source } = mount;
  if (source === undefined) return mount;
  if (mount.kind === 'bind') {
    const from = node.kind === 'mapping' ? (childOf(node, 'source') ?? node) : node;
    return { ...mount, source: hostPath(source, from.place.source.base, lookup) };
  }
  const volume = declared.get(source);
  if (mount.kind !== 'volume' || !volume) return mount;
  const driver = wordOf(childOf(volume, 'driver'));
  const options = recordOf(childOf(volume, 'driver_opts'));
  const { device, o = '' } = options;
  const isBind = o.split(',').some((flag) => /^r?bind$/.test(flag.trim()));
  const resolved = device !== undefined && isBind ? hostPath(device, volume.place.source.base, lookup) : device;
  return {
    ...mount,
    ...(driver === undefined ? {} : { driver }),
    options: { ...options, ...(resolved === undefined ? {} : { device: resolved }), ...mount.options },
  };
}

/**
 * A path of the host. A relative one is resolved only where it is known absolutely from where; else it stays relative,
 * so that nobody takes `./etc` for `/etc`.
 */
export function hostPath(path: string, base: string, lookup: Lookup): string {
  if (/^~(?=\/|$)/.test(path)) {
    const home = lookup('HOME');
    return home ? `${home}${path.slice(1)}` : path;
  }
  if (!path.startsWith('.') && isPath(path)) return path;
  if (base.startsWith('/')) return posix.join(base, path);
  const plain = posix.normalize(path);
  return plain.startsWith('.') ? plain : `./${plain}`;
}
