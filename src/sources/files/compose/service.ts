import type { ContainerSpec, HealthCheck, SecurityOptions } from '../../../model/container-spec.ts';
import type { KeyPath } from '../../../model/json.ts';
import type { Lookup } from '../../../syntax/interpolation.ts';
import { builtImage, type DockerfileOf } from './build.ts';
import { environmentOf, labelsOf } from './environment.ts';
import { type FieldPlace, locateField, unresolvedFields } from './fields.ts';
import type { Loading } from './loading.ts';
import { type ComposeMapping, type ComposeNode, childOf, nodeAt } from './node.ts';
import { exposedPort, publishedPorts } from './ports.ts';
import { entriesOf, itemsOf, present, recordOf, textAt, textOf, truthOf, wordOf } from './read-node.ts';
import { deviceRequestsOf, devicesOf, resourcesOf, restartOf, ulimitsOf } from './resources.ts';
import { commandWords } from './short-form.ts';
import { unreadableIn } from './unreadable.ts';
import { mountsOf } from './volumes.ts';

export interface ServiceContext {
  readonly name: string;
  readonly service: ComposeMapping;
  readonly project: ComposeMapping;
  readonly projectName: string;
  readonly files: readonly string[];
  readonly lookup: Lookup;
  readonly loading: Loading;
  readonly dockerfileOf?: DockerfileOf | undefined;
}

/** The container that a service makes, every field with its place. */
export function containerOf(context: ServiceContext): ContainerSpec {
  const { name, service, projectName, files } = context;
  const path: KeyPath = ['services', name];
  const places = new Map<string, FieldPlace>();
  const at = (key: string) => childOf(service, key);
  const placed = <T extends { readonly keys: KeyPath }>(field: string, entries: readonly T[]): readonly T[] => {
    for (const [index, { keys }] of entries.entries()) places.set(`${field}[${index}]`, keys);
    return entries;
  };
  const { source } = service.place;
  const image = builtImage(context);
  const unreadable = unreadableIn(service, path);
  context.loading.problems.push(...unreadable.map(({ problem }) => problem));
  const unset = context.loading.unset.length > 0 ? unresolvedFields(service) : [];
  const unresolved = [...new Set([...unset, ...unreadable.map(({ field }) => field)])];
  const spec: Omit<ContainerSpec, 'locate'> = {
    name: textAt(service, 'container_name') ?? name,
    dialect: 'compose',
    state: 'declared',
    image: { reference: image.reference, ...(image.unnamed ? { unnamed: true } : {}) },
    entrypoint: commandOf(at('entrypoint')),
    command: commandOf(at('command')),
    user: wordOf(at('user')),
    groups: textsOf(at('group_add')),
    privileged: truthOf(at('privileged')) ?? false,
    capabilities: { add: textsOf(at('cap_add')), drop: textsOf(at('cap_drop')) },
    ...securityOf(at('security_opt'), places),
    readOnlyRoot: truthOf(at('read_only')) ?? false,
    mounts: placed('mounts', mountsOf(context)).map(({ mount }) => mount),
    volumesFrom: someOf(at('volumes_from')),
    devices: placed('devices', devicesOf(service).devices).map(({ keys: _keys, ...device }) => device),
    deviceRules: textsOf(at('device_cgroup_rules')),
    deviceRequests: placed('deviceRequests', [...deviceRequestsOf(service), ...devicesOf(service).named]).map(
      ({ request }) => request,
    ),
    namespaces: present({
      network: wordOf(at('network_mode')),
      pid: wordOf(at('pid')),
      ipc: wordOf(at('ipc')),
      uts: wordOf(at('uts')),
      user: wordOf(at('userns_mode')),
      cgroup: wordOf(at('cgroup')),
    }),
    sysctls: sysctlsOf(service, places),
    ulimits: placed(
      'ulimits',
      ulimitsOf(service).map((limit) => ({ ...limit, keys: ['ulimits', limit.name] })),
    ).map(({ keys: _keys, ...limit }) => limit),
    resources: resourcesOf(service),
    ports: placed(
      'ports',
      itemsOf(at('ports')).flatMap((node, index) =>
        publishedPorts(node).map((port) => ({ ...port, keys: ['ports', index] })),
      ),
    ).map(({ keys: _keys, ...port }) => port),
    exposedPorts: itemsOf(at('expose')).flatMap((node) => exposedPort(node) ?? []),
    networks: networksOf(at('networks')),
    links: someOf(at('links')),
    extraHosts: hostsOf(at('extra_hosts'), places),
    environment: environmentOf(context).map(({ variable, place }, index) => {
      places.set(`environment[${index}]`, place);
      return variable;
    }),
    labels: Object.fromEntries(
      labelsOf(context).map(({ name: label, value, place }) => {
        places.set(`labels["${label}"]`, place);
        return [label, value];
      }),
    ),
    restart: restartOf(service),
    healthCheck: healthCheckOf(at('healthcheck')),
    logging: present({
      driver: wordOf(nodeAt(service, ['logging', 'driver'])),
      options: recordOf(nodeAt(service, ['logging', 'options'])),
    }),
    runtime: wordOf(at('runtime')),
    cgroupParent: wordOf(at('cgroup_parent')),
    owner: { kind: 'compose', project: projectName, service: name, files },
    origin: { file: source.file.name, document: source.document, path },
    unresolved: unresolved.length > 0 ? unresolved : undefined,
  };
  const completed = image.complete(spec, places);
  return present<ContainerSpec>({ ...completed, locate: (field) => locateField(field, service, path, places) });
}

/** A list as it is; a text split into words as Compose does. */
function commandOf(node: ComposeNode | undefined): string[] {
  if (node?.kind === 'list') return textsOf(node);
  const text = textOf(node) ?? '';
  return commandWords(text) ?? [text];
}

function textsOf(node: ComposeNode | undefined): string[] {
  return itemsOf(node).flatMap((each) => textOf(each) ?? []);
}

function someOf(node: ComposeNode | undefined): string[] | undefined {
  const texts = textsOf(node);
  return texts.length > 0 ? texts : undefined;
}

/** A list of `name:address` or `name=address`, or a mapping of names to one address or several. */
function hostsOf(node: ComposeNode | undefined, places: Map<string, FieldPlace>): string[] | undefined {
  if (node?.kind !== 'mapping') return someOf(node);
  const entries = [...entriesOf(node)].flatMap(([name, addresses]) =>
    textsOf(addresses).map((address) => ({ name, text: `${name}:${address}` })),
  );
  for (const [index, { name }] of entries.entries()) places.set(`extraHosts[${index}]`, ['extra_hosts', name]);
  return entries.length > 0 ? entries.map(({ text }) => text) : undefined;
}

/** Names of a list or of a mapping. */
function networksOf(node: ComposeNode | undefined): string[] {
  return node?.kind === 'mapping' ? [...entriesOf(node).keys()] : textsOf(node);
}

function sysctlsOf(service: ComposeNode, places: Map<string, FieldPlace>): Readonly<Record<string, string>> {
  const field = childOf(service, 'sysctls');
  for (const [index, node] of itemsOf(field).entries()) {
    places.set(`sysctls["${textOf(node)?.split('=', 1)[0] ?? ''}"]`, ['sysctls', index]);
  }
  return recordOf(field);
}

type Security = Pick<ContainerSpec, 'security' | 'maskedPaths' | 'readOnlyPaths'>;

/** Both `name=value` and the older `name:value` are accepted. */
function securityOf(node: ComposeNode | undefined, places: Map<string, FieldPlace>): Security {
  const selinux: string[] = [];
  const security: { noNewPrivileges?: boolean; seccomp?: string; appArmor?: string } = {};
  let unmasked = false;
  const set = (field: string, index: number) => places.set(field, ['security_opt', index]);
  for (const [index, option] of itemsOf(node).entries()) {
    const text = textOf(option)?.trim() ?? '';
    const [, name = text, value = ''] = /^([a-z-]+)[=:]([\s\S]*)$/.exec(text) ?? [];
    if (name === 'no-new-privileges') {
      security.noNewPrivileges = value === '' || ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
      set('security.noNewPrivileges', index);
    } else if (name === 'seccomp') {
      security.seccomp = value;
      set('security.seccomp', index);
    } else if (name === 'apparmor') {
      security.appArmor = value;
      set('security.appArmor', index);
    } else if (name === 'label' || name === 'disable') {
      set(`security.selinux[${selinux.length}]`, index);
      selinux.push(value || name);
    } else if (name === 'systempaths' && value === 'unconfined') {
      unmasked = true;
      set('maskedPaths', index);
      set('readOnlyPaths', index);
    }
  }
  const options: SecurityOptions = { ...security, selinux };
  return unmasked ? { security: options, maskedPaths: [], readOnlyPaths: [] } : { security: options };
}

/** One text is a line for the container's shell. */
function healthCheckOf(node: ComposeNode | undefined): HealthCheck | undefined {
  if (truthOf(childOf(node, 'disable')) === true) return { test: ['NONE'] };
  const test = childOf(node, 'test');
  const text = wordOf(test);
  if (text !== undefined) return { test: ['CMD-SHELL', text] };
  const words = textsOf(test);
  return words.length === 0 ? undefined : { test: words };
}
