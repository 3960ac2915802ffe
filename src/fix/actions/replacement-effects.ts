import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Affected } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { listed } from '../../controls/container/listing.ts';

export interface Replaced {
  readonly name: string;
  readonly before: ContainerSpec;
  readonly after: ContainerSpec;
  readonly inspected: JsonObject;
  /** What the old one is called afterwards. */
  readonly kept: string;
  readonly runs: boolean;
}

/** That a container is replaced, and for each change why its program may not bear it. */
export function replacementEffects({ name, before, after, inspected, kept, runs }: Replaced): Affected[] {
  const breaks = risks
    .filter(([read]) => !isDeepStrictEqual(read(before), read(after)))
    .map(([, why]) => (typeof why === 'function' ? why(before, after) : why));
  const ports = movingPorts(inspected);
  const moved = ports.length > 0 ? [otherPorts(ports)] : [];
  return [
    {
      container: name,
      effect: 'is-replaced',
      why: runs
        ? {
            en: `it stops, and the new one starts in its place; its logs so far stay with ${kept}`,
            zh: `旧容器停止，由新容器接替；此前的日志保留在 ${kept} 中`,
          }
        : {
            en: `it is made anew and stays stopped; its logs so far stay with ${kept}`,
            zh: `重建后保持停止状态；此前的日志保留在 ${kept} 中`,
          },
    },
    ...[...breaks, ...moved].map((why): Affected => ({ container: name, effect: 'may-break', why })),
  ];
}

/** Ports that were published without a number, so that the engine chooses one each time. */
function movingPorts(inspected: JsonObject): string[] {
  const host = objectIn(inspected, 'HostConfig');
  const bindings = objectIn(host, 'PortBindings');
  const open = Object.keys(bindings).filter((port) =>
    listIn(bindings, port).some((each) => isObject(each) && !Number(textIn(each, 'HostPort') ?? '')),
  );
  const all =
    host['PublishAllPorts'] === true ? Object.keys(objectIn(objectIn(inspected, 'Config'), 'ExposedPorts')) : [];
  return [...new Set([...open, ...all])];
}

function otherPorts(ports: readonly string[]): Text {
  const names = listed(ports);
  return {
    en: `${names.en} is published on a port that the engine chooses: it will be another one`,
    zh: `${names.zh} 发布到引擎自选的端口，重建后端口会改变`,
  };
}

type Why = Text | ((before: ContainerSpec, after: ContainerSpec) => Text);

const risks: readonly (readonly [(container: ContainerSpec) => unknown, Why])[] = [
  [
    ({ user }) => user,
    (_, { user = '' }) => ({
      en: `it runs as ${user} instead: files that belong to root, in its image and its volumes, can no longer be written`,
      zh: `改以 ${user} 运行：镜像和 volume 中属于 root 的文件将无法写入`,
    }),
  ],
  [
    ({ readOnlyRoot }) => readOnlyRoot,
    {
      en: 'its root file system is read-only: it can write to its volumes and tmpfs only',
      zh: '根文件系统变为只读：只能写入 volume 和 tmpfs',
    },
  ],
  [
    ({ privileged }) => privileged,
    {
      en: "it is no longer privileged: it loses the host's devices, all capabilities beyond the default, and what was unmasked",
      zh: '不再以特权模式运行：将失去主机设备、默认之外的全部 capability 以及原先未屏蔽的路径',
    },
  ],
  [
    ({ capabilities }) => capabilities,
    (before, after) => {
      const added = before.capabilities.add.filter((each) => !after.capabilities.add.includes(each));
      const dropped = after.capabilities.drop.filter((each) => !before.capabilities.drop.includes(each));
      const names = listed([...added, ...dropped]);
      return {
        en: `it loses capabilities (${names.en}): what needs them is refused`,
        zh: `将失去 capability（${names.zh}）：依赖它们的操作会被拒绝`,
      };
    },
  ],
  [
    ({ security }) => security.noNewPrivileges,
    {
      en: 'its programs gain nothing by set-id bits: sudo, su and ping may fail',
      zh: '程序无法再通过 set-id 位获得权限：sudo、su、ping 等可能失败',
    },
  ],
  [
    ({ security: { seccomp, appArmor, selinux } }) => [seccomp, appArmor, selinux],
    {
      en: 'another security profile holds: system calls or files that it used may be refused',
      zh: '改用其他安全配置文件：它使用的系统调用或文件可能被拒绝',
    },
  ],
  [
    ({ mounts }) => mounts,
    (before, after) => {
      const targets = new Set(after.mounts.map(({ target }) => target));
      const gone = before.mounts.filter(({ target }) => !targets.has(target)).map(({ target }) => target);
      const changed = after.mounts.filter((mount) => !before.mounts.some((each) => isDeepStrictEqual(each, mount)));
      const names = listed([...gone, ...changed.map(({ target }) => target)]);
      return gone.length > 0
        ? { en: `what is mounted changes or goes: ${names.en}`, zh: `挂载有变更或被移除：${names.zh}` }
        : { en: `what is mounted changes: ${names.en}`, zh: `挂载有变更：${names.zh}` };
    },
  ],
  [
    ({ devices, deviceRules, deviceRequests }) => [devices, deviceRules, deviceRequests],
    { en: 'devices are taken away from it', zh: '部分设备将被移除' },
  ],
  [
    ({ namespaces: { pid, ipc, uts, user, cgroup } }) => [pid, ipc, uts, user, cgroup],
    {
      en: "it no longer shares namespaces of the host: it does not see the host's processes, shared memory or name there",
      zh: '不再共用主机的命名空间：无法再看到主机的进程、共享内存或主机名',
    },
  ],
  [({ groups }) => groups, { en: 'it leaves groups that gave it access', zh: '将退出曾赋予其访问权限的用户组' }],
  [
    ({ sysctls }) => sysctls,
    { en: 'kernel parameters of it take their usual values again', zh: '部分内核参数恢复为默认值' },
  ],
  [
    ({ resources, ulimits }) => [resources, ulimits],
    {
      en: 'it gets limits: beyond them it is slowed down, refused or ended by the kernel',
      zh: '将受到资源限制：超出时会被内核限速、拒绝或终止',
    },
  ],
  [
    ({ runtime }) => runtime,
    {
      en: 'another runtime runs it: some system calls and devices work differently',
      zh: '改用其他运行时：部分系统调用和设备的行为会不同',
    },
  ],
  [
    ({ maskedPaths, readOnlyPaths }) => [maskedPaths, readOnlyPaths],
    { en: 'places in /proc and /sys are hidden or read-only', zh: '/proc 和 /sys 中的部分位置将被隐藏或只读' },
  ],
  [({ restart }) => restart, { en: 'the engine starts it again less often', zh: '引擎自动重启它的次数会减少' }],
];
