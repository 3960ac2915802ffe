import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';

export const containerCgroupnsPrivate = defineControl({
  id: 'container-cgroupns-private',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container has a cgroup namespace of its own', zh: '容器使用自己的 cgroup 命名空间' },
  why: {
    en: "In the host's cgroup namespace a container sees the names and limits of everything else that runs on the host, and its own place in the tree, which helps an escape by way of control groups.",
    zh: '在主机的 cgroup 命名空间中，容器能看到主机上其他一切程序的 cgroup 名称与限制，以及自身在树中的位置，便于利用控制组逃逸。',
  },
  how: {
    en: "Compares the namespace of a running container's first process with the host's; for any other container the configured mode decides. Asked where the host has version 2 of control groups, for version 1 engines share the namespace by default.",
    zh: '比较运行中容器首个进程与主机的命名空间；其余容器以配置的模式为准。仅在主机使用 cgroup v2 时判断，因为在 v1 上引擎默认共享该命名空间。',
  },
  references: { links: ['https://docs.docker.com/reference/cli/docker/container/run/'] },
  counterexample: { namespaces: { cgroup: 'host' } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { machine }) {
    const mode = container.namespaces.cgroup ?? '';
    const paper = configured(container, 'namespaces.cgroup', mode);
    const version = machine?.host.cgroupVersion;
    if (version?.known && version.value === 1) {
      return notApplicable(
        { en: 'The host has version 1 of control groups.', zh: '主机使用 cgroup v1。' },
        evidenceOf(version),
      );
    }
    const fact = container.effective?.namespaces.cgroup;
    const evidence = fact?.known ? [evidenceOf(fact, fact.value.link), paper] : paper;
    return (fact?.known ? fact.value.host : mode === 'host')
      ? fail(
          { en: "It uses the host's cgroup namespace.", zh: '容器使用主机的 cgroup 命名空间。' },
          evidence,
          'namespaces.cgroup',
        )
      : pass({ en: 'It has a cgroup namespace of its own.', zh: '容器使用自己的 cgroup 命名空间。' }, evidence);
  },

  remedy() {
    return changeSpec(
      { namespaces: { cgroup: 'private' } },
      { en: 'Give it a cgroup namespace of its own.', zh: '为容器使用独立的 cgroup 命名空间。' },
    );
  },
});
