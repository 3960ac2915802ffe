import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { declaredNoNewPrivileges } from './declared-no-new-privileges.ts';

export const containerNoNewPrivileges = defineControl({
  id: 'container-no-new-privileges',
  subject: 'container',
  severity: 'medium',
  title: { en: 'Its processes cannot gain privileges', zh: '容器内的进程无法获得新特权' },
  why: {
    en: 'Without no_new_privs an attacker who runs as an ordinary user becomes root of the container through any setuid program that the image happens to hold.',
    zh: '未设置 no_new_privs 时，以普通用户身份运行的攻击者可以借助镜像中任意一个 setuid 程序变成容器内的 root。',
  },
  how: {
    en: "NoNewPrivs of the running process decides. Of any other container its security options do, and where they say nothing, the engine's default: as listed in GET /info, or as the engine was told where it is too old to list it.",
    zh: '运行中的容器以进程的 NoNewPrivs 为准；其余以安全选项为准；未写明时以引擎默认值为准，即 GET /info 所列，引擎过旧而未列出时取其启动配置。',
  },
  references: {
    cisDocker: ['5.26'],
    cisKubernetes: ['5.2.6'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: ['KSV-0001', 'C-0016', 'CKV_K8S_20', 'C-0197', 'C-0217', 'CKV_K8S_5'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/#security-opt'],
  },
  counterexample: { security: { noNewPrivileges: false } },

  judge(container, { machine }) {
    const live = container.effective?.noNewPrivileges;
    const fact = live?.known ? live : declaredNoNewPrivileges(container, machine);
    if (!fact.known) return unknownFrom(fact);
    return fact.value
      ? pass({ en: 'no_new_privs is set.', zh: '已设置 no_new_privs。' }, evidenceOf(fact))
      : fail(
          {
            en: 'no_new_privs is not set: setuid programs in it give more rights.',
            zh: '未设置 no_new_privs：容器内的 setuid 程序可以提升权限。',
          },
          evidenceOf(fact),
          'security.noNewPrivileges',
        );
  },

  remedy() {
    return changeSpec(
      { security: { noNewPrivileges: true } },
      {
        en: 'Set no-new-privileges. Programs such as sudo and su no longer work in it.',
        zh: '设置 no-new-privileges。此后容器内的 sudo、su 等程序将无法提权。',
      },
    );
  },
});
