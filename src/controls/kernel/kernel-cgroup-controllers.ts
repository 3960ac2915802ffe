import { defineControl, type JudgeContext } from '../../model/control.ts';
import type { LimitKind } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { rootlessEngine } from '../daemon/security-options.ts';
import { kernelWith } from './other-kernel.ts';

const needed = ['memory', 'cpu', 'cpuset', 'pids', 'io'];

/** The controller that each of the engine's limits needs; swap is counted apart. */
const controllerOf: Readonly<Record<LimitKind, string>> = {
  memory: 'memory',
  swap: 'swap',
  'cpu-quota': 'cpu',
  'cpu-shares': 'cpu',
  'cpu-set': 'cpuset',
  processes: 'pids',
};

export const kernelCgroupControllers = defineControl({
  id: 'kernel-cgroup-controllers',
  subject: 'host',
  severity: {
    usual: 'high',
    note: {
      en: 'Low where only swap is not counted: memory itself is limited then.',
      zh: '若仅缺少 swap 统计则为低：此时内存本身仍受限制。',
    },
    of: (host, context) => (lacking(host, context).names.every((name) => name === 'swap') ? 'low' : 'high'),
  },
  title: {
    en: 'Memory, processors, processes and block I/O of containers can be limited',
    zh: '可以限制容器的内存、CPU、进程数和块 I/O',
  },
  why: {
    en: 'A limit whose controller is switched off is accepted and then ignored, so that one container can starve all others and the host.',
    zh: '控制器未启用时，限额虽被接受却不会生效，单个容器就能耗尽主机和其他容器的资源。',
  },
  how: {
    en: "The kernel's list of controllers must have memory, cpu, cpuset, pids and io. What Docker says that it cannot limit counts too: a rootless engine only has the controllers that were delegated to it. Podman's answer does not count, as it only looks at version 1.",
    zh: '内核的控制器列表须包含 memory、cpu、cpuset、pids 和 io。Docker 声明无法限制的资源同样计入：rootless 引擎只拥有委派给它的控制器。Podman 的应答不计，因为它只检查 v1。',
  },
  references: {
    cisDocker: ['5.25'],
    nist800190: ['3.4.3'],
    links: ['https://docs.kernel.org/admin-guide/cgroup-v2.html'],
  },
  counterexample: kernelWith({ controllers: ['cpuset', 'cpu', 'io', 'pids'] }),

  judge(host, context) {
    const { controllers } = host.kernel;
    const { names, evidence } = lacking(host, context);
    if (names.length > 0) {
      const shown = listed(names, 7);
      return fail(
        { en: `These cannot be limited here: ${shown.en}.`, zh: `此处无法限制：${shown.zh}。` },
        evidence,
        'kernel.controllers',
      );
    }
    if (!controllers.known) return unknownFrom(controllers);
    return pass({ en: 'Every controller that limits need is on.', zh: '限额所需的控制器均已启用。' }, evidence);
  },

  remedy(host, context) {
    const { names } = lacking(host, context);
    const isVersion1 = host.cgroupVersion.known && host.cgroupVersion.value === 1;
    const rootless = context.machine && rootlessEngine(context.machine.engine);
    if (rootless?.known && rootless.value && needed.every((name) => isOn(host, name)) && !isVersion1) {
      return byHand(
        {
          en: 'Delegate the controllers to the user of the rootless engine, then restart it.',
          zh: '将这些控制器委派给 rootless 引擎的用户，然后重启引擎。',
        },
        ['systemctl edit user@.service  # [Service] Delegate=cpu cpuset io memory pids', 'systemctl daemon-reload'],
      );
    }
    const isMemory = names.some((name) => ['memory', 'swap'].includes(name));
    return byHand(
      isMemory
        ? {
            en: 'Add cgroup_enable=memory and, with version 1, swapaccount=1 to the command line of the kernel, or boot with the unified hierarchy, and reboot.',
            zh: '在内核命令行加入 cgroup_enable=memory（v1 还需 swapaccount=1），或改用统一层级（v2）启动，然后重启。',
          }
        : {
            en: 'Boot a kernel that has these controllers, with the unified hierarchy (systemd.unified_cgroup_hierarchy=1).',
            zh: '使用具备这些控制器的内核，并以统一层级启动（systemd.unified_cgroup_hierarchy=1）。',
          },
      ['cat /proc/cmdline /proc/cgroups'],
      'reboot',
    );
  },
});

function isOn({ kernel: { controllers } }: HostFacts, name: string): boolean {
  return controllers.known && controllers.value.includes(name);
}

interface Lacking {
  readonly names: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Controllers that the kernel does not list, and those that the engine misses. */
function lacking(host: HostFacts, { machine }: Pick<JudgeContext, 'machine'>): Lacking {
  const { controllers } = host.kernel;
  const unlisted = controllers.known ? needed.filter((name) => !isOn(host, name)) : [];
  // Podman answers false for whatever is not mounted as version 1.
  const info = machine?.engine.local && machine.engine.kind === 'docker' ? machine.engine.info : undefined;
  const limits = info?.known ? info.value.limits : {};
  const missed = (Object.keys(controllerOf) as LimitKind[]).filter((kind) => limits[kind] === false);
  return {
    names: [...new Set([...unlisted, ...missed.map((kind) => controllerOf[kind])])],
    evidence: [
      ...(controllers.known ? [evidenceOf(controllers, [...controllers.value])] : []),
      ...(info?.known ? [evidenceOf(info, { ...limits }, `${info.path} MemoryLimit, SwapLimit, PidsLimit …`)] : []),
    ],
  };
}
