import { expect, test } from 'vitest';
import { bareContainer, everyField, secretValue, unspoken } from '../every-field.fixture.ts';
import { composeService, composeVolumes } from './compose.ts';

test('every field has a key, but those that Compose cannot say', () => {
  expect(unspoken(composeService)).toEqual(['name', 'resources.memoryNodes', 'resources.blockIoThrottles']);
});

test('a bare container is only an image', () => {
  expect(composeService(bareContainer)).toEqual({ image: 'bare:1' });
  expect(composeVolumes(bareContainer)).toEqual({});
});

test('the keys are those of a Compose service', () => {
  expect(composeService(everyField)).toMatchObject({
    entrypoint: ['/bin/sh', '-c'],
    user: '10001:10002',
    group_add: ['100', 'audio'],
    privileged: true,
    cap_add: ['NET_ADMIN'],
    cap_drop: ['cap_net_raw'],
    security_opt: [
      'no-new-privileges=true',
      'seccomp=unconfined',
      'apparmor=my profile',
      'label=type:web_t',
      'label=level:s0',
      'systempaths=unconfined',
    ],
    read_only: true,
    tmpfs: ['/tmp:ro,nosuid,size=64m'],
    volumes: [
      {
        type: 'bind',
        source: '/etc,x"y',
        target: '/x',
        read_only: true,
        bind: { propagation: 'rslave', recursive: 'writable' },
      },
      { type: 'bind', source: '/srv', target: '/srv', bind: { selinux: 'Z' } },
      { type: 'volume', source: 'share', target: '/share', read_only: true, volume: { nocopy: true } },
      { type: 'volume', target: '/cache' },
      { type: 'image', source: 'tools:1', target: '/tools', read_only: true, image: { subpath: 'bin' } },
    ],
    devices: ['/dev/fuse', '/dev/ttyS0:/dev/modem:rw', 'vendor.example/class=one'],
    device_cgroup_rules: ['c 13:* rwm'],
    gpus: [{ driver: 'nvidia', count: -1 }],
    network_mode: 'host',
    pid: 'host',
    ipc: 'host',
    uts: 'host',
    userns_mode: 'host',
    cgroup: 'host',
    sysctls: { 'net.core.somaxconn': '1024' },
    ulimits: { nofile: { soft: 1024, hard: -1 } },
    mem_limit: '256m',
    memswap_limit: -1,
    mem_reservation: '1000',
    oom_kill_disable: true,
    cpus: 1.5,
    cpu_shares: 512,
    cpuset: '0-3,6',
    pids_limit: 200,
    blkio_config: { weight: 300 },
    ports: [
      { target: 80, published: '8080', host_ip: '127.0.0.1' },
      { target: 53, published: '5353', host_ip: '::1', protocol: 'udp' },
      { target: 81, host_ip: '10.0.0.1' },
      { target: 82, protocol: 'sctp' },
    ],
    expose: ['9000/tcp'],
    environment: ['DATABASE'],
    restart: 'on-failure:5',
    healthcheck: { test: ['CMD', '/bin/check', 'a b'] },
    logging: { driver: 'splunk' },
    runtime: 'runsc',
    cgroup_parent: '/shop.slice',
  });
  expect(composeVolumes(everyField)).toEqual({
    share: {
      driver: 'local',
      driver_opts: { type: 'cifs', device: '//nas/share', o: 'username=web,password=[redacted]' },
    },
  });
});

test('no secret is shown', () => {
  expect(JSON.stringify([composeService(everyField), composeVolumes(everyField)])).not.toContain(secretValue);
});

test('a dollar sign is doubled, because Compose replaces variables', () => {
  expect(composeService({ ...bareContainer, command: ['echo $HOME $$'], labels: { a: '$b' } })).toMatchObject({
    command: ['echo $$HOME $$$$'],
    labels: { a: '$$b' },
  });
});

test('a network of its own is joined, the modes are modes', () => {
  expect(inNetwork('shop')).toMatchObject({ networks: ['shop'] });
  expect(inNetwork('shop')).not.toHaveProperty('network_mode');
  expect(inNetwork('container:db')).toMatchObject({ network_mode: 'container:db' });
  expect(inNetwork('none')).not.toHaveProperty('networks');
});

test('labels that Compose writes itself are left to it', () => {
  const labels = { 'com.docker.compose.project': 'shop', owner: 'x' };
  expect(composeService({ ...bareContainer, labels })).toMatchObject({ labels: { owner: 'x' } });
  expect(composeService({ ...bareContainer, labels })).not.toHaveProperty(['labels', 'com.docker.compose.project']);
});

test('an inherited health check is switched off, any GPU is asked for by one word', () => {
  expect(composeService({ ...bareContainer, healthCheck: { test: ['NONE'] }, deviceRequests: ['gpu'] })).toMatchObject({
    healthcheck: { disable: true },
    gpus: 'all',
  });
});

function inNetwork(network: string) {
  return composeService({ ...bareContainer, namespaces: { network }, networks: ['shop'] });
}
