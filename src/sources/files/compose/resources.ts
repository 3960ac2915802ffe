import type { Device, Resources, RestartPolicy, Ulimit } from '../../../model/container-spec.ts';
import type { KeyPath } from '../../../model/json.ts';
import { type ComposeNode, childOf, nodeAt } from './node.ts';
import { bytesOf, entriesOf, itemsOf, numberOf, present, textAt, textOf, truthOf, wordOf } from './read-node.ts';
import { splitMapping } from './short-form.ts';

/** Limits of a service; those of `deploy` win, as in Compose. */
export function resourcesOf(service: ComposeNode): Resources {
  const limits = nodeAt(service, ['deploy', 'resources', 'limits']);
  const reserved = nodeAt(service, ['deploy', 'resources', 'reservations', 'memory']);
  const at = (key: string) => childOf(service, key);
  return present<Resources>({
    memory: chosen(bytesOf(childOf(limits, 'memory'))) ?? chosen(bytesOf(at('mem_limit'))),
    memorySwap: chosen(bytesOf(at('memswap_limit'))),
    memoryReservation: chosen(bytesOf(reserved)) ?? chosen(bytesOf(at('mem_reservation'))),
    oomKillDisable: truthOf(at('oom_kill_disable')),
    oomScoreAdjust: chosen(numberOf(at('oom_score_adj'))),
    cpus: chosen(numberOf(childOf(limits, 'cpus'))) ?? chosen(numberOf(at('cpus'))) ?? quota(service),
    cpuShares: chosen(numberOf(at('cpu_shares'))),
    cpuset: wordOf(at('cpuset')),
    pids: chosen(numberOf(childOf(limits, 'pids'))) ?? chosen(numberOf(at('pids_limit'))),
    blockIoWeight: chosen(numberOf(nodeAt(service, ['blkio_config', 'weight']))),
    blockIoThrottles: chosen(throttles(at('blkio_config'))),
  });
}

/** 0 is no limit. */
function chosen(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

/** Quota over period, in microseconds; the period is 100 ms unless set. */
function quota(service: ComposeNode): number | undefined {
  const allowed = microseconds(childOf(service, 'cpu_quota')) ?? 0;
  return allowed > 0 ? allowed / (microseconds(childOf(service, 'cpu_period')) || 100_000) : undefined;
}

/** A number, or a duration: `50ms`. */
function microseconds(node: ComposeNode | undefined): number | undefined {
  const units: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s)$/.exec(textOf(node)?.trim() ?? '') ?? [];
  return count === undefined ? numberOf(node) : Number(count) * (units[unit] ?? 1);
}

function throttles(blockIo: ComposeNode | undefined): number {
  return ['weight_device', 'device_read_bps', 'device_write_bps', 'device_read_iops', 'device_write_iops'].reduce(
    (count, key) => count + itemsOf(childOf(blockIo, key)).length,
    0,
  );
}

/** Each with its own key in the file. */
export function ulimitsOf(service: ComposeNode): Ulimit[] {
  return [...entriesOf(childOf(service, 'ulimits'))].flatMap(([name, node]) => {
    const soft = numberOf(node.kind === 'mapping' ? childOf(node, 'soft') : node);
    const hard = numberOf(node.kind === 'mapping' ? childOf(node, 'hard') : node);
    const either = soft ?? hard;
    return either === undefined ? [] : [{ name, soft: either, hard: hard ?? either }];
  });
}

const conditions: Readonly<Record<string, RestartPolicy['name']>> = {
  any: 'always',
  always: 'always',
  none: 'no',
  no: 'no',
  'on-failure': 'on-failure',
  'unless-stopped': 'unless-stopped',
};

/** `deploy.restart_policy` wins over `restart`, as in Compose. */
export function restartOf(service: ComposeNode): RestartPolicy {
  const policy = nodeAt(service, ['deploy', 'restart_policy']);
  if (policy?.kind === 'mapping') {
    const name = conditions[textAt(policy, 'condition') ?? 'any'];
    return present<RestartPolicy>({ name, maximumRetries: numberOf(childOf(policy, 'max_attempts')) });
  }
  const [word = '', retries] = (textAt(service, 'restart') ?? '').split(':');
  const name = conditions[word] ?? (word === 'false' ? 'no' : undefined);
  return present<RestartPolicy>({
    name,
    maximumRetries: retries && /^\d+$/.test(retries) ? Number(retries) : undefined,
  });
}

export interface PlacedDevices {
  readonly devices: readonly (Device & { readonly keys: KeyPath })[];
  /** Devices by the name that a driver has for them: `vendor.example/class=name`. */
  readonly named: readonly { readonly request: string; readonly keys: KeyPath }[];
}

export function devicesOf(service: ComposeNode): PlacedDevices {
  const entries = itemsOf(childOf(service, 'devices')).map((node, index) => ({
    ...deviceOf(node),
    keys: ['devices', index],
  }));
  return {
    devices: entries.filter((each) => each.source !== '' && !isNamed(each)),
    named: entries.filter(isNamed).map(({ source, keys }) => ({ request: source, keys })),
  };
}

function isNamed({ source }: Device): boolean {
  return /^[^/=\s]+\/[^/=\s]+=\S+$/.test(source);
}

/** `source:target:permissions`; without a target it is the source, without permissions there are all. */
function deviceOf(node: ComposeNode): Device {
  const [source = '', target, permissions] =
    node.kind === 'mapping'
      ? [textAt(node, 'source'), textAt(node, 'target'), textAt(node, 'permissions')]
      : splitMapping(textOf(node) ?? '');
  if (target !== undefined && permissions === undefined && /^[rwm]{1,3}$/.test(target)) {
    return { source, target: source, permissions: target };
  }
  return { source, target: target || source, permissions: permissions || 'rwm' };
}

/** What is asked of device drivers: the driver's name, or the devices, or what they must be able to do. */
export function deviceRequestsOf(service: ComposeNode): { readonly request: string; readonly keys: KeyPath }[] {
  const gpus = childOf(service, 'gpus');
  if (textOf(gpus) !== undefined) return [{ request: 'gpu', keys: ['gpus'] }];
  const path = ['deploy', 'resources', 'reservations', 'devices'];
  return [
    ...itemsOf(gpus).map((node, index) => ({ request: requestOf(node) || 'gpu', keys: ['gpus', index] })),
    ...itemsOf(nodeAt(service, path)).map((node, index) => ({ request: requestOf(node), keys: [...path, index] })),
  ].filter(({ request }) => request !== '');
}

function requestOf(node: ComposeNode): string {
  const words = (key: string) => itemsOf(childOf(node, key)).flatMap((each) => textOf(each) ?? []);
  return wordOf(childOf(node, 'driver')) ?? (words('device_ids').join(',') || words('capabilities').join(','));
}
