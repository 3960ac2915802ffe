import type { ContainerSpec, PublishedPort, RestartPolicy } from '../../model/container-spec.ts';
import { listDifference } from '../difference.ts';
import { concealText, concealValue, concealWords } from '../redaction.ts';
import { shellWord } from '../shell.ts';
import { mountFields } from './docker-mount.ts';
import { byteSize, healthCommand, networksOf } from './engine-words.ts';

/**
 * What turns one container into the other, as options of `docker service update`. A service cannot be told of
 * privilege, profiles, devices, namespaces and most limits; such changes have no option here.
 */
export function serviceOptions(before: ContainerSpec, after: ContainerSpec): string[] {
  return [
    ...option('--image', changed(before.image.reference, after.image.reference)),
    ...option('--user', changed(before.user, after.user, '')),
    ...lists('--group-add', '--group-rm', before.groups, after.groups),
    ...capabilityOptions(before, after),
    ...(before.readOnlyRoot === after.readOnlyRoot ? [] : [`--read-only=${after.readOnlyRoot}`]),
    ...programOptions(before, after),
    ...keyed('--mount-add', '--mount-rm', mounts(before), mounts(after)),
    ...keyed('--sysctl-add', '--sysctl-rm', pairs(before.sysctls), pairs(after.sysctls)),
    ...keyed('--ulimit-add', '--ulimit-rm', limits(before), limits(after)),
    ...lists('--network-add', '--network-rm', networksOf(before), networksOf(after)),
    ...lists('--publish-add', '--publish-rm', before.ports.map(published), after.ports.map(published), target),
    ...lists('--env-add', '--env-rm', names(before), names(after)),
    ...keyed('--container-label-add', '--container-label-rm', pairs(before.labels), pairs(after.labels)),
    ...resourceOptions(before, after),
    ...restartOptions(before.restart, after.restart),
    ...option('--log-driver', changed(before.logging.driver, after.logging.driver)),
    ...logOptions(before, after),
  ];
}

/** Dropping what was added takes it back, and the other way round; so a change has the same two words. */
function capabilityOptions({ capabilities: before }: ContainerSpec, { capabilities: after }: ContainerSpec): string[] {
  const added = listDifference(before.add, after.add);
  const dropped = listDifference(before.drop, after.drop);
  return [
    ...[...added.removed, ...dropped.added].flatMap((name) => option('--cap-drop', name)),
    ...[...added.added, ...dropped.removed].flatMap((name) => option('--cap-add', name)),
  ];
}

function programOptions(before: ContainerSpec, after: ContainerSpec): string[] {
  const disabled = after.healthCheck?.test[0] === 'NONE' && before.healthCheck?.test[0] !== 'NONE';
  return [
    ...option('--entrypoint', changed(words(before.entrypoint), words(after.entrypoint))),
    ...option('--args', changed(words(before.command), words(after.command))),
    ...(disabled ? ['--no-healthcheck'] : option('--health-cmd', changed(check(before), check(after)))),
  ];
}

function words(list: readonly string[]): string {
  return concealWords(list).map(shellWord).join(' ');
}

function check({ healthCheck }: ContainerSpec): string | undefined {
  const command = healthCommand(healthCheck);
  return command === undefined ? undefined : concealText(command);
}

function resourceOptions({ resources: before }: ContainerSpec, { resources: after }: ContainerSpec): string[] {
  return [
    ...option('--limit-memory', changed(size(before.memory), size(after.memory), '0')),
    ...option('--reserve-memory', changed(size(before.memoryReservation), size(after.memoryReservation), '0')),
    ...option('--limit-cpu', changed(before.cpus, after.cpus, 0)),
    ...option('--limit-pids', changed(before.pids, after.pids, 0)),
  ];
}

function size(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : byteSize(bytes);
}

function restartOptions(before: RestartPolicy, after: RestartPolicy): string[] {
  const condition = { no: 'none', 'on-failure': 'on-failure', always: 'any', 'unless-stopped': 'any' };
  const word = (policy: RestartPolicy) => (policy.name === undefined ? undefined : condition[policy.name]);
  return [
    ...option('--restart-condition', changed(word(before), word(after))),
    ...option('--restart-max-attempts', changed(before.maximumRetries, after.maximumRetries, 0)),
  ];
}

function logOptions({ logging: before }: ContainerSpec, { logging: after }: ContainerSpec): string[] {
  const { added } = listDifference([...pairs(before.options).values()], [...pairs(after.options).values()]);
  return added.map((each) => `--log-opt ${shellWord(each)}`);
}

function names({ environment }: ContainerSpec): string[] {
  return environment.map(({ name }) => name);
}

function mounts(container: ContainerSpec): Map<string, string> {
  return new Map(container.mounts.map((mount) => [mount.target, mountFields(mount)]));
}

function limits({ ulimits }: ContainerSpec): Map<string, string> {
  return new Map(ulimits.map(({ name, soft, hard }) => [name, `${name}=${soft}:${hard}`]));
}

function pairs(record: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(record).map(([name, value]) => [name, `${name}=${concealValue(name, value)}`]));
}

function published({ hostPort, containerPort, protocol }: PublishedPort): string {
  const host = hostPort === undefined ? '' : `published=${hostPort},`;
  return `${host}target=${containerPort},protocol=${protocol}`;
}

/** A port is taken away by the port in the container. */
function target(port: string): string {
  return port.replace(/^.*target=(\d+),protocol=(\w+)$/, '$1/$2');
}

function changed<T>(before: T, after: T, none?: T): T | undefined {
  return before === after ? undefined : (after ?? none);
}

function option(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`${name}=${shellWord(String(value))}`];
}

function lists(
  add: string,
  remove: string,
  before: readonly string[],
  after: readonly string[],
  nameOf: (value: string) => string = (value) => value,
): string[] {
  const { added, removed } = listDifference(before, after);
  return [
    ...removed.map((value) => `${remove} ${shellWord(nameOf(value))}`),
    ...added.map((value) => `${add} ${shellWord(value)}`),
  ];
}

/** What has a key is replaced by adding it again; taken away as well, it would be gone. */
function keyed(add: string, remove: string, before: Map<string, string>, after: Map<string, string>): string[] {
  return [
    ...[...before.keys()].filter((key) => !after.has(key)).map((key) => `${remove} ${shellWord(key)}`),
    ...[...after].filter(([key, value]) => before.get(key) !== value).map(([, value]) => `${add} ${shellWord(value)}`),
  ];
}
