import { configured } from '../../model/container-spec.ts';
import { containerDialects, defineControl } from '../../model/control.ts';
import type { Effective, EffectiveUser } from '../../model/effective.ts';
import { evidenceOf, type KnownFact } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { declaredUser, usualRootNames } from './declared-user.ts';
import { mapsRoot } from './root-mapping.ts';

export const containerNonroot = defineControl({
  id: 'container-nonroot',
  subject: 'container',
  severity: {
    usual: 'high',
    note: {
      en: 'Medium where uid 0 of the container is an ordinary user of the host: with userns-remap, a rootless engine or a user namespace of its own.',
      zh: '当容器的 uid 0 在主机上只是普通用户（userns-remap、rootless 引擎或独立的用户命名空间）时，严重性为中。',
    },
    of(container, { machine }) {
      const user = container.effective?.user;
      if (!user?.known) return mapsRoot(container, machine) ? 'medium' : 'high';
      const { uid, hostUid } = user.value;
      return hostUid !== 0 && hostUid !== uid ? 'medium' : 'high';
    },
  },
  title: { en: 'The container does not run as root', zh: '容器不以 root 用户运行' },
  why: {
    en: 'Root in a container is uid 0 of the host unless user namespaces are in use: whatever it reaches through a mount, a leaked descriptor or a fault of the kernel, it reaches as root.',
    zh: '未启用用户命名空间时，容器内的 root 就是主机的 uid 0：无论经由挂载、泄漏的文件描述符还是内核漏洞，它触及的一切都以 root 身份触及。',
  },
  how: {
    en: 'For a running container the kernel decides: its first process may be uid 0 neither in the container nor on the host, and no other process of it uid 0 on the host. Otherwise the configured user decides; numbers are read as the engine reads them, and a name other than those of root is accepted. A pod must name a user or demand runAsNonRoot, and a Dockerfile must end with one; in Compose and in a command, what names no user is left to the image, and unknown.',
    zh: '运行中的容器以内核为准：首个进程在容器内和主机上都不得是 uid 0，其他进程在主机上也不得是 uid 0。其余以配置的用户为准：数字按引擎的方式解析，不属于 root 的用户名予以接受。Pod 必须指定用户或要求 runAsNonRoot，Dockerfile 必须以非 root 的 USER 结束；Compose 与命令行未指定用户时由镜像决定，记为未知。',
  },
  references: {
    cisDocker: ['4.1'],
    cisKubernetes: ['5.2.7'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: [
      'k8s-run-as-nonroot',
      'dockerfile-user-nonroot',
      'dockerfile-last-user-not-root',
      'DL3002',
      'DS-0002',
      'DS002',
      'CKV_DOCKER_3',
      'CKV_DOCKER_8',
      'KSV-0012',
      'C-0013',
      'CKV_K8S_23',
      'C-0198',
      'C-0218',
      'CKV_K8S_6',
      'KSV-0105',
    ],
    links: ['https://docs.docker.com/engine/security/userns-remap/'],
  },
  parameters: {
    rootNames: {
      default: usualRootNames,
      description: { en: 'User names that stand for uid 0.', zh: '代表 uid 0 的用户名。' },
    },
    suggested: {
      default: '10001:10001',
      description: { en: 'The user and group that the remedy proposes.', zh: '修复建议采用的用户和组。' },
    },
  },
  counterexample: { user: '0' },
  dialects: [...containerDialects, 'dockerfile'],

  judge(container, { parameters }) {
    const { effective } = container;
    if (effective?.user.known) return judgeProcesses(effective.user, effective.processes);
    const { user } = container;
    const { root, name } = declaredUser(container, parameters.rootNames);
    const evidence = configured(container, 'user', user ?? null);
    if (root === undefined && container.nonRootDemanded) {
      return pass(
        { en: 'It is not started if its image would run as root.', zh: '若镜像将以 root 运行，则不会启动。' },
        configured(container, 'nonRootDemanded', true),
      );
    }
    if (root === undefined && (container.dialect === 'dockerfile' || container.dialect === 'pod')) {
      return fail(
        container.dialect === 'pod'
          ? {
              en: 'It names no user, and nothing keeps its image from running as root.',
              zh: '未指定用户，也没有任何设置阻止镜像以 root 运行。',
            }
          : {
              en: 'It names no user: the image runs as root, unless its base image says otherwise.',
              zh: '未指定用户：除非基础镜像另有设置，否则镜像以 root 运行。',
            },
        evidence,
        'user',
      );
    }
    if (root === undefined) {
      return unknown(
        {
          en: 'It names no user: the image decides, and many images run as root.',
          zh: '未指定用户：由镜像决定，而许多镜像以 root 运行。',
        },
        {
          en: 'name the user here, or judge the container once it is created',
          zh: '在此处指定用户，或在容器创建之后再判断',
        },
        evidence,
      );
    }
    if (root) {
      return fail(
        user === 'root'
          ? { en: 'Its user is root.', zh: '其用户为 root。' }
          : user
            ? { en: `Its user is ${user}, which is root.`, zh: `其用户为 ${user}，即 root。` }
            : { en: 'It names no user, and so runs as root.', zh: '未指定用户，因此以 root 运行。' },
        evidence,
        'user',
      );
    }
    return pass(
      name === undefined
        ? { en: `Its user is ${user}.`, zh: `其用户为 ${user}。` }
        : {
            en: `Its user is ${name}; that this name is not uid 0 is taken on trust until the container runs.`,
            zh: `其用户为 ${name}；在容器运行之前，只能假定该用户名不对应 uid 0。`,
          },
      evidence,
    );
  },

  remedy(container, { parameters }) {
    const { root, name } = declaredUser(container, parameters.rootNames);
    const first = container.effective?.user;
    const isOtherRootName = name !== undefined && first?.known === true && first.value.uid === 0;
    if (root === false && !isOtherRootName) {
      return changeSpec(
        { security: { noNewPrivileges: true } },
        {
          en: 'Its user is not root, yet a process became root: set no-new-privileges, and do not enter it as root.',
          zh: '配置的用户并非 root，但有进程变成了 root：请设置 no-new-privileges，并避免以 root 身份进入容器。',
        },
      );
    }
    return changeSpec(
      { user: parameters.suggested },
      {
        en: `Run it as ${parameters.suggested}, and give that user the files that it writes. Ports below 1024 need no root in it.`,
        zh: `以 ${parameters.suggested} 运行，并把需要写入的文件交给该用户。容器内监听 1024 以下的端口并不需要 root。`,
      },
    );
  },
});

function judgeProcesses(user: KnownFact<EffectiveUser>, processes: Effective['processes']): Verdict {
  const { uid, hostUid } = user.value;
  const evidence = evidenceOf(user, { uid, hostUid });
  if (hostUid === 0) {
    return fail({ en: 'It runs as root of the host.', zh: '容器以主机的 root 身份运行。' }, evidence, 'user');
  }
  if (uid === 0) {
    return fail(
      {
        en: `It runs as root of the container, which is uid ${hostUid} on the host.`,
        zh: `容器以容器内的 root 身份运行，对应主机的 uid ${hostUid}。`,
      },
      evidence,
      'user',
    );
  }
  const root = processes.known ? processes.value.find((each) => each.hostUid === 0) : undefined;
  if (processes.known && root) {
    return fail(
      {
        en: `It runs as uid ${uid}, but its process ${root.name} (${root.pid}) is root of the host.`,
        zh: `容器以 uid ${uid} 运行，但其中的进程 ${root.name}（${root.pid}）是主机的 root。`,
      },
      [evidence, evidenceOf(processes, { pid: root.pid, hostUid: 0 })],
      'user',
    );
  }
  return pass({ en: `It runs as uid ${uid}.`, zh: `容器以 uid ${uid} 运行。` }, evidence);
}
