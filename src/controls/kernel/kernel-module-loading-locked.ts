import { defineControl } from '../../model/control.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';

const parameter = 'kernel.modules_disabled';
const path = '/proc/sys/kernel/modules_disabled';

export const kernelModuleLoadingLocked = defineControl({
  id: 'kernel-module-loading-locked',
  subject: 'host',
  severity: 'medium',
  title: { en: 'The kernel loads no modules, or only signed ones', zh: '内核不再加载模块，或只加载已签名的模块' },
  why: {
    en: 'A module is code in the kernel: whoever can load one of their own, from a container with SYS_MODULE or as root of the host, owns everything and can hide it.',
    zh: '模块就是内核代码：只要能加载自己的模块（来自带 SYS_MODULE 的容器，或主机 root），就能控制一切并隐藏踪迹。',
  },
  how: {
    en: 'Asked only where it is required, as the site decides: loading must be switched off (kernel.modules_disabled), or bound to signatures by the kernel itself or by its lockdown. Containers that may load modules are found by the control on dangerous capabilities.',
    zh: '仅在站点要求时才判断：须关闭模块加载（kernel.modules_disabled），或由内核自身或 lockdown 要求签名。能够加载模块的容器由危险 capability 一项检查。',
  },
  references: {
    cisDocker: ['5.4'],
    nist800190: ['3.5.2'],
    links: ['https://docs.kernel.org/admin-guide/module-signing.html'],
  },
  parameters: {
    required: {
      default: false,
      description: {
        en: 'Whether modules must be locked: right for hosts that do nothing but run containers.',
        zh: '是否要求锁定模块加载：适合只运行容器的主机。',
      },
    },
  },

  judge(host, { parameters: { required } }) {
    const lock = lockOf(host);
    if (lock) {
      return pass({ en: 'No unsigned module can be loaded.', zh: '无法加载未签名的模块。' }, lock);
    }
    const { parameters, hiddenParameters, lockdown, modulesMustBeSigned } = host.kernel;
    const evidence = parameters.known ? [evidenceOf(parameters, parameters.value[parameter] ?? null, path)] : [];
    if (!required) {
      return notApplicable(
        { en: 'Modules can be loaded, and nobody asked for a lock.', zh: '可以加载模块，但未要求锁定。' },
        evidence,
      );
    }
    const gap = [parameters, modulesMustBeSigned, lockdown].find(({ known }) => !known);
    if (gap && !gap.known) return unknownFrom(gap);
    if (hiddenParameters?.includes(parameter)) {
      return unknown(
        { en: `this user may not read ${path}`, zh: `当前用户无权读取 ${path}` },
        { en: 'run as root', zh: '以 root 身份运行' },
        evidence,
      );
    }
    return fail({ en: 'Any module can be loaded.', zh: '可以加载任何模块。' }, evidence, parameter);
  },

  // One way until the next start: what the host still needs must be loaded before.
  remedy() {
    return byHand(
      {
        en: 'Boot with module.sig_enforce=1 or lockdown=integrity; or, once everything is loaded that the host needs, set kernel.modules_disabled to 1, which only a reboot takes back.',
        zh: '以 module.sig_enforce=1 或 lockdown=integrity 启动；或在主机所需模块全部加载后，将 kernel.modules_disabled 设为 1（重启前不可撤销）。',
      },
      ['lsmod', `sysctl -w ${parameter}=1`],
    );
  },
});

/** What keeps foreign modules out. A kernel without the switch was built to load none. */
function lockOf({ kernel }: HostFacts): Evidence | undefined {
  const { parameters, hiddenParameters = [], modulesMustBeSigned, lockdown } = kernel;
  if (parameters.known && !hiddenParameters.includes(parameter)) {
    const value = parameters.value[parameter];
    if (value === undefined || value === '1') return evidenceOf(parameters, value ?? null, path);
  }
  if (modulesMustBeSigned.known && modulesMustBeSigned.value === true) return evidenceOf(modulesMustBeSigned);
  const isLocked = lockdown.known && ['integrity', 'confidentiality'].includes(lockdown.value ?? '');
  return isLocked ? evidenceOf(lockdown) : undefined;
}
