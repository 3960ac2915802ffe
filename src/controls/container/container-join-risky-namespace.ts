import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { NamespaceKind } from '../../model/namespace.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { joinedContainer } from '../../model/reachability.ts';
import { listed } from './listing.ts';

const joinable = ['network', 'pid', 'ipc'] as const;

const kindNames: Readonly<Record<NamespaceKind, string>> = {
  network: 'network',
  pid: 'PID',
  ipc: 'IPC',
  uts: 'UTS',
  user: 'user',
  cgroup: 'cgroup',
};

export const containerJoinRiskyNamespace = defineControl({
  id: 'container-join-risky-namespace',
  subject: 'container',
  severity: 'high',
  title: {
    en: 'The container does not join the namespaces of one that is close to the host',
    zh: '容器不加入权限接近主机的容器的命名空间',
  },
  why: {
    en: "Containers in one namespace are not kept apart: through a shared PID namespace one traces the other's programs and reads its files, through a shared network it answers in its place. If the other one is privileged or in the host's own namespaces, its power is within reach.",
    zh: '同一命名空间内的容器之间没有隔离：共享 PID 命名空间可跟踪对方的程序并读取其文件，共享网络可冒充对方应答。若对方是特权容器或处于主机的命名空间，其权限便触手可及。',
  },
  how: {
    en: "For network, PID and IPC modes of the form container:NAME, that container is looked at: it must neither be privileged nor use any of the host's namespaces, by the kernel's word where it runs.",
    zh: '对形如 container:NAME 的网络、PID 和 IPC 模式，检查对应的容器：它不得是特权容器，也不得使用主机的任何命名空间；若其正在运行，以内核为准。',
  },
  references: { links: ['https://docs.docker.com/engine/containers/run/#pid-settings---pid'] },
  dialects: ['engine-api'],

  judge(container, { machine }) {
    const joined = joinable.flatMap((kind) => {
      const other = joinedContainer(container.namespaces[kind], machine?.containers ?? []);
      return other ? [{ kind, other, risks: risksOf(other) }] : [];
    });
    const risky = joined.find(({ risks }) => risks.length > 0);
    if (risky) {
      const field = `namespaces.${risky.kind}`;
      const { name } = risky.other;
      const risks = listed(risky.risks);
      return fail(
        {
          en: `It joins the ${kindNames[risky.kind]} namespace of ${name}, which is close to the host: ${risks.en}.`,
          zh: `容器加入了 ${name} 的 ${kindNames[risky.kind]} 命名空间，而后者权限接近主机：${risks.zh}。`,
        },
        configured(container, field, container.namespaces[risky.kind] ?? null),
        field,
      );
    }
    const [first] = joined;
    if (!first) {
      return notApplicable(
        { en: 'It joins no other container.', zh: '容器未加入其他容器的命名空间。' },
        configured(
          container,
          'namespaces',
          joinable.map((kind) => container.namespaces[kind] ?? ''),
        ),
      );
    }
    return pass(
      {
        en: `It joins ${first.other.name}, which is kept from the host.`,
        zh: `容器加入的 ${first.other.name} 与主机隔离。`,
      },
      configured(container, `namespaces.${first.kind}`, container.namespaces[first.kind] ?? null),
    );
  },

  remedy() {
    return byHand(
      {
        en: "Give the container namespaces of its own, or take privilege and the host's namespaces from the one that it joins.",
        zh: '让容器使用自己的命名空间，或去掉被加入容器的特权及主机命名空间。',
      },
      [],
      'recreate',
    );
  },
});

function risksOf({ privileged, namespaces, effective }: ContainerSpec) {
  const kinds = (Object.keys(kindNames) as NamespaceKind[]).filter((kind) => {
    // The user and cgroup namespaces are the host's by default, and no risk by themselves.
    if (kind === 'user' || kind === 'cgroup') return false;
    const fact = effective?.namespaces[kind];
    return fact?.known ? fact.value.host : namespaces[kind] === 'host';
  });
  return [
    ...(privileged ? [{ en: 'privileged', zh: '特权模式' }] : []),
    ...kinds.map((kind) => ({
      en: `the host's ${kindNames[kind]} namespace`,
      zh: `主机的 ${kindNames[kind]} 命名空间`,
    })),
  ];
}
