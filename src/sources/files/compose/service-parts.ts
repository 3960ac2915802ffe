import {
  amount,
  boolean,
  either,
  integer,
  keys,
  listOf,
  mapOf,
  nothing,
  number,
  oneOf,
  options,
  pairs,
  text,
  textOrTexts,
  texts,
  truth,
  whole,
  type Shape,
} from './shape.ts';

// Parts of a service: see schema.ts.

export const command = either(nothing, text, texts);
export const hosts = either(mapOf(textOrTexts), texts);
export const limits: Shape = mapOf(either(integer, text, keys({ hard: whole, soft: whole }, ['soft', 'hard'])));
export const grants = listOf(either(text, keys({ source: text, target: text, uid: text, gid: text, mode: amount })));

export const hook = keys({ command, user: text, privileged: truth, working_dir: text, environment: pairs }, [
  'command',
]);

export const build = either(
  text,
  keys({
    context: text,
    dockerfile: text,
    dockerfile_inline: text,
    entitlements: texts,
    args: pairs,
    ssh: pairs,
    labels: pairs,
    cache_from: texts,
    cache_to: texts,
    no_cache: truth,
    additional_contexts: pairs,
    network: text,
    pull: truth,
    target: text,
    shm_size: whole,
    extra_hosts: hosts,
    isolation: text,
    privileged: truth,
    secrets: grants,
    tags: texts,
    ulimits: limits,
    platforms: texts,
    provenance: truth,
    sbom: truth,
  }),
);

export const rates = listOf(keys({ path: text, rate: whole }));

export const port = either(
  number,
  text,
  keys({
    name: text,
    mode: text,
    host_ip: text,
    target: whole,
    published: whole,
    protocol: text,
    app_protocol: text,
  }),
);

export const volumeMount = either(
  text,
  keys(
    {
      type: oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
      source: text,
      target: text,
      read_only: truth,
      consistency: text,
      bind: keys({
        propagation: text,
        create_host_path: truth,
        recursive: oneOf('enabled', 'disabled', 'writable', 'readonly'),
        selinux: oneOf('z', 'Z'),
      }),
      volume: keys({ labels: pairs, nocopy: truth, subpath: text }),
      tmpfs: keys({ size: whole, mode: amount }),
      image: keys({ subpath: text }),
    },
    ['type'],
  ),
);

export const joinedNetwork = either(
  nothing,
  keys({
    aliases: texts,
    interface_name: text,
    ipv4_address: text,
    ipv6_address: text,
    link_local_ips: texts,
    mac_address: text,
    driver_opts: options,
    priority: number,
    gw_priority: number,
  }),
);

export const deviceRequest = { capabilities: texts, count: whole, device_ids: texts, driver: text, options: pairs };

export const rollout = keys({
  parallelism: whole,
  delay: text,
  failure_action: text,
  monitor: text,
  max_failure_ratio: amount,
  order: oneOf('start-first', 'stop-first'),
});

export const deploy = either(
  nothing,
  keys({
    mode: text,
    endpoint_mode: text,
    replicas: whole,
    labels: pairs,
    rollback_config: rollout,
    update_config: rollout,
    resources: keys({
      limits: keys({ cpus: amount, memory: text, pids: whole }),
      reservations: keys({
        cpus: amount,
        memory: text,
        generic_resources: listOf(keys({ discrete_resource_spec: keys({ kind: text, value: amount }) })),
        devices: listOf(keys(deviceRequest, ['capabilities'])),
      }),
    }),
    restart_policy: keys({ condition: text, delay: text, max_attempts: whole, window: text }),
    placement: keys({
      constraints: texts,
      preferences: listOf(keys({ spread: text })),
      max_replicas_per_node: whole,
    }),
  }),
);

export const develop = either(
  nothing,
  keys({
    watch: listOf(
      keys(
        {
          ignore: textOrTexts,
          include: textOrTexts,
          path: text,
          action: oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
          target: text,
          exec: hook,
          initial_sync: truth,
        },
        ['path', 'action'],
      ),
    ),
  }),
);

export const dependency = keys(
  {
    restart: truth,
    required: boolean,
    condition: oneOf('service_started', 'service_healthy', 'service_completed_successfully'),
  },
  ['condition'],
);
