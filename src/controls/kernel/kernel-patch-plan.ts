import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { kernelWith } from './other-kernel.ts';

/** Milliseconds. */
const day = 86_400_000;

export const kernelPatchPlan = defineControl({
  id: 'kernel-patch-plan',
  subject: 'host',
  severity: 'low',
  title: { en: 'A reboot that packages ask for is not put off', zh: '软件包要求的重启没有被拖延' },
  why: {
    en: 'Patches of the kernel and of the libraries that everything uses only count after a reboot. It is put off where nobody knows how to move the containers away.',
    zh: '内核及基础库的补丁在重启后才会生效。若没人知道如何迁走容器，重启就会一再推迟。',
  },
  how: {
    en: 'Packages of Debian, Ubuntu and SUSE leave a mark below /run: it must not be older than the number of days. Other distributions leave none; there the control on the newest kernel tells.',
    zh: 'Debian、Ubuntu 和 SUSE 的软件包会在 /run 下留下标记，其存在时间不得超过规定天数。其他发行版没有该标记，由“最新内核”一项判断。',
  },
  references: {
    nist800190: ['4.5.3'],
    links: ['https://www.debian.org/doc/debian-policy/ch-opersys.html'],
  },
  parameters: {
    days: {
      default: 14,
      description: { en: 'Days that a reboot may be put off.', zh: '允许推迟重启的天数。' },
    },
  },
  counterexample: kernelWith({ rebootAskedFor: Date.UTC(2026, 5, 2) }),

  judge({ kernel: { rebootAskedFor, started } }, { now, parameters }) {
    if (!rebootAskedFor.known) return unknownFrom(rebootAskedFor);
    const since = rebootAskedFor.value;
    // A mark from before the start was answered by it.
    if (since === null || (started.known && since < started.value)) {
      return pass({ en: 'Nothing asks for a reboot.', zh: '没有软件包要求重启。' }, evidenceOf(rebootAskedFor));
    }
    const date = new Date(since).toISOString();
    const evidence = evidenceOf(rebootAskedFor, date);
    const days = Math.floor((now.getTime() - since) / day);
    return days > parameters.days
      ? fail(
          { en: `A reboot has been due for ${days} days.`, zh: `重启已拖延 ${days} 天。` },
          evidence,
          'kernel.rebootAskedFor',
        )
      : pass(
          {
            en: `A reboot is due since ${date.slice(0, 10)}, within the ${parameters.days} days that it may take.`,
            zh: `自 ${date.slice(0, 10)} 起需要重启，仍在允许的 ${parameters.days} 天之内。`,
          },
          evidence,
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Move or stop the containers of this host, then reboot it.',
        zh: '迁移或停止本机容器，然后重启主机。',
      },
      ['cat /run/reboot-required.pkgs', 'docker ps', 'systemctl reboot'],
      'reboot',
    );
  },
});
