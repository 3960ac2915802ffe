import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { kernelWith } from './other-kernel.ts';

/** Kinds of namespaces, with what the kernel's configuration calls them. */
const needed: Readonly<Record<string, string>> = {
  mnt: 'CONFIG_NAMESPACES',
  pid: 'CONFIG_PID_NS',
  net: 'CONFIG_NET_NS',
  ipc: 'CONFIG_IPC_NS',
  uts: 'CONFIG_UTS_NS',
  user: 'CONFIG_USER_NS',
  cgroup: 'CONFIG_CGROUPS',
};

export const kernelNamespacesPresent = defineControl({
  id: 'kernel-namespaces-present',
  subject: 'host',
  severity: 'high',
  title: {
    en: 'The kernel has every kind of namespace that isolates a container',
    zh: '内核具备隔离容器所需的各类命名空间',
  },
  why: {
    en: 'Namespaces are what a container is made of. One that the kernel lacks is shared with the host, whatever the container was told.',
    zh: '容器由命名空间构成。内核缺少哪一种，容器就与主机共用哪一种，无论容器如何配置。',
  },
  how: {
    en: 'The kernel lists its kinds below /proc/self/ns: mnt, pid, net, ipc, uts, user and cgroup must be among them.',
    zh: '内核在 /proc/self/ns 下列出支持的种类：须包含 mnt、pid、net、ipc、uts、user 和 cgroup。',
  },
  references: { nist800190: ['3.5.2'], links: ['https://man7.org/linux/man-pages/man7/namespaces.7.html'] },
  counterexample: kernelWith({ namespaces: ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'uts'] }),

  judge({ kernel: { namespaces } }) {
    if (!namespaces.known) return unknownFrom(namespaces);
    const missing = Object.keys(needed).filter((kind) => !namespaces.value.includes(kind));
    const evidence = evidenceOf(namespaces, [...namespaces.value]);
    const names = listed(missing, 7);
    return missing.length === 0
      ? pass({ en: 'All seven kinds are there.', zh: '七种命名空间齐备。' }, evidence)
      : fail(
          {
            en: `The kernel has no namespaces of these kinds: ${names.en}.`,
            zh: `内核缺少以下命名空间：${names.zh}。`,
          },
          evidence,
          'kernel.namespaces',
        );
  },

  remedy({ kernel: { namespaces } }) {
    const present = namespaces.known ? namespaces.value : [];
    const options = Object.keys(needed).flatMap((kind) => (present.includes(kind) ? [] : (needed[kind] ?? [])));
    const names = listed(options, 7);
    return byHand({
      en: `Boot a kernel of the distribution, or build one with ${names.en}.`,
      zh: `使用发行版内核启动，或构建启用 ${names.zh} 的内核。`,
    });
  },
});
