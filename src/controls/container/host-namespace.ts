import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';

/** Each stands between two words of a sentence; Chinese only sets off Latin ones. */
const names = {
  network: { en: 'network', zh: '网络' },
  pid: { en: 'PID', zh: ' PID ' },
  ipc: { en: 'IPC', zh: ' IPC ' },
  uts: { en: 'UTS', zh: ' UTS ' },
} as const;

type Kind = keyof typeof names;

/**
 * Whether the container is in the host's own namespace: by the kernel's word if there is one, else as configured. A
 * container that would join another one on this machine would be where that one is.
 */
export function judgeHostNamespace(container: ContainerSpec, kind: Kind, machine: Machine | undefined): Verdict {
  const name = names[kind];
  const field = `namespaces.${kind}`;
  const mode = container.namespaces[kind] ?? '';
  const paper = configured(container, field, mode);
  const fact = container.effective?.namespaces[kind];
  const other = /^(?:container|service):(.+)$/.exec(mode)?.[1];
  const joined = other === undefined ? undefined : machine?.containers.find((each) => isNamed(each, other));
  const host = fact?.known ? fact.value.host : mode === 'host' || (joined !== undefined && usesHosts(joined, kind));
  const evidence = fact?.known ? [evidenceOf(fact, fact.value.link), paper] : [paper];

  if (host) {
    return fail(
      { en: `It uses the host's ${name.en} namespace.`, zh: `容器使用主机的${name.zh}命名空间。` },
      evidence,
      field,
    );
  }
  const path = /^ns:(.+)$/.exec(mode)?.[1];
  if (path !== undefined && !fact?.known) {
    return unknown(
      {
        en: `It joins the ${name.en} namespace at ${path}; whose that is shows only while it runs.`,
        zh: `容器加入 ${path} 处的${name.zh}命名空间；该命名空间属于谁，运行时才能看出。`,
      },
      { en: 'judge the running container, as root', zh: '以 root 检查运行中的容器' },
      evidence,
    );
  }
  if (other !== undefined) {
    const whose = joined?.name ?? (/^[0-9a-f]{64}$/.test(other) ? other.slice(0, 12) : other);
    return pass(
      {
        en: `It shares the ${name.en} namespace of the container ${whose}.`,
        zh: `容器共享容器 ${whose} 的${name.zh}命名空间。`,
      },
      evidence,
    );
  }
  if (mode === 'shareable') {
    return pass(
      {
        en: `It does not use the host's ${name.en} namespace, but other containers may join its own.`,
        zh: `容器未使用主机的${name.zh}命名空间，但其他容器可以加入它的命名空间。`,
      },
      evidence,
    );
  }
  return pass(
    { en: `It does not use the host's ${name.en} namespace.`, zh: `容器未使用主机的${name.zh}命名空间。` },
    evidence,
  );
}

function isNamed({ id, name }: ContainerSpec, reference: string): boolean {
  return id === reference || name === reference;
}

function usesHosts({ effective, namespaces }: ContainerSpec, kind: Kind): boolean {
  const fact = effective?.namespaces[kind];
  return fact?.known ? fact.value.host : namespaces[kind] === 'host';
}
