import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../model/json.ts';
import { markLabel } from './made-by-fix.ts';

/** What makes a container as another one is. */
export interface CreateRequest {
  /** Of `POST /containers/create`: with the one network that the engine joins it to while it makes it. */
  readonly body: JsonObject;
  /** The other networks, by name, with what each place in them was asked to be. */
  readonly places: Readonly<Record<string, JsonObject>>;
}

/**
 * The request that makes a container like the one of `GET /containers/{id}/json`, from the same image (`GET
 * /images/{id}/json`). What the engine took from the image is left to the image again; what it chose by itself (the id as
 * host name, addresses) is left to it; volumes without a name are named, so that the data stays.
 *
 * @param engineName the host name of the engine's machine, which a container without a network of its own bears
 */
export function createRequestOf(container: JsonObject, image: JsonObject, engineName?: string): CreateRequest {
  const config = objectIn(container, 'Config');
  const host = objectIn(container, 'HostConfig');
  const { primary, places } = networksOf(container);
  const mode = primary ?? textIn(host, 'NetworkMode') ?? 'default';
  const endpoint = primary === undefined || primary === 'bridge' ? undefined : places[primary];
  const others = Object.entries(places).filter(([name]) => name !== primary);
  const keeps = keepsHostName(container, engineName);
  return {
    body: withoutNothing({
      ...ownConfig(config, objectIn(image, 'Config')),
      Hostname: keeps ? config['Hostname'] : undefined,
      Domainname: keeps ? config['Domainname'] : undefined,
      HostConfig: withoutNothing({ ...hostConfigOf(container, host), NetworkMode: mode }),
      NetworkingConfig: endpoint === undefined ? undefined : { EndpointsConfig: { [mode]: endpoint } },
    }),
    places: Object.fromEntries(others),
  };
}

/** What was asked for beside the image's own: a field that says what the image says is left out. */
function ownConfig(config: JsonObject, image: JsonObject): JsonObject {
  const differs = (key: string) => !isSame(config[key], image[key]);
  const simple = ['User', 'WorkingDir', 'StopSignal', 'Healthcheck', 'Shell'].filter(differs);
  // These have no counterpart in an image that counts for a container.
  const always = [
    'AttachStdin',
    'AttachStdout',
    'AttachStderr',
    'Tty',
    'OpenStdin',
    'StdinOnce',
    'NetworkDisabled',
    'MacAddress',
    'StopTimeout',
  ];
  return {
    ...Object.fromEntries([...always, ...simple].map((key) => [key, config[key]])),
    ...programOf(config, image),
    Env: textsIn(config, 'Env').filter((each) => !textsIn(image, 'Env').includes(each)),
    Labels: withoutSame(objectIn(config, 'Labels'), objectIn(image, 'Labels'), [markLabel]),
    ExposedPorts: withoutSame(objectIn(config, 'ExposedPorts'), objectIn(image, 'ExposedPorts')),
    Volumes: withoutSame(objectIn(config, 'Volumes'), objectIn(image, 'Volumes')),
    Image: config['Image'],
  };
}

/**
 * A container that names an entry point does not take the image's command; one that names only a command takes the
 * image's entry point. `['']` is how the API is told that there is no entry point.
 */
function programOf(config: JsonObject, image: JsonObject): JsonObject {
  const command = isSame(config['Cmd'], image['Cmd']) ? undefined : config['Cmd'];
  const takesCommand = listIn(config, 'Cmd').length === 0 && listIn(image, 'Cmd').length > 0;
  if (isSame(config['Entrypoint'], image['Entrypoint']) && !takesCommand) return { Cmd: command };
  const entrypoint = listIn(config, 'Entrypoint').length === 0 ? [''] : config['Entrypoint'];
  return { Entrypoint: entrypoint, Cmd: config['Cmd'] };
}

/** Unless somebody chose one, the engine gives it the beginning of the id; who shares a network shares the name. */
function keepsHostName(container: JsonObject, engineName: string | undefined): boolean {
  const host = objectIn(container, 'HostConfig');
  const name = textIn(objectIn(container, 'Config'), 'Hostname') ?? '';
  const mode = textIn(host, 'NetworkMode') ?? '';
  if (name === '' || textIn(host, 'UTSMode') === 'host' || mode.startsWith('container:')) return false;
  return !(textIn(container, 'Id') ?? '').startsWith(name) && !(mode === 'host' && name === engineName);
}

function hostConfigOf(container: JsonObject, host: JsonObject): JsonObject {
  const { ContainerIDFile: _file, ...others } = host;
  const targets = new Set(
    [
      ...textsIn(host, 'Binds').map((bind) => bind.split(':')[1] ?? ''),
      ...listIn(host, 'Mounts')
        .filter((mount) => !isNameless(mount))
        .map((mount) => textIn(mount, 'Target') ?? ''),
      ...Object.keys(objectIn(host, 'Tmpfs')),
    ].map(cleanPath),
  );
  const carried = listIn(container, 'Mounts').filter((mount) => !targets.has(cleanPath(textIn(mount, 'Destination'))));
  return {
    ...others,
    Links: textsIn(host, 'Links').map(linkWords),
    Mounts: [...listIn(host, 'Mounts').filter((mount) => !isNameless(mount)), ...carried.flatMap(mountRequest)],
    Binds: textsIn(host, 'Binds').filter((bind) => bind.includes(':')),
  };
}

/** A volume that nobody named, or one of another container (`VolumesFrom`), by the name that the engine gave it. */
function mountRequest(mount: JsonValue): JsonObject[] {
  const target = textIn(mount, 'Destination') ?? '';
  const readOnly = isObject(mount) && mount['RW'] === false;
  if (textIn(mount, 'Type') === 'volume') {
    // What the image has at that place was copied into it when it was new.
    const source = textIn(mount, 'Name') ?? '';
    return [{ Type: 'volume', Source: source, Target: target, ReadOnly: readOnly, VolumeOptions: { NoCopy: true } }];
  }
  if (textIn(mount, 'Type') !== 'bind') return [];
  const propagation = textIn(mount, 'Propagation');
  const options = propagation ? { BindOptions: { Propagation: propagation } } : {};
  return [{ Type: 'bind', Source: textIn(mount, 'Source') ?? '', Target: target, ReadOnly: readOnly, ...options }];
}

function isNameless(mount: JsonValue): boolean {
  return textIn(mount, 'Type') === 'volume' && !textIn(mount, 'Source');
}

/** The engine tells a link as `/db:/web/database`, and is told `db:database`. */
function linkWords(link: string): string {
  const [source = '', alias = ''] = link.split(':');
  return `${source.replace(/^\//, '')}:${alias.slice(alias.lastIndexOf('/') + 1)}`;
}

interface Networks {
  /** The network that it is made in; undefined where it has no place in any. */
  readonly primary?: string;
  readonly places: Readonly<Record<string, JsonObject>>;
}

function networksOf(container: JsonObject): Networks {
  const mode = textIn(objectIn(container, 'HostConfig'), 'NetworkMode') ?? '';
  if (['host', 'none'].includes(mode) || mode.startsWith('container:')) return { places: {} };
  const networks = objectIn(objectIn(container, 'NetworkSettings'), 'Networks');
  const names = Object.keys(networks);
  const wanted = mode === '' || mode === 'default' ? 'bridge' : mode;
  // The mode may be a network's id, and the container may have left that network since.
  const primary = names.find((name) => name === wanted || textIn(networks[name], 'NetworkID') === wanted) ?? names[0];
  return {
    primary: primary ?? 'none',
    places: Object.fromEntries(names.map((name) => [name, placeOf(container, objectIn(networks, name))])),
  };
}

/** What a place in a network was asked to be, without what the engine chose. */
export function placeOf(container: JsonObject, place: JsonObject): JsonObject {
  const id = textIn(container, 'Id') ?? '';
  const aliases = textsIn(place, 'Aliases').filter((alias) => alias !== id.slice(0, 12));
  return withoutNothing({
    IPAMConfig: place['IPAMConfig'],
    Aliases: aliases.length > 0 ? aliases : undefined,
    Links: textsIn(place, 'Links').length > 0 ? textsIn(place, 'Links') : undefined,
    DriverOpts: place['DriverOpts'],
    GwPriority: place['GwPriority'] === 0 ? undefined : place['GwPriority'],
  });
}

function textsIn(value: JsonValue | undefined, key: string): string[] {
  return listIn(value, key).filter((each) => typeof each === 'string');
}

/** Where a path ends does not count. */
function cleanPath(path = ''): string {
  return posix.normalize(`${path}/`);
}

function withoutSame(own: JsonObject, image: JsonObject, except: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(own).filter(([key, value]) => !except.includes(key) && !isSame(value, image[key])),
  );
}

/** `null`, nothing, and an empty list say the same. */
function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return (isEmpty(left) && isEmpty(right)) || isDeepStrictEqual(left, right);
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function withoutNothing(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));
}
