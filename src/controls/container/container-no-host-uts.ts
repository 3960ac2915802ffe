import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { judgeHostNamespace } from './host-namespace.ts';

export const containerNoHostUts = defineControl({
  id: 'container-no-host-uts',
  subject: 'container',
  severity: 'medium',
  title: { en: "The container does not use the host's UTS namespace", zh: '容器不使用主机的 UTS 命名空间' },
  why: {
    en: "In the host's UTS namespace a container with the right capability can rename the host, which misleads logs, certificates and cluster membership that go by its name.",
    zh: '在主机的 UTS 命名空间中，具备相应 capability 的容器可以更改主机名，使依赖主机名的日志、证书和集群成员关系出错。',
  },
  how: {
    en: "Compares the namespace of a running container's first process with the host's; for any other container the configured mode decides, and no mode means a namespace of its own.",
    zh: '比较运行中容器首个进程与主机的命名空间；其余容器以配置的模式为准，未设置模式即使用独立的命名空间。',
  },
  references: {
    cisDocker: ['5.21'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/containers/run/'],
  },
  counterexample: { namespaces: { uts: 'host' } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { machine }) {
    return judgeHostNamespace(container, 'uts', machine);
  },

  remedy() {
    return changeSpec(
      { namespaces: { uts: null } },
      {
        en: 'Run it without --uts host; give it a name of its own with --hostname if it needs one.',
        zh: '去掉 --uts host；若需要特定主机名，用 --hostname 单独指定。',
      },
    );
  },
});
