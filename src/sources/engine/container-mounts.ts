import { posix } from 'node:path';
import type { Mount, MountKind } from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { booleanAt, listAt, numberAt, objectAt, stringAt, stringsAt, textAt, textsAt } from './reading.ts';
import { driverOptionsAt } from './volume-options.ts';

/** A mount, and the API field that it was read from. */
export interface PlacedMount {
  readonly mount: Mount;
  readonly path: string;
}

/** What the engine mounted: `Mounts` of an inspected container, and the tmpfs that only `HostConfig` names. */
export function mountsOfInspect(answer: JsonValue, host: JsonObject): PlacedMount[] {
  const asked = mountsAsked(host, driverOptionsAt).map(({ mount }) => mount);
  const mounted = listAt(answer, 'Mounts').map((each, index): PlacedMount => {
    const target = stringAt(each, 'Destination') ?? '';
    const kind = kindOf(stringAt(each, 'Type'));
    const name = textAt(each, 'Name');
    // The engine cleans the target that was asked for.
    const request = asked.find((mount) => posix.normalize(`${mount.target}/`) === posix.normalize(`${target}/`));
    const mount: Mount = {
      kind,
      source: kind === 'volume' ? name : textAt(each, 'Source'),
      target,
      readOnly: booleanAt(each, 'RW') === false,
      readOnlyNonRecursive: request?.readOnlyNonRecursive,
      propagation: textAt(each, 'Propagation'),
      driver: textAt(each, 'Driver'),
      options: request?.options ?? {},
      anonymous: kind === 'volume' && name !== undefined && /^[0-9a-f]{64}$/.test(name),
    };
    return { mount, path: `Mounts[${index}]` };
  });
  const targets = new Set(mounted.map(({ mount }) => mount.target));
  return [...mounted, ...temporary(host).filter(({ mount }) => !targets.has(mount.target))];
}

/** What a create request asks for: `HostConfig.Mounts`, `Binds`, `Tmpfs` and the image's kind of `Volumes`. */
export function mountsOfCreateRequest(body: JsonValue, host: JsonObject): PlacedMount[] {
  const binds = stringsAt(host, 'Binds').map((bind, index) => ({
    mount: bindOf(bind),
    path: `HostConfig.Binds[${index}]`,
  }));
  const mounts = [...mountsAsked(host), ...binds, ...temporary(host)];
  const targets = new Set(mounts.map(({ mount }) => mount.target));
  const anonymous = Object.keys(objectAt(body, 'Volumes'))
    .filter((target) => !targets.has(target))
    .map((target) => ({ mount: anonymousVolume(target), path: `Volumes["${target}"]` }));
  return [...mounts, ...anonymous];
}

function anonymousVolume(target: string): Mount {
  return { kind: 'volume', target, readOnly: false, options: {}, anonymous: true };
}

/** What an engine tells goes into reports; a request must be written again as it was. */
function mountsAsked(host: JsonObject, optionsAt = textsAt): PlacedMount[] {
  return listAt(host, 'Mounts').map((each, index) => {
    const kind = kindOf(stringAt(each, 'Type'));
    const bind = objectAt(each, 'BindOptions');
    const driver = objectAt(objectAt(each, 'VolumeOptions'), 'DriverConfig');
    const mount: Mount = {
      kind,
      source: textAt(each, 'Source'),
      target: stringAt(each, 'Target') ?? '',
      readOnly: booleanAt(each, 'ReadOnly') ?? false,
      readOnlyNonRecursive: booleanAt(bind, 'ReadOnlyNonRecursive'),
      propagation: textAt(bind, 'Propagation'),
      driver: textAt(driver, 'Name'),
      options: { ...optionsAt(driver, 'Options'), ...temporaryOptions(objectAt(each, 'TmpfsOptions')) },
      anonymous: kind === 'volume' && textAt(each, 'Source') === undefined,
    };
    return { mount, path: `HostConfig.Mounts[${index}]` };
  });
}

function temporaryOptions(options: JsonObject): Record<string, string> {
  const size = numberAt(options, 'SizeBytes');
  const mode = numberAt(options, 'Mode');
  return {
    ...(size === undefined ? {} : { size: String(size) }),
    ...(mode === undefined ? {} : { mode: mode.toString(8) }),
  };
}

/** `source:target[:options]`; a source that is no path is a volume's name, a target alone a volume without one. */
function bindOf(bind: string): Mount {
  const [source = '', target, options = ''] = bind.split(':');
  if (target === undefined) return anonymousVolume(source);
  const words = options.split(',').filter(Boolean);
  const kind: MountKind = source.startsWith('/') ? 'bind' : 'volume';
  return {
    kind,
    source,
    target,
    readOnly: words.includes('ro'),
    propagation: words.find((word) => /^r?(shared|slave|private|unbindable)$/.test(word)),
    options: {},
  };
}

/** The engine mounts these nosuid, nodev and noexec unless told otherwise. */
function temporary(host: JsonObject): PlacedMount[] {
  return Object.entries(textsAt(host, 'Tmpfs')).map(([target, text]) => {
    const words = text.split(',').filter(Boolean);
    const mount: Mount = {
      kind: 'tmpfs',
      target,
      readOnly: words.includes('ro'),
      options: Object.fromEntries(words.map((word) => pairOf(word))),
    };
    return { mount, path: `HostConfig.Tmpfs["${target}"]` };
  });
}

function pairOf(word: string): [string, string] {
  const separator = word.indexOf('=');
  return separator < 0 ? [word, ''] : [word.slice(0, separator), word.slice(separator + 1)];
}

function kindOf(type: string | undefined): MountKind {
  const kinds: readonly MountKind[] = ['bind', 'volume', 'tmpfs', 'image', 'cluster', 'npipe'];
  return kinds.find((kind) => kind === type) ?? 'bind';
}
