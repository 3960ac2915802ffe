import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { securityOption } from './security-option.ts';

export const containerNoHostUserns = defineControl({
  id: 'container-no-host-userns',
  subject: 'container',
  severity: 'high',
  title: { en: 'The container does not opt out of user remapping', zh: '容器未绕过用户命名空间映射' },
  why: {
    en: 'The engine maps root of its containers to an ordinary user. A container that asks for the user namespace of the host is the exception: its root is root of the host.',
    zh: '引擎把容器的 root 映射为普通用户。要求使用主机用户命名空间的容器是例外：它的 root 就是主机的 root。',
  },
  how: {
    en: "The user namespace of the running process must not be the host's, else the configured mode must not be host. Where the engine is known not to remap there is nothing to opt out of, and it is not asked.",
    zh: '运行中进程的用户命名空间不得是主机的；其余情况下，配置的模式不得为 host。已知引擎未启用映射时无从绕过，不作判断。',
  },
  references: {
    cisDocker: ['5.31'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/userns-remap/'],
  },
  counterexample: { namespaces: { user: 'host' } },
  // Kubernetes maps nobody unless a pod asks for it: hostUsers: true only writes its default down.
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { machine }) {
    const live = container.effective?.namespaces.user;
    const mode = container.namespaces.user ?? null;
    const evidence = live?.known ? evidenceOf(live, live.value.link) : configured(container, 'namespaces.user', mode);
    const own = live?.known && !live.value.host;
    if (own) return pass({ en: 'It has a user namespace of its own.', zh: '容器有独立的用户命名空间。' }, evidence);
    if (machine) {
      const remap = securityOption(machine.engine, 'userns');
      if (!remap.known) return unknownFrom(remap);
      const rootless = securityOption(machine.engine, 'rootless');
      if (rootless.known && rootless.value !== undefined) {
        return notApplicable(
          {
            en: 'The engine is rootless: its containers are in its own user namespace at most.',
            zh: '引擎以 rootless 方式运行：容器最多只能处于引擎自身的用户命名空间。',
          },
          evidenceOf(rootless),
        );
      }
      if (remap.value === undefined) {
        return notApplicable(
          { en: 'The engine does not remap users.', zh: '引擎未启用用户映射。' },
          evidenceOf(remap, null),
        );
      }
    }
    return live?.known || mode === 'host'
      ? fail(
          { en: 'It runs in the user namespace of the host.', zh: '容器使用主机的用户命名空间。' },
          evidence,
          'namespaces.user',
        )
      : pass(
          { en: 'It does not ask for the user namespace of the host.', zh: '容器未要求使用主机的用户命名空间。' },
          evidence,
        );
  },

  remedy(container) {
    return needsHost(container)
      ? byHand({
          en: "An engine that remaps refuses privileged containers and the host's PID and network namespaces: take these away, and with them the user namespace of the host.",
          zh: '启用映射的引擎会拒绝特权容器以及主机的 PID、网络命名空间：请先去掉这些设置，再去掉主机用户命名空间。',
        })
      : changeSpec(
          { namespaces: { user: null } },
          {
            en: 'Leave userns at its default, and give the mapped user the files of its mounts.',
            zh: '保留 userns 的默认值，并把挂载中的文件交给映射后的用户。',
          },
        );
  },
});

/** With remapping the engine would not start such a container. */
function needsHost({ privileged, namespaces }: ContainerSpec): boolean {
  return privileged || namespaces.pid === 'host' || namespaces.network === 'host';
}
