import type { Mount, MountKind } from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { booleanAt, listAt, numberAt, objectAt, stringAt, stringsAt, textAt, textsAt } from './reading.ts';

/** What the engine mounted: `Mounts` of an inspected container, and the tmpfs that only `HostConfig` names. */
export function mountsOfInspect(answer: JsonValue, host: JsonObject): Mount[] {
  const asked = mountsAsked(host);
  const mounted = listAt(answer, 'Mounts').map((each): Mount => {
    const target = stringAt(each, 'Destination') ?? '';
    const kind = kindOf(stringAt(each, 'Type'));
    const name = textAt(each, 'Name');
    const request = asked.find((mount) => mount.target === target);
    return {
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
  });
  const targets = new Set(mounted.map((mount) => mount.target));
  return [...mounted, ...temporary(host).filter((mount) => !targets.has(mount.target))];
}

/** What a create request asks for: `HostConfig.Mounts`, `Binds`, `Tmpfs` and the image's kind of `Volumes`. */
export function mountsOfCreateRequest(body: JsonValue, host: JsonObject): Mount[] {
  const mounts = [...mountsAsked(host), ...stringsAt(host, 'Binds').map(bindOf), ...temporary(host)];
  const targets = new Set(mounts.map((mount) => mount.target));
  const anonymous = Object.keys(objectAt(body, 'Volumes'))
    .filter((target) => !targets.has(target))
    .map((target): Mount => ({ kind: 'volume', target, readOnly: false, options: {}, anonymous: true }));
  return [...mounts, ...anonymous];
}

function mountsAsked(host: JsonObject): Mount[] {
  return listAt(host, 'Mounts').map((each) => {
    const kind = kindOf(stringAt(each, 'Type'));
    const bind = objectAt(each, 'BindOptions');
    const driver = objectAt(objectAt(each, 'VolumeOptions'), 'DriverConfig');
    return {
      kind,
      source: textAt(each, 'Source'),
      target: stringAt(each, 'Target') ?? '',
      readOnly: booleanAt(each, 'ReadOnly') ?? false,
      readOnlyNonRecursive: booleanAt(bind, 'ReadOnlyNonRecursive'),
      propagation: textAt(bind, 'Propagation'),
      driver: textAt(driver, 'Name'),
      options: { ...textsAt(driver, 'Options'), ...temporaryOptions(objectAt(each, 'TmpfsOptions')) },
      anonymous: kind === 'volume' && textAt(each, 'Source') === undefined,
    };
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

/** `source:target[:options]`; a source that is no path is a volume's name. */
function bindOf(bind: string): Mount {
  const [source = '', target = '', options = ''] = bind.split(':');
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
function temporary(host: JsonObject): Mount[] {
  return Object.entries(textsAt(host, 'Tmpfs')).map(([target, text]) => {
    const words = text.split(',').filter(Boolean);
    return {
      kind: 'tmpfs',
      target,
      readOnly: words.includes('ro'),
      options: Object.fromEntries(words.map((word) => pairOf(word))),
    };
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
