import type { ContainerSpec, PublishedPort } from '../../model/container-spec.ts';
import { concealText, concealValue, concealWords } from '../redaction.ts';
import { shellWord } from '../shell.ts';
import { mountOption } from './docker-mount.ts';
import {
  byteSize,
  deviceMapping,
  healthCommand,
  isQualifiedDevice,
  namespaceMode,
  networksOf,
  restartPolicy,
  securityOptions,
} from './engine-words.ts';

type Value = string | number | undefined;

/**
 * A container as options of `docker run`, each one string that is ready for a POSIX shell. Left out is what no
 * option can say: chosen lists of masked paths, rate limits of single devices. Variables appear by name.
 */
export function runOptions(container: ContainerSpec): string[] {
  return [
    ...option('--name', container.name === '' ? undefined : container.name),
    ...option('--entrypoint', container.entrypoint[0]),
    ...identityOptions(container),
    ...storageOptions(container),
    ...deviceOptions(container),
    ...namespaceOptions(container),
    ...resourceOptions(container),
    ...networkOptions(container),
    ...container.environment.map(({ name }) => `--env ${shellWord(name)}`),
    ...pairs('--label', container.labels),
    ...option('--restart', restartPolicy(container.restart)),
    ...healthOptions(container),
    ...option('--log-driver', container.logging.driver),
    ...pairs('--log-opt', container.logging.options),
    ...option('--runtime', container.runtime),
    ...option('--cgroup-parent', container.cgroupParent),
  ];
}

/** What follows the options: the image, and the words for its program. */
export function runArguments({ image, entrypoint, command }: ContainerSpec): string[] {
  return [image.reference, ...concealWords([...entrypoint.slice(1), ...command])].map(shellWord);
}

function identityOptions(container: ContainerSpec): string[] {
  const { capabilities } = container;
  return [
    ...option('--user', container.user),
    ...options('--group-add', container.groups),
    ...flag('--privileged', container.privileged),
    ...options('--cap-drop', capabilities.drop),
    ...options('--cap-add', capabilities.add),
    ...securityOptions(container).map((each) => `--security-opt ${shellWord(each)}`),
  ];
}

function storageOptions({ readOnlyRoot, mounts, volumesFrom = [] }: ContainerSpec): string[] {
  return [
    ...flag('--read-only', readOnlyRoot),
    ...options('--volumes-from', volumesFrom),
    ...mounts.map((mount) => {
      const [name, value] = mountOption(mount);
      return `${name} ${shellWord(value)}`;
    }),
  ];
}

function deviceOptions({ devices, deviceRules, deviceRequests }: ContainerSpec): string[] {
  return [
    ...options('--device', [...devices.map(deviceMapping), ...deviceRequests.filter(isQualifiedDevice)]),
    ...options('--device-cgroup-rule', deviceRules),
    ...deviceRequests
      .filter((request) => !isQualifiedDevice(request))
      .map((request) => `--gpus ${shellWord(request === 'gpu' ? 'all' : `driver=${request},count=all`)}`),
  ];
}

function namespaceOptions({ namespaces, sysctls, ulimits }: ContainerSpec): string[] {
  return [
    ...option('--pid', namespaceMode(namespaces.pid)),
    ...option('--ipc', namespaceMode(namespaces.ipc, true)),
    ...option('--uts', namespaceMode(namespaces.uts)),
    ...option('--userns', namespaceMode(namespaces.user)),
    ...option('--cgroupns', namespaceMode(namespaces.cgroup, true)),
    ...pairs('--sysctl', sysctls),
    ...ulimits.map(({ name, soft, hard }) => `--ulimit ${shellWord(`${name}=${soft}:${hard}`)}`),
  ];
}

function resourceOptions({ resources }: ContainerSpec): string[] {
  const { memory, memorySwap, memoryReservation } = resources;
  return [
    ...option('--memory', memory === undefined ? undefined : byteSize(memory)),
    ...option('--memory-swap', memorySwap === undefined ? undefined : byteSize(memorySwap)),
    ...option('--memory-reservation', memoryReservation === undefined ? undefined : byteSize(memoryReservation)),
    ...flag('--oom-kill-disable', resources.oomKillDisable === true),
    ...option('--oom-score-adj', resources.oomScoreAdjust),
    ...option('--cpus', resources.cpus),
    ...option('--cpu-shares', resources.cpuShares),
    ...option('--cpuset-cpus', resources.cpuset),
    ...option('--cpuset-mems', resources.memoryNodes),
    ...option('--pids-limit', resources.pids),
    ...option('--blkio-weight', resources.blockIoWeight),
  ];
}

function networkOptions(container: ContainerSpec): string[] {
  return [
    ...options('--network', networksOf(container)),
    ...options('--publish', container.ports.map(portMapping)),
    ...flag('--publish-all', container.publishAllPorts === true),
    ...options('--expose', container.exposedPorts),
    ...options('--link', container.links ?? []),
    ...options('--add-host', container.extraHosts ?? []),
  ];
}

function portMapping({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): string {
  const host = hostPort === undefined ? '' : String(hostPort);
  const target = `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  if (hostAddress === undefined || hostAddress === '') return host === '' ? target : `${host}:${target}`;
  return `${hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress}:${host}:${target}`;
}

function healthOptions({ healthCheck }: ContainerSpec): string[] {
  if (healthCheck?.test[0] === 'NONE') return ['--no-healthcheck'];
  const command = healthCommand(healthCheck);
  return option('--health-cmd', command === undefined ? undefined : concealText(command));
}

function flag(name: string, set: boolean): string[] {
  return set ? [name] : [];
}

function option(name: string, value: Value): string[] {
  return value === undefined ? [] : [`${name}=${shellWord(String(value))}`];
}

function options(name: string, values: readonly string[]): string[] {
  return values.flatMap((value) => option(name, value));
}

/** The value has an equals sign of its own, so a space reads better in front of it. */
function pairs(name: string, record: Readonly<Record<string, string>>): string[] {
  return Object.entries(record).map(([key, value]) => `${name} ${shellWord(`${key}=${concealValue(key, value)}`)}`);
}
