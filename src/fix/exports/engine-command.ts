import { isObject, type JsonObject, type JsonValue, objectIn } from '../../model/json.ts';
import type { ExistenceStep, LimitsStep, MembershipStep, RemovalStep } from '../../model/plan.ts';
import { concealValue } from '../../remedy/redaction.ts';
import type { Operation } from './operations.ts';

type EngineStep = LimitsStep | MembershipStep | ExistenceStep | RemovalStep;

/** What a person types to the same end; undefined where the command line has no words for all of it. */
export function engineCommand(step: EngineStep): Operation | undefined {
  switch (step.kind) {
    case 'limits':
      return updateCommand(step);
    case 'membership':
      return membershipCommand(step);
    case 'existence':
      return step.what === 'network' ? networkCommand(step) : undefined;
    default: {
      // As the fix itself does: layers below that have no name stay.
      const options = step.what === 'image' ? ['--no-prune'] : [];
      return command(['docker', step.what, 'rm', ...options, ...names(step.id)], 'No such');
    }
  }
}

function command(words: readonly (string | undefined)[], tolerated?: string): Operation | undefined {
  const known = words.filter((word) => word !== undefined);
  if (known.length < words.length) return undefined;
  return { kind: 'command', words: known, ...(tolerated === undefined ? {} : { tolerated }) };
}

/** Names that no program can take for an option; the engine gives no others. */
function names(...all: readonly string[]): (string | undefined)[] {
  return all.map((name) => (/^[A-Za-z0-9]/.test(name) ? name : undefined));
}

const updateOptions: Readonly<Record<string, string>> = {
  Memory: '--memory',
  MemorySwap: '--memory-swap',
  MemoryReservation: '--memory-reservation',
  CpuShares: '--cpu-shares',
  CpuPeriod: '--cpu-period',
  CpuQuota: '--cpu-quota',
  CpusetCpus: '--cpuset-cpus',
  CpusetMems: '--cpuset-mems',
  PidsLimit: '--pids-limit',
  BlkioWeight: '--blkio-weight',
};

function updateCommand({ container, after }: LimitsStep): Operation | undefined {
  const options = Object.entries(after).flatMap(([key, value]) => updateOption(key, value));
  return command(['docker', 'update', ...options, ...names(container)]);
}

function updateOption(key: string, value: JsonValue | undefined): (string | undefined)[] {
  const { Name: name = 'no', MaximumRetryCount: retries } = isObject(value) ? value : {};
  if (key === 'RestartPolicy' && typeof name === 'string') {
    const isCounted = name === 'on-failure' && typeof retries === 'number' && retries > 0;
    return [`--restart=${name || 'no'}${isCounted ? `:${retries}` : ''}`];
  }
  if (key === 'NanoCpus' && typeof value === 'number') return [`--cpus=${value / 1e9}`];
  const option = updateOptions[key];
  const isSaid = option !== undefined && (typeof value === 'number' || typeof value === 'string');
  return [isSaid ? `${option}=${value}` : undefined];
}

function membershipCommand({ network, container, after }: MembershipStep): Operation | undefined {
  const ends = names(network, container);
  if (after === null) return command(['docker', 'network', 'disconnect', ...ends], 'is not connected');
  return command(['docker', 'network', 'connect', ...placeOptions(after), ...ends], 'already exists');
}

function placeOptions(place: JsonObject): (string | undefined)[] {
  return Object.entries(place).flatMap(([key, value]) => {
    if (isEmpty(value)) return [];
    if (key === 'Aliases') return listOptions('--alias', value);
    if (key === 'Links') return listOptions('--link', value);
    if (key !== 'IPAMConfig' || !isObject(value)) return [undefined];
    return Object.entries(value).flatMap(([family, address]) => {
      if (isEmpty(address)) return [];
      const option = { IPv4Address: '--ip', IPv6Address: '--ip6' }[family];
      return [option === undefined || typeof address !== 'string' ? undefined : `${option}=${address}`];
    });
  });
}

function listOptions(option: string, value: JsonValue | undefined): (string | undefined)[] {
  if (!Array.isArray(value)) return [undefined];
  return (value as readonly JsonValue[]).map((each) => (typeof each === 'string' ? `${option}=${each}` : undefined));
}

function networkCommand({ name, body }: ExistenceStep): Operation | undefined {
  const options = Object.entries(body).flatMap(([key, value]): (string | undefined)[] => {
    if (isEmpty(value) || key === 'Name' || key === 'CheckDuplicate') return [];
    if (key === 'Driver' && typeof value === 'string') return [`--driver=${value}`];
    if (key === 'Internal' || key === 'Attachable') return value === true ? [`--${key.toLowerCase()}`] : [undefined];
    if (key === 'Labels') return pairOptions('--label', objectIn(body, key));
    return key === 'Options' ? pairOptions('--opt', objectIn(body, key)) : [undefined];
  });
  return command(['docker', 'network', 'create', ...options, ...names(name)], 'already exists');
}

/** A value that may be a secret is not said. */
function pairOptions(option: string, pairs: JsonObject): (string | undefined)[] {
  return Object.entries(pairs).map(([key, value]) =>
    typeof value === 'string' && concealValue(key, value) === value ? `${option}=${key}=${value}` : undefined,
  );
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
