import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { rootlessEngine, securityOption } from './security-options.ts';

export const daemonRootless = defineControl({
  id: 'daemon-rootless',
  subject: 'engine',
  severity: 'low',
  title: { en: 'The engine runs as an ordinary user', zh: '引擎以普通用户身份运行' },
  why: {
    en: 'An engine that runs as root turns a fault in it, or an escape from a container, into root on the host. As an ordinary user it can lose no more than that user has.',
    zh: '以 root 运行的引擎一旦出现漏洞或容器逃逸，攻击者即获得主机 root 权限；以普通用户运行时，损失不会超出该用户的权限。',
  },
  how: {
    en: 'Looks at the user of the process, then at what the engine reports of itself. User namespace remapping passes too, unless the parameter required asks for a rootless engine.',
    zh: '先看进程的用户，再看引擎自身的报告。启用用户命名空间重映射同样通过，除非参数 required 要求 rootless。',
  },
  references: {
    cisDocker: ['2.1'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/rootless/'],
  },
  parameters: {
    required: {
      default: false,
      description: {
        en: 'Whether only a rootless engine passes, not one that remaps user namespaces.',
        zh: '是否只有 rootless 引擎才算通过，仅重映射用户命名空间不算。',
      },
    },
  },
  counterexample: { 'userns-remap': null },

  judge(engine, { parameters }) {
    const rootless = rootlessEngine(engine);
    if (!rootless.known) return unknownFrom(rootless);
    const evidence = evidenceOf(rootless);
    if (rootless.value) {
      return pass({ en: 'The engine runs as an ordinary user.', zh: '引擎以普通用户身份运行。' }, evidence);
    }
    if (parameters.required) {
      return fail({ en: 'The engine runs as root.', zh: '引擎以 root 身份运行。' }, evidence);
    }
    const { info } = engine;
    if (!info.known) return unknownFrom(info);
    const isRemapped = securityOption(info.value, 'userns') !== undefined;
    const both = [evidence, evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`)];
    return isRemapped
      ? pass(
          {
            en: 'The engine runs as root, but root in its containers is not root on the host.',
            zh: '引擎以 root 身份运行，但容器内的 root 并非主机 root。',
          },
          both,
        )
      : fail(
          {
            en: 'The engine runs as root, and root in its containers is root on the host.',
            zh: '引擎以 root 身份运行，容器内的 root 也是主机 root。',
          },
          both,
        );
  },

  remedy({ kind }) {
    return byHand(
      {
        en: 'Run a rootless engine for the user who owns the containers, and move them over. Where it lacks something that they need (privileged ports, AppArmor, some storage and network drivers), remap user namespaces instead.',
        zh: '为容器所属用户运行 rootless 引擎，并将容器迁移过去。若其缺少容器所需的功能（特权端口、AppArmor、部分存储和网络驱动），则改用用户命名空间重映射。',
      },
      kind === 'podman'
        ? ['systemctl --user enable --now podman.socket']
        : ['dockerd-rootless-setuptool.sh check', 'dockerd-rootless-setuptool.sh install'],
    );
  },
});
