import type { Text } from '../../model/text.ts';
import { rootlessEngine } from '../../controls/daemon/security-options.ts';
import { type Finding, type Situation, someOf, start, use } from './situation.ts';

/** Engines whose daemon.json belongs to somebody else, or on whose settings somebody else relies. */
export function managers(situation: Situation): Finding[] {
  const { changed } = situation;
  if (changed.length === 0) return [];
  const elsewhere = writtenElsewhere(situation);
  return [
    ...(elsewhere ? [use(changed, elsewhere.reason, elsewhere.advice)] : []),
    ...kubernetes(situation),
    ...rootless(situation),
  ];
}

function writtenElsewhere(situation: Situation): { readonly reason: Text; readonly advice: Text } | undefined {
  const { engine, info, machine } = situation;
  if (engine.kind !== 'docker') {
    return {
      reason: {
        en: 'this engine is not Docker, and does not read daemon.json',
        zh: '该引擎不是 Docker，不读取 daemon.json',
      },
      advice: {
        en: 'Change it in its own files: containers.conf for Podman.',
        zh: '请在其自身的配置中修改：Podman 使用 containers.conf。',
      },
    };
  }
  const release = machine.host.kernelRelease;
  if (info?.operatingSystem === 'Docker Desktop' || (release.known && /linuxkit/i.test(release.value))) {
    return {
      reason: {
        en: 'Docker Desktop writes the configuration of this engine, and would write over it',
        zh: '该引擎的配置由 Docker Desktop 写入，改动会被覆盖',
      },
      advice: {
        en: 'Change it in Docker Desktop: Settings, Docker Engine.',
        zh: '请在 Docker Desktop 的 Settings → Docker Engine 中修改。',
      },
    };
  }
  if (!engine.local) {
    return {
      reason: {
        en: 'this engine runs on another machine, and its daemon.json is there',
        zh: '该引擎运行在另一台机器上，其 daemon.json 也在那里',
      },
      advice: { en: 'Run plimsoll fix on that machine.', zh: '请在那台机器上运行 plimsoll fix。' },
    };
  }
  const program = situation.arguments[0] ?? '';
  const file = engine.configuration.known ? engine.configuration.value?.file : undefined;
  const isSnap = program.startsWith('/snap/') || info?.dataRoot?.startsWith('/var/snap/') === true;
  if (isSnap && file?.startsWith('/var/snap/') !== true) {
    return {
      reason: {
        en: 'this engine is a snap, and does not read /etc/docker/daemon.json',
        zh: '该引擎以 snap 安装，不读取 /etc/docker/daemon.json',
      },
      advice: {
        en: 'Change /var/snap/docker/current/config/daemon.json, then: snap restart docker.',
        zh: '请修改 /var/snap/docker/current/config/daemon.json，然后执行 snap restart docker。',
      },
    };
  }
  return undefined;
}

/** What a kubelet expects of its engine: a change takes the node out of its cluster, or its pods from it. */
const kubeletRelies = new Set([
  'bip',
  'bridge',
  'cgroup-parent',
  'data-root',
  'exec-opts',
  'exec-root',
  'features',
  'fixed-cidr',
  'hosts',
  'icc',
  'ip-forward',
  'ip-masq',
  'iptables',
  'log-driver',
  'log-opts',
  'storage-driver',
  'userns-remap',
]);

function kubernetes(situation: Situation): Finding[] {
  const keys = situation.changed.filter((key) => kubeletRelies.has(key));
  if (keys.length === 0 || !isUsedByKubelet(situation)) return [];
  const names = someOf(keys);
  return [
    use(
      keys,
      {
        en: `a kubelet runs its pods on this engine and relies on ${names.en}: with another value its pods, their logs or the whole node are lost to the cluster`,
        zh: `kubelet 在该引擎上运行 Pod，并依赖 ${names.zh}：改动后其 Pod、日志乃至整个节点会脱离集群`,
      },
      {
        en: 'Drain the node, change engine and kubelet together, and bring it back.',
        zh: '请先排空节点，同时修改引擎和 kubelet，再恢复节点。',
      },
      ['kubectl drain NODE --ignore-daemonsets'],
    ),
  ];
}

/** A kubelet on the host may just as well use containerd itself: pods on this engine tell. */
function isUsedByKubelet({ containers }: Situation): boolean {
  return containers.some(
    ({ owner, labels }) => owner.kind === 'kubernetes' || Object.hasOwn(labels, 'io.kubernetes.pod.name'),
  );
}

/** What an engine without root cannot do. */
function rootless(situation: Situation): Finding[] {
  const isRootless = rootlessEngine(situation.engine);
  if (!isRootless.known || !isRootless.value) return [];
  const findings: Finding[] = [];
  const file = situation.engine.configuration.known ? situation.engine.configuration.value?.file : undefined;
  if (file === '/etc/docker/daemon.json') {
    findings.push(
      use(
        situation.changed,
        {
          en: 'this engine is rootless, and does not read /etc/docker/daemon.json',
          zh: '该引擎为 rootless，不读取 /etc/docker/daemon.json',
        },
        { en: 'Change ~/.config/docker/daemon.json of its user.', zh: '请修改其用户的 ~/.config/docker/daemon.json。' },
      ),
    );
  }
  const useless = ['userns-remap', 'group', 'cpu-rt-period', 'cpu-rt-runtime'].filter(
    (key) => situation.changed.includes(key) && ![undefined, null, '', 0].includes(situation.setting(key) as null),
  );
  if (useless.length > 0) {
    const names = someOf(useless);
    findings.push(
      start(
        useless,
        {
          en: `${names.en} cannot work in a rootless engine: it is not allowed to do that`,
          zh: `${names.zh} 在 rootless 引擎中不可用：它没有相应权限`,
        },
        {
          en: `Leave ${names.en} out: a rootless engine has a user namespace anyway.`,
          zh: `请勿设置 ${names.zh}：rootless 引擎本就处于用户命名空间中。`,
        },
      ),
    );
  }
  if (situation.setting('userland-proxy') === false && situation.isChanged('userland-proxy')) {
    findings.push(
      use(
        ['userland-proxy'],
        {
          en: 'a rootless engine publishes ports through its proxy: without it they cannot be reached',
          zh: 'rootless 引擎通过代理发布端口：关闭后端口无法访问',
        },
        { en: 'Keep the proxy.', zh: '请保留代理。' },
      ),
    );
  }
  return findings;
}
