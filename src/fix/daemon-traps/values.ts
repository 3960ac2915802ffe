import { isIP } from 'node:net';
import { isObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { type Finding, type Situation, start, textOf, textsOf, use } from './situation.ts';

/** Values of the right type that dockerd, or every container, does not start with. */
export function malformedValues(situation: Situation): Finding[] {
  return [
    ...malformedTexts(situation),
    ...malformedLists(situation),
    ...conflictingLabels(situation),
    ...negativeNumbers(situation),
    ...ulimits(situation),
    ...pools(situation),
  ];
}

type Check = (value: string, situation: Situation) => boolean;

const isAddress: Check = (value) => isIP(value) !== 0;

/** Registries: no scheme that matters, a host or a range of addresses, and a port. */
function isInsecureRegistry(value: string): boolean {
  const name = value.replace(/^https?:\/\//i, '');
  if (/^[\d.]+\/\d+$|^[0-9a-f:]*:[0-9a-f:]*\/\d+$/i.test(name)) return isRange(name);
  return isRegistryName(name);
}

function isRegistryName(name: string): boolean {
  const [, host = '', port] = /^(\[[0-9a-f:]+\]|[^:/]*)(?::(\d+))?$/i.exec(name) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  return host.startsWith('[') || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/i.test(host);
}

function isRange(value: string): boolean {
  const [address = '', size = ''] = value.split('/');
  const family = isIP(address);
  return family !== 0 && /^\d+$/.test(size) && Number(size) <= (family === 4 ? 32 : 128);
}

function isMirror(value: string): boolean {
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.host === '') return false;
  return (
    ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '' && `${url.username}${url.password}` === ''
  );
}

/** `fd://` and named files of systemd are left to it. */
function isHost(value: string): boolean {
  if (/^(unix|fd):\/\//.test(value)) return true;
  const [, port = ''] = /^tcp:\/\/(?:\[[^\]]*\]|[^:/]*)(?::(\d+))?\/?$/.exec(value) ?? [undefined, 'none'];
  return port === '' || Number(port) <= 65_535;
}

interface Form {
  readonly isRight: Check;
  readonly wanted: Text;
}

const address: Form = { isRight: isAddress, wanted: { en: 'an IP address', zh: 'IP 地址' } };
const range: Form = { isRight: isRange, wanted: { en: 'a range like 10.10.0.0/24', zh: '形如 10.10.0.0/24 的网段' } };

function oneOf(...words: readonly string[]): Form {
  const choice = words.join(', ');
  return {
    isRight: (value) => words.includes(value),
    wanted: { en: `one of ${choice}`, zh: `${words.join('、')} 之一` },
  };
}

const formsOfTexts: Readonly<Record<string, Form>> = {
  bip: range,
  bip6: range,
  'default-gateway': address,
  'default-gateway-v6': address,
  'fixed-cidr': range,
  'fixed-cidr-v6': range,
  'host-gateway-ip': address,
  ip: address,
  'default-cgroupns-mode': oneOf('host', 'private'),
  'default-ipc-mode': oneOf('private', 'shareable'),
  'firewall-backend': oneOf('iptables', 'nftables'),
  'log-format': oneOf('text', 'json'),
  'log-level': {
    isRight: (value) => /^(panic|fatal|error|warn|warning|info|debug|trace)$/i.test(value),
    wanted: { en: 'one of debug, info, warn, error, fatal', zh: 'debug、info、warn、error、fatal 之一' },
  },
  'bridge-accept-fwmark': {
    isRight: (value) => /^(0x[0-9a-f]+|\d+)(\/(0x[0-9a-f]+|\d+))?$/i.test(value),
    wanted: { en: 'a mark like 0x1 or 0x1/0x3', zh: '形如 0x1 或 0x1/0x3 的标记' },
  },
  'metrics-addr': {
    isRight: (value) => /^(\[[^\]]*\]|[^:]*):\d+$/.test(value) && Number(/\d+$/.exec(value)?.[0]) <= 65_535,
    wanted: { en: 'an address and a port', zh: '地址与端口' },
  },
};

const formsOfLists: Readonly<Record<string, Form>> = {
  dns: address,
  'host-gateway-ips': address,
  'dns-search': {
    isRight: (value) =>
      value === '.' || /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(value),
    wanted: { en: 'domains', zh: '域名' },
  },
  labels: {
    isRight: (value) => /^[^=]+=/.test(value) && !/^(com\.docker|io\.docker|org\.dockerproject)\./i.test(value),
    wanted: {
      en: 'name=value, and no name of com.docker, io.docker or org.dockerproject',
      zh: '名称=值，且名称不得属于 com.docker、io.docker 或 org.dockerproject',
    },
  },
  'registry-mirrors': {
    isRight: isMirror,
    wanted: { en: 'URLs with no path and no password in them', zh: '不含路径和口令的 URL' },
  },
  'insecure-registries': {
    isRight: isInsecureRegistry,
    wanted: { en: 'a host with or without a port, or a range of addresses', zh: '主机（可带端口）或网段' },
  },
  'allow-nondistributable-artifacts': {
    isRight: isInsecureRegistry,
    wanted: { en: 'a host with or without a port, or a range of addresses', zh: '主机（可带端口）或网段' },
  },
  'node-generic-resources': {
    isRight: (value) => /^[^=]+=.+$/.test(value),
    wanted: { en: 'name=value', zh: '名称=值' },
  },
  hosts: {
    isRight: isHost,
    wanted: { en: 'unix://PATH, fd:// or tcp://ADDRESS:PORT', zh: 'unix://路径、fd:// 或 tcp://地址:端口' },
  },
};

/** What an engine does not read any more cannot stop it. */
const ignoredSince: Readonly<Record<string, readonly [number, number]>> = {
  'allow-nondistributable-artifacts': [28, 0],
};

function malformedTexts(situation: Situation): Finding[] {
  return Object.entries(formsOfTexts).flatMap(([key, form]) => {
    const value = textOf(situation, key);
    return value === undefined || form.isRight(value, situation) ? [] : [malformed(key, form)];
  });
}

function malformedLists(situation: Situation): Finding[] {
  return Object.entries(formsOfLists).flatMap(([key, form]) => {
    const since = ignoredSince[key];
    if (since && situation.release && situation.release[0] >= since[0]) return [];
    const isRight = textsOf(situation.setting(key)).every((value) => form.isRight(value, situation));
    return isRight ? [] : [malformed(key, form)];
  });
}

/** The value itself is not shown: a mirror's may hold a password. */
function malformed(key: string, { wanted }: Form): Finding {
  return start(
    [key],
    {
      en: `${key} has a value that dockerd refuses: it wants ${wanted.en}`,
      zh: `${key} 的取值会被 dockerd 拒绝，应为${wanted.zh}`,
    },
    { en: `Correct ${key} first.`, zh: `请先改正 ${key}。` },
  );
}

function conflictingLabels(situation: Situation): Finding[] {
  const values = new Map<string, string>();
  const twice = textsOf(situation.setting('labels')).some((label) => {
    const [name = '', ...rest] = label.split('=');
    const earlier = values.get(name);
    values.set(name, rest.join('='));
    return earlier !== undefined && earlier !== rest.join('=');
  });
  if (!twice) return [];
  return [
    start(
      ['labels'],
      {
        en: 'labels gives one name two values, and dockerd does not start with that',
        zh: 'labels 中同一名称有两个值，dockerd 会因此无法启动',
      },
      { en: 'Keep one value of each name.', zh: '请为每个名称只保留一个值。' },
    ),
  ];
}

const neverNegative = ['max-concurrent-downloads', 'max-concurrent-uploads', 'max-download-attempts', 'mtu'];

function negativeNumbers(situation: Situation): Finding[] {
  return neverNegative.flatMap((key) => {
    const value = situation.setting(key);
    return typeof value === 'number' && value < 0
      ? [malformed(key, { isRight: () => true, wanted: { en: 'no number below 0', zh: '不小于 0 的数' } })]
      : [];
  });
}

const limitNames =
  /^(as|core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)$/;

/** dockerd takes any of these, and then no container can be created. */
function ulimits(situation: Situation): Finding[] {
  const value = situation.setting('default-ulimits');
  if (!isObject(value)) return [];
  const wrong = Object.entries(value).filter(([, limit]) => isObject(limit) && !isLimit(limit));
  if (wrong.length === 0) return [];
  const names = wrong.map(([name]) => name).join(', ');
  return [
    use(
      ['default-ulimits'],
      {
        en: `default-ulimits: ${names} lacks a Name that the kernel knows, or its Soft is above its Hard, and no container starts with that`,
        zh: `default-ulimits：${names} 缺少内核认识的 Name，或 Soft 大于 Hard，容器会因此无法启动`,
      },
      {
        en: 'Write {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 65536}}.',
        zh: '请写成 {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 65536}}。',
      },
    ),
  ];
}

function isLimit(limit: JsonObject): boolean {
  const field = (name: string): JsonValue | undefined =>
    Object.entries(limit).find(([each]) => each.toLowerCase() === name)?.[1];
  const [name, soft, hard] = [field('name'), field('soft') ?? 0, field('hard') ?? 0];
  if (typeof name !== 'string' || !limitNames.test(name)) return false;
  if (typeof soft !== 'number' || typeof hard !== 'number') return true;
  return hard === -1 || (soft !== -1 && soft <= hard);
}

function pools(situation: Situation): Finding[] {
  const value = situation.setting('default-address-pools');
  if (!Array.isArray(value)) return [];
  const isRight = (value as readonly JsonValue[]).every((pool) => {
    if (!isObject(pool) || typeof pool.base !== 'string' || typeof pool.size !== 'number') return true;
    const most = isIP(pool.base.split('/')[0] ?? '') === 6 ? 128 : 32;
    return isRange(pool.base) && pool.size >= Number(pool.base.split('/')[1]) && pool.size <= most;
  });
  const wanted = { en: 'ranges, and a size that lies within each', zh: '网段，且 size 须在各网段之内' };
  return isRight ? [] : [malformed('default-address-pools', { isRight: () => true, wanted })];
}
