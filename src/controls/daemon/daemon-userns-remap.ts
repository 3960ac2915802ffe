import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { rootlessEngine, securityOption } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonUsernsRemap = defineControl({
  id: 'daemon-userns-remap',
  subject: 'engine',
  severity: {
    usual: 'high',
    note: {
      en: 'Low while the kernel shows that no process of a running container is root on the host.',
      zh: '若内核显示运行中的容器没有任何进程是主机 root，则为低级。',
    },
    of: (engine, { machine }) => (!isRemapped(engine) && runsNothingAsRoot(machine) ? 'low' : 'high'),
  },
  title: {
    en: 'Root in containers is an unprivileged user on the host',
    zh: '容器内的 root 在主机上是非特权用户',
  },
  why: {
    en: 'Without a user namespace, root in a container is the same root as on the host: a writable mount or an escape is then enough to own the machine.',
    zh: '没有用户命名空间时，容器内的 root 就是主机 root：一个可写挂载或一次逃逸就足以控制整台机器。',
  },
  how: {
    en: 'Asks the running engine whether it remaps user namespaces or is rootless. The host users of running containers decide how severe a failure is.',
    zh: '查询运行中的引擎是否启用了用户命名空间重映射或为 rootless。运行中容器在主机上的用户决定未通过时的严重程度。',
  },
  references: {
    cisDocker: ['2.9'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/userns-remap/'],
  },
  engines: ['docker'],
  counterexample: { 'userns-remap': null },

  judge(engine, { machine }) {
    const rootless = rootlessEngine(engine);
    if (rootless.known && rootless.value) {
      return pass(
        {
          en: 'The engine is rootless: its containers have a user namespace.',
          zh: '引擎为 rootless：容器均有用户命名空间。',
        },
        evidenceOf(rootless),
      );
    }
    const { info } = engine;
    if (!info.known) return unknownFrom(info);
    const evidence = evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`);
    if (securityOption(info.value, 'userns')) {
      return pass({ en: 'User namespaces are remapped.', zh: '已启用用户命名空间重映射。' }, evidence);
    }
    return runsNothingAsRoot(machine)
      ? fail(
          {
            en: 'Root in a container is root on the host. At present no running container has a root process, so only future ones are at risk.',
            zh: '容器内的 root 就是主机 root。目前运行中的容器均无 root 进程，风险仅在于将来的容器。',
          },
          evidence,
          'userns-remap',
        )
      : fail(
          { en: 'Root in a container is root on the host.', zh: '容器内的 root 就是主机 root。' },
          evidence,
          'userns-remap',
        );
  },

  remedy(engine) {
    return changeSettings(
      engine,
      { 'userns-remap': 'default' },
      {
        en: 'Set "userns-remap" to "default" (a string, true keeps dockerd from starting). Images, containers and volumes made so far disappear from view until it is taken back; privileged containers and those with a namespace of the host then need --userns=host, and the containerd image store is not used.',
        zh: '将 "userns-remap" 设为 "default"（字符串；写成 true 会使 dockerd 无法启动）。此前的镜像、容器和卷将不可见，撤销设置后恢复；特权容器和使用主机命名空间的容器届时需加 --userns=host，且不使用 containerd 镜像存储。',
      },
    );
  },
});

function isRemapped({ info }: EngineFacts): boolean {
  return info.known && (securityOption(info.value, 'userns') ?? securityOption(info.value, 'rootless')) !== undefined;
}

/** There are running containers, and the kernel shows that all of them run as ordinary users of the host. */
function runsNothingAsRoot(machine: Machine | undefined): boolean {
  const running = machine?.containers.filter(({ state }) => state === 'running') ?? [];
  return running.length > 0 && running.every((container) => hasNoRootProcess(container));
}

function hasNoRootProcess({ effective }: ContainerSpec): boolean {
  if (!effective?.user.known || effective.user.value.hostUid === 0) return false;
  return !effective.processes.known || effective.processes.value.every(({ hostUid }) => hostUid !== 0);
}
