import type { PublishedPort } from '../../../model/container-spec.ts';
import { commaFields, nameAndValue, splitAround } from '../../../syntax/docker-run/split.ts';
import type { Given } from './given.ts';

/** The network that the container is made in, and those of the user's that it joins. */
export interface Networks {
  readonly mode?: string;
  readonly networks: readonly string[];
}

/** Networks that every engine has, and ways to have none of one's own. */
const builtIn = /^(?:bridge|default|host|none|nat|private|slirp4netns|pasta)(?::|$)|^(?:container|ns|pod):/;

export function networksOf(given: Given, commas: boolean): Networks {
  const networks: string[] = [];
  let mode: string | undefined;
  for (const option of given.all('network')) {
    for (const name of networkNames(option.value, commas)) {
      if (mode === undefined) {
        mode = name;
        given.place('namespaces.network', option);
      }
      if (builtIn.test(name) || networks.includes(name)) continue;
      given.place(`networks[${networks.length}]`, option);
      networks.push(name);
    }
  }
  return { ...(mode === undefined ? {} : { mode }), networks };
}

/** `shop`, `name=shop,alias=web`, and of Podman `shop,logs` and `bridge:ip=10.0.0.2,mac=…`. */
function networkNames(value: string, commas: boolean): string[] {
  if (value === '') return [];
  const fields = commaFields(value).map((field) => nameAndValue(field));
  const name = fields.find(([key]) => key === 'name');
  if (name) return name[1] ? [name[1]] : [];
  return commas && !value.includes(':') ? commaFields(value).filter(Boolean) : [value];
}

/** Published ports. With `--publish-all`, those that are exposed here as well; what the image exposes is not known. */
export function portsOf(given: Given, commas: boolean, exposed: readonly string[]): PublishedPort[] {
  const ports: PublishedPort[] = [];
  const add = (port: PublishedPort, option: Parameters<Given['place']>[1]) => {
    given.place(`ports[${ports.length}]`, option);
    ports.push(port);
  };
  for (const option of given.all('publish')) {
    for (const mapping of commas ? commaFields(option.value) : [option.value]) {
      const published = publishedPorts(mapping);
      if (published.length === 0) given.unreadable(option, 'ports');
      for (const port of published) add(port, option);
    }
  }
  const every = given.last('publish-all');
  if (every && given.flag('publish-all', 'ports')) {
    for (const { container, protocol } of exposed.flatMap(exposedPorts)) {
      if (!ports.some((port) => port.containerPort === container && port.protocol === protocol)) {
        add({ containerPort: container, protocol }, every);
      }
    }
  }
  return ports;
}

/** Ports to expose, each with its protocol: `80/tcp`, `7000-7010/udp`. */
export function exposedOf(given: Given, commas: boolean): string[] {
  return given.texts('expose', 'exposedPorts', (value) =>
    (commas ? commaFields(value) : [value]).map((port) => (port.includes('/') ? port : `${port}/tcp`)),
  );
}

function exposedPorts(port: string): { container: number; protocol: PublishedPort['protocol'] }[] {
  const { range, protocol } = portRange(port);
  return (range ? numbersIn(range) : []).map((container) => ({ container, protocol }));
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * `80`, `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]::80`, `8000-8010:80-90`. A range of host ports for one port of the
 * container is tried from its first on. A port that is a variable is 0 in the container, and none on the host.
 */
export function publishedPorts(mapping: string): PublishedPort[] {
  const long = longMapping(mapping);
  if (long) return long;
  const parts = splitAround(mapping, ':');
  const { range: container, protocol, open } = portRange(parts.at(-1) ?? '');
  const hostText = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const { range: host, open: hostOpen } = portRange(hostText);
  const address = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[(.*)\]$/, '$1');
  const hostAddress = address === '' ? {} : { hostAddress: address };
  if ((hostText !== '' && !host && !hostOpen) || (!container && !open) || protocol === undefined) return [];
  if (!container) return [{ ...hostAddress, ...hostPort(host?.first), containerPort: 0, protocol }];
  return numbersIn(container).map((containerPort, index) => ({
    ...hostAddress,
    ...hostPort(host && Math.min(host.first + index, Math.max(host.first, host.last))),
    containerPort,
    protocol,
  }));
}

/** `target=80,published=8080,protocol=udp`. */
function longMapping(mapping: string): PublishedPort[] | undefined {
  const fields = Object.fromEntries(commaFields(mapping).map((field) => nameAndValue(field)));
  const { target, published = '', protocol = 'tcp' } = fields as Record<string, string | undefined>;
  return target === undefined
    ? undefined
    : publishedPorts(`${published}${published === '' ? '' : ':'}${target}/${protocol}`);
}

function hostPort(port: number | undefined): { readonly hostPort?: number } {
  return port === undefined || port === 0 ? {} : { hostPort: port };
}

function portRange(text: string): {
  readonly range?: Range;
  readonly protocol: PublishedPort['protocol'];
  readonly open: boolean;
} {
  const [ports, name = 'tcp'] = nameAndValue(text, '/');
  const protocol = (['tcp', 'udp', 'sctp'] as const).find((each) => each === name.toLowerCase()) ?? 'tcp';
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports) ?? [];
  if (first === undefined || Number(first) > 65_535 || Number(last) > 65_535 || Number(last) < Number(first)) {
    return { protocol, open: /[$`]|\{\{/.test(ports) };
  }
  return { range: { first: Number(first), last: Number(last) }, protocol, open: false };
}

function numbersIn({ first, last }: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
