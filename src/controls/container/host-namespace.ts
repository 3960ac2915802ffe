import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';

const names = { pid: 'PID', ipc: 'IPC', uts: 'UTS' } as const;

/** Whether the container is in the host's own namespace: by the kernel's word if there is one, else as configured. */
export function judgeHostNamespace(container: ContainerSpec, kind: keyof typeof names): Verdict {
  const name = names[kind];
  const field = `namespaces.${kind}`;
  const mode = container.namespaces[kind] ?? '';
  const paper = configured(container, field, mode);
  const fact = container.effective?.namespaces[kind];
  const host = fact?.known ? fact.value.host : mode === 'host';
  const evidence = fact?.known ? [evidenceOf(fact, fact.value.link), paper] : [paper];

  if (host) {
    return fail(
      { en: `It uses the host's ${name} namespace.`, zh: `容器使用主机的 ${name} 命名空间。` },
      evidence,
      field,
    );
  }
  const path = /^ns:(.+)$/.exec(mode)?.[1];
  if (path !== undefined && !fact?.known) {
    return unknown(
      {
        en: `It joins the ${name} namespace at ${path}; whose that is shows only while it runs.`,
        zh: `容器加入 ${path} 处的 ${name} 命名空间；该命名空间属于谁，运行时才能看出。`,
      },
      { en: 'judge the running container, as root', zh: '以 root 检查运行中的容器' },
      evidence,
    );
  }
  const other = /^(?:container|service):(.+)$/.exec(mode)?.[1];
  if (other !== undefined) {
    const whose = /^[0-9a-f]{64}$/.test(other) ? other.slice(0, 12) : other;
    return pass(
      {
        en: `It shares the ${name} namespace of the container ${whose}, not the host's.`,
        zh: `容器共享容器 ${whose} 的 ${name} 命名空间，而非主机的。`,
      },
      evidence,
    );
  }
  if (mode === 'shareable') {
    return pass(
      {
        en: `It does not use the host's ${name} namespace, but other containers may join its own.`,
        zh: `容器未使用主机的 ${name} 命名空间，但其他容器可以加入它的命名空间。`,
      },
      evidence,
    );
  }
  return pass(
    { en: `It does not use the host's ${name} namespace.`, zh: `容器未使用主机的 ${name} 命名空间。` },
    evidence,
  );
}
