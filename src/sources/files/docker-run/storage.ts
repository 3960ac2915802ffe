import type { Mount, MountKind } from '../../../model/container-spec.ts';
import type { GivenOption } from '../../../syntax/docker-run/arguments.ts';
import { commaFields, nameAndValue, splitAround } from '../../../syntax/docker-run/split.ts';
import { booleanOf, type Given } from './given.ts';
import { present } from './limits.ts';

const propagations = /^r?(?:shared|slave|private|unbindable)$/;
/** How a client on another kind of machine keeps a bind in step: nothing about what the container may do. */
const consistencies = new Set(['cached', 'consistent', 'delegated', 'default']);

/** Every mount, in the order in which the options are written. Sources stay as they are written. */
export function mountsOf(given: Given): Mount[] {
  const mounts: Mount[] = [];
  const driver = given.last('volume-driver')?.value;
  for (const option of given.all('volume', 'mount', 'tmpfs', 'use-api-socket')) {
    const mount = mountOf(option, driver);
    if (mount === 'none') continue;
    if (mount) {
      given.place(`mounts[${mounts.length}]`, option);
      mounts.push(mount);
    } else given.unreadable(option, 'mounts');
  }
  return mounts;
}

/** `none` where nothing is mounted, undefined where nobody can tell what is. */
function mountOf(option: GivenOption, driver: string | undefined): Mount | 'none' | undefined {
  const { name, value } = option;
  if (name === 'tmpfs') return value === '' ? undefined : tmpfsOf(value);
  if (name === 'mount') return mountFrom(value);
  if (name === 'volume') return value === '' ? undefined : volumeOf(value, driver);
  // The engine's own socket, which the client finds for itself.
  const socket = '/var/run/docker.sock';
  return booleanOf(value) ? { kind: 'bind', source: socket, target: socket, readOnly: false, options: {} } : 'none';
}

/** `/run:ro,size=64m`. */
function tmpfsOf(value: string): Mount {
  const [target, words = ''] = nameAndValue(value, ':');
  const options = commaFields(words).filter(Boolean);
  return {
    kind: 'tmpfs',
    target,
    readOnly: options.includes('ro'),
    options: record(options.filter((word) => word !== 'ro' && word !== 'rw')),
  };
}

/** `source:target[:options]`, or the target of a volume without a name. */
function volumeOf(value: string, driver: string | undefined): Mount {
  const parts = volumeParts(value);
  const [source = '', target, flags = ''] = parts;
  const named = driver === undefined || driver === '' ? {} : { driver };
  if (target === undefined) {
    return { kind: 'volume', target: source, readOnly: false, ...named, options: {}, anonymous: true };
  }
  const words = commaFields(flags).filter(Boolean);
  const kind: MountKind = isPath(source) ? 'bind' : 'volume';
  const propagation = words.find((word) => propagations.test(word));
  const own = words.filter(
    (word) => !['ro', 'rw', 'readonly'].includes(word) && !propagations.test(word) && !consistencies.has(word),
  );
  return {
    kind,
    source,
    target,
    readOnly: words.includes('ro') || words.includes('readonly'),
    ...(propagation === undefined ? {} : { propagation }),
    ...(kind === 'volume' ? named : {}),
    options: record(own),
  };
}

/** Split at colons, of which one behind a Windows drive's letter is none. */
function volumeParts(value: string): string[] {
  const parts: string[] = [];
  const pieces = splitAround(value, ':');
  for (const [index, piece] of pieces.entries()) {
    const before = parts.at(-1);
    // A volume may have a name of one letter: it is a drive where a path for the container still follows.
    const isDrive =
      before !== undefined &&
      /^[A-Za-z]$/.test(before) &&
      (piece.startsWith('\\') ||
        (piece.startsWith('/') && (parts.length > 1 || /^[\\/]|^[A-Za-z]$/.test(pieces[index + 1] ?? ''))));
    if (isDrive) parts[parts.length - 1] = `${before}:${piece}`;
    else parts.push(piece);
  }
  return parts;
}

/** A source that is no path is the name of a volume. Of a variable alone, its name is all there is to go by. */
function isPath(source: string): boolean {
  if (/^[./~\\]|^[A-Za-z]:[\\/]/.test(source)) return true;
  const open = /^(?:\$\{[^{}]*\}|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$\w+|`[^`]*`|\$?\{\{[^{}]*\}\}|%\w)/.exec(
    source,
  )?.[0];
  if (open === undefined) return false;
  return source.length > open.length
    ? /[\\/]/.test(source.slice(open.length))
    : /pwd|home|dir|path|root|folder|file|sock|workspace|\//i.test(open);
}

/** `type=bind,source=/etc,target=/x,readonly`: a line of CSV. */
function mountFrom(value: string): Mount | undefined {
  const fields = commaFields(value).map((field) => nameAndValue(field.trim()));
  const field = (...names: readonly string[]) => fields.findLast(([name]) => names.includes(name.toLowerCase()))?.[1];
  const isOn = (...names: readonly string[]) =>
    fields.some(([name, text]) => names.includes(name.toLowerCase()) && (booleanOf(text ?? 'true') ?? false));
  const target = field('target', 'dst', 'destination');
  const kind = kindOf(field('type') ?? 'volume');
  if (target === undefined || target === '' || kind === undefined) return undefined;
  const source = kind === 'tmpfs' ? undefined : field('source', 'src');
  return present({
    kind,
    source: source === '' ? undefined : source,
    target,
    readOnly: isOn('readonly', 'ro') || field('rw') === 'false',
    readOnlyNonRecursive: field('bind-recursive') === 'writable' ? true : undefined,
    propagation: field('bind-propagation') || undefined,
    driver: field('volume-driver') || undefined,
    options: Object.fromEntries(fields.flatMap(([name, text]) => mountOption(name.toLowerCase(), text))),
    anonymous: kind === 'volume' && (source === undefined || source === '') ? true : undefined,
  });
}

const mountKinds: Readonly<Record<string, MountKind>> = {
  bind: 'bind',
  volume: 'volume',
  tmpfs: 'tmpfs',
  image: 'image',
  cluster: 'cluster',
  npipe: 'npipe',
  // Podman's: memory that is never swapped, and a bind of every path that fits a pattern.
  ramfs: 'tmpfs',
  glob: 'bind',
};

function kindOf(type: string): MountKind | undefined {
  const name = type.toLowerCase();
  return Object.hasOwn(mountKinds, name) ? mountKinds[name] : undefined;
}

/** Fields of a mount that have a place of their own in the model, or say nothing that it keeps. */
const otherFields = new Set([
  'bind-create-src',
  'bind-nonrecursive',
  'bind-propagation',
  'bind-recursive',
  'consistency',
  'destination',
  'dst',
  'readonly',
  'ro',
  'rw',
  'source',
  'src',
  'target',
  'type',
  'volume-driver',
  'volume-label',
]);

/** What the model keeps in a mount's options, by its name there. */
function mountOption(name: string, value: string | undefined): [string, string][] {
  if (name === 'volume-opt') {
    const [option, text = ''] = nameAndValue(value ?? '');
    return [[option, text]];
  }
  if (name === 'volume-nocopy') return booleanOf(value ?? 'true') === false ? [] : [['nocopy', '']];
  if (name === 'relabel') return [[value === 'private' ? 'Z' : 'z', '']];
  if (otherFields.has(name) || name === '') return [];
  return [[name.replace(/^(?:volume|image|tmpfs)-/, ''), value ?? '']];
}

function record(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => nameAndValue(word)).map(([name, value]) => [name, value ?? '']));
}
