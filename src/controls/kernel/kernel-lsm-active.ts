import { defineControl } from '../../model/control.ts';
import { evidenceOf, known } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { restartCommands } from '../daemon/engine-service.ts';
import { securityOption } from '../daemon/security-options.ts';
import { selinuxWithoutPolicy } from './selinux-without-policy.ts';

/** The modules that engines have profiles for. */
const modules = ['apparmor', 'selinux'];

export const kernelLsmActive = defineControl({
  id: 'kernel-lsm-active',
  subject: 'host',
  severity: 'high',
  title: { en: 'AppArmor or SELinux is active', zh: 'AppArmor 或 SELinux 已启用' },
  why: {
    en: 'A security module of the kernel is the last fence around a process that has become root in its container: it refuses what permissions and capabilities would allow.',
    zh: '对于已在容器内取得 root 的进程，内核安全模块是最后一道防线：它会拒绝权限和 capability 本会放行的操作。',
  },
  how: {
    en: "The kernel's list of active modules must have one of the two. Where AppArmor is the one, the engine must use it, unless it is rootless and cannot; whether the engine uses SELinux is a question of its own. Containers are not blamed for what the host lacks.",
    zh: '内核的活动模块列表须包含两者之一。若为 AppArmor，引擎须使用它（rootless 引擎无法使用，除外）；引擎是否使用 SELinux 另有专项。主机缺少的能力不会算到各容器头上。',
  },
  references: {
    cisDocker: ['5.2', '5.3'],
    nist800190: ['4.5.1'],
    links: ['https://docs.kernel.org/admin-guide/LSM/index.html'],
  },
  counterexample: { securityModules: known(['lockdown', 'capability', 'yama'], 'kernel', '/sys/kernel/security/lsm') },

  judge({ securityModules, kernel: { selinux } }, { machine }) {
    if (!securityModules.known) return unknownFrom(securityModules);
    const active = modules.filter((name) => securityModules.value.includes(name));
    const listing = evidenceOf(securityModules, [...securityModules.value]);
    if (active.length === 0) {
      return fail(
        { en: 'Neither AppArmor nor SELinux is active.', zh: 'AppArmor 与 SELinux 均未启用。' },
        listing,
        'securityModules',
      );
    }
    const info = machine?.engine.local && machine.engine.kind === 'docker' ? machine.engine.info : undefined;
    const isWithoutPolicy = !active.includes('apparmor') && selinux.known && selinux.value === null;
    if (isWithoutPolicy && !(info?.known && securityOption(info.value, 'selinux'))) {
      return selinuxWithoutPolicy([listing, evidenceOf(selinux)]);
    }
    const names = active.join(', ');
    if (!info?.known) return pass({ en: `Active: ${names}.`, zh: `已启用：${names}。` }, listing);
    const evidence = [listing, evidenceOf(info, [...info.value.securityOptions], `${info.path} SecurityOptions`)];
    const isUsed = [...modules, 'rootless'].some((name) => securityOption(info.value, name));
    return isUsed || active.includes('selinux')
      ? pass({ en: `Active: ${names}.`, zh: `已启用：${names}。` }, evidence)
      : fail(
          {
            en: 'AppArmor is active, and the engine loads no profile into it.',
            zh: 'AppArmor 已启用，但引擎没有加载任何配置文件。',
          },
          evidence,
          'securityModules',
        );
  },

  remedy({ securityModules }, { machine }) {
    if (securityModules.known && securityModules.value.includes('apparmor')) {
      return byHand(
        {
          en: 'Install the tools of AppArmor, with which the engine loads its profile, and restart the engine.',
          zh: '安装 AppArmor 工具（引擎靠它加载配置文件），然后重启引擎。',
        },
        ['apt-get install apparmor', ...(machine ? restartCommands(machine.engine) : [])],
        'daemon-restart',
      );
    }
    return byHand(
      {
        en: 'Switch on the one that the distribution supports, on the command line of the kernel (apparmor=1 security=apparmor, or selinux=1 security=selinux), and reboot.',
        zh: '在内核命令行启用发行版支持的模块（apparmor=1 security=apparmor 或 selinux=1 security=selinux），然后重启。',
      },
      ['cat /sys/kernel/security/lsm /proc/cmdline'],
      'reboot',
    );
  },
});
