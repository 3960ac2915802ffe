/** The option that sets a field of the model. */
const options: Readonly<Record<string, string>> = {
  'capabilities.add': '--cap-add',
  'capabilities.drop': '--cap-drop',
  cgroupParent: '--cgroup-parent',
  deviceRequests: '--gpus',
  deviceRules: '--device-cgroup-rule',
  devices: '--device',
  entrypoint: '--entrypoint',
  environment: '--env',
  exposedPorts: '--expose',
  extraHosts: '--add-host',
  groups: '--group-add',
  healthCheck: '--health-cmd',
  labels: '--label',
  links: '--link',
  'logging.driver': '--log-driver',
  'logging.options': '--log-opt',
  maskedPaths: '--security-opt',
  mounts: '--mount',
  name: '--name',
  'namespaces.cgroup': '--cgroupns',
  'namespaces.ipc': '--ipc',
  'namespaces.network': '--network',
  'namespaces.pid': '--pid',
  'namespaces.user': '--userns',
  'namespaces.uts': '--uts',
  networks: '--network',
  ports: '--publish',
  privileged: '--privileged',
  publishAllPorts: '--publish-all',
  readOnlyPaths: '--security-opt',
  readOnlyRoot: '--read-only',
  'resources.blockIoWeight': '--blkio-weight',
  'resources.cpuShares': '--cpu-shares',
  'resources.cpus': '--cpus',
  'resources.cpuset': '--cpuset-cpus',
  'resources.memory': '--memory',
  'resources.memoryNodes': '--cpuset-mems',
  'resources.memoryReservation': '--memory-reservation',
  'resources.memorySwap': '--memory-swap',
  'resources.oomKillDisable': '--oom-kill-disable',
  'resources.oomScoreAdjust': '--oom-score-adj',
  'resources.pids': '--pids-limit',
  restart: '--restart',
  runtime: '--runtime',
  security: '--security-opt',
  sysctls: '--sysctl',
  ulimits: '--ulimit',
  user: '--user',
  volumesFrom: '--volumes-from',
};

/** The option that would set this field, or what it belongs to; undefined where none does. */
export function fieldOption(field: string): string | undefined {
  for (
    let end = field.length;
    end > 0;
    end = Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1))
  ) {
    const head = field.slice(0, end);
    if (Object.hasOwn(options, head)) return options[head];
  }
  return undefined;
}
