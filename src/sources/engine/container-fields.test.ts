import { expect, test } from 'vitest';
import { inspected } from '../../../test/recorded-engines.ts';
import { containerFromInspect } from './container.ts';
import { locateIn } from './container-fields.ts';

/** Every field that a control can name, with its place in an inspected container and in a create request. */
const places: readonly (readonly [field: string, inspect: string, create: string])[] = [
  ['image', 'Config.Image', 'Image'],
  ['image.reference', 'Config.Image', 'Image'],
  ['entrypoint[0]', 'Config.Entrypoint[0]', 'Entrypoint[0]'],
  ['command', 'Config.Cmd', 'Cmd'],
  ['user', 'Config.User', 'User'],
  ['groups[1]', 'HostConfig.GroupAdd[1]', 'HostConfig.GroupAdd[1]'],
  ['privileged', 'HostConfig.Privileged', 'HostConfig.Privileged'],
  ['capabilities.add', 'HostConfig.CapAdd', 'HostConfig.CapAdd'],
  ['capabilities.add[0]', 'HostConfig.CapAdd[0]', 'HostConfig.CapAdd[0]'],
  ['capabilities.drop', 'HostConfig.CapDrop', 'HostConfig.CapDrop'],
  ['security.noNewPrivileges', 'HostConfig.SecurityOpt', 'HostConfig.SecurityOpt'],
  ['security.seccomp', 'HostConfig.SecurityOpt', 'HostConfig.SecurityOpt'],
  ['security.appArmor', 'HostConfig.SecurityOpt', 'HostConfig.SecurityOpt'],
  ['security.selinux[1]', 'HostConfig.SecurityOpt', 'HostConfig.SecurityOpt'],
  ['readOnlyRoot', 'HostConfig.ReadonlyRootfs', 'HostConfig.ReadonlyRootfs'],
  ['devices[0]', 'HostConfig.Devices[0]', 'HostConfig.Devices[0]'],
  ['deviceRules[0]', 'HostConfig.DeviceCgroupRules[0]', 'HostConfig.DeviceCgroupRules[0]'],
  ['deviceRequests[0]', 'HostConfig.DeviceRequests[0]', 'HostConfig.DeviceRequests[0]'],
  ['namespaces.network', 'HostConfig.NetworkMode', 'HostConfig.NetworkMode'],
  ['namespaces.pid', 'HostConfig.PidMode', 'HostConfig.PidMode'],
  ['namespaces.ipc', 'HostConfig.IpcMode', 'HostConfig.IpcMode'],
  ['namespaces.uts', 'HostConfig.UTSMode', 'HostConfig.UTSMode'],
  ['namespaces.user', 'HostConfig.UsernsMode', 'HostConfig.UsernsMode'],
  ['namespaces.cgroup', 'HostConfig.CgroupnsMode', 'HostConfig.CgroupnsMode'],
  ['maskedPaths[3]', 'HostConfig.MaskedPaths[3]', 'HostConfig.MaskedPaths[3]'],
  ['readOnlyPaths', 'HostConfig.ReadonlyPaths', 'HostConfig.ReadonlyPaths'],
  [
    'sysctls["net.ipv4.ip_forward"]',
    'HostConfig.Sysctls["net.ipv4.ip_forward"]',
    'HostConfig.Sysctls["net.ipv4.ip_forward"]',
  ],
  ['ulimits[0]', 'HostConfig.Ulimits[0]', 'HostConfig.Ulimits[0]'],
  ['resources.memory', 'HostConfig.Memory', 'HostConfig.Memory'],
  ['resources.memorySwap', 'HostConfig.MemorySwap', 'HostConfig.MemorySwap'],
  ['resources.memoryReservation', 'HostConfig.MemoryReservation', 'HostConfig.MemoryReservation'],
  ['resources.oomKillDisable', 'HostConfig.OomKillDisable', 'HostConfig.OomKillDisable'],
  ['resources.oomScoreAdjust', 'HostConfig.OomScoreAdj', 'HostConfig.OomScoreAdj'],
  ['resources.cpus', 'HostConfig.NanoCpus', 'HostConfig.NanoCpus'],
  ['resources.cpuShares', 'HostConfig.CpuShares', 'HostConfig.CpuShares'],
  ['resources.cpuset', 'HostConfig.CpusetCpus', 'HostConfig.CpusetCpus'],
  ['resources.memoryNodes', 'HostConfig.CpusetMems', 'HostConfig.CpusetMems'],
  ['resources.pids', 'HostConfig.PidsLimit', 'HostConfig.PidsLimit'],
  ['resources.blockIoWeight', 'HostConfig.BlkioWeight', 'HostConfig.BlkioWeight'],
  ['resources.blockIoThrottles', 'HostConfig.BlkioDevice*', 'HostConfig.BlkioDevice*'],
  ['ports', 'HostConfig.PortBindings', 'HostConfig.PortBindings'],
  ['publishAllPorts', 'HostConfig.PublishAllPorts', 'HostConfig.PublishAllPorts'],
  ['links[0]', 'HostConfig.Links[0]', 'HostConfig.Links[0]'],
  ['extraHosts[1]', 'HostConfig.ExtraHosts[1]', 'HostConfig.ExtraHosts[1]'],
  ['volumesFrom[0]', 'HostConfig.VolumesFrom[0]', 'HostConfig.VolumesFrom[0]'],
  ['exposedPorts', 'Config.ExposedPorts', 'ExposedPorts'],
  ['networks', 'NetworkSettings.Networks', 'NetworkingConfig.EndpointsConfig'],
  ['environment[2]', 'Config.Env[2]', 'Env[2]'],
  ['labels', 'Config.Labels', 'Labels'],
  ['labels["com.example.owner"]', 'Config.Labels["com.example.owner"]', 'Labels["com.example.owner"]'],
  ['restart', 'HostConfig.RestartPolicy', 'HostConfig.RestartPolicy'],
  ['restart.name', 'HostConfig.RestartPolicy.Name', 'HostConfig.RestartPolicy.Name'],
  [
    'restart.maximumRetries',
    'HostConfig.RestartPolicy.MaximumRetryCount',
    'HostConfig.RestartPolicy.MaximumRetryCount',
  ],
  ['healthCheck', 'Config.Healthcheck', 'Healthcheck'],
  ['healthCheck.test', 'Config.Healthcheck.Test', 'Healthcheck.Test'],
  ['logging', 'HostConfig.LogConfig', 'HostConfig.LogConfig'],
  ['logging.driver', 'HostConfig.LogConfig.Type', 'HostConfig.LogConfig.Type'],
  ['logging.options', 'HostConfig.LogConfig.Config', 'HostConfig.LogConfig.Config'],
  ['runtime', 'HostConfig.Runtime', 'HostConfig.Runtime'],
  ['cgroupParent', 'HostConfig.CgroupParent', 'HostConfig.CgroupParent'],
];

test.each(places)('%s is found', (field, inspect, create) => {
  expect(locateIn('inspect', field)).toEqual({ source: 'engine-api', path: inspect });
  expect(locateIn('create', field)).toEqual({ source: 'engine-api', path: create });
});

test.each([
  ['name', 'Name'],
  ['image.id', 'Image'],
  ['healthCheck.status', 'State.Health.Status'],
  ['security.processLabel', 'ProcessLabel'],
  ['mounts', 'Mounts'],
])('%s only an inspected container has', (field, path) => {
  expect(locateIn('inspect', field).path).toBe(path);
});

test('no field of a container is left without a place, but for those that come from elsewhere', () => {
  const fields = Object.keys(containerFromInspect(inspected('web')));
  const elsewhere = new Set(['id', 'dialect', 'state', 'owner', 'locate']);
  const groups = ['capabilities', 'namespaces', 'resources'];
  const known = new Set(places.map(([field]) => /^\w+/.exec(field)?.[0] ?? ''));
  expect(fields.filter((field) => !known.has(field) && !elsewhere.has(field))).toEqual(['name', 'mounts']);
  for (const group of groups) expect(locateIn('inspect', group).path).toBe(group);
});

test('a field that the API does not have keeps its own name', () => {
  expect(locateIn('inspect', 'unheard.of[3]').path).toBe('unheard.of[3]');
});
