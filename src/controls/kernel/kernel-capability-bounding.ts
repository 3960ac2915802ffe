import { capabilitiesOf, capabilityNames } from '../../model/capability.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

export const kernelCapabilityBounding = defineControl({
  id: 'kernel-capability-bounding',
  subject: 'engine',
  severity: 'info',
  title: { en: 'It is known which capabilities the engine can give at most', zh: '已知引擎最多能授予哪些 capability' },
  why: {
    en: 'A container never gets more than the engine has itself. Where systemd or a virtual machine took some away, "privileged" and "ALL" mean less, and containers that ask for the rest do not start.',
    zh: '容器获得的 capability 不会超过引擎自身所有。若 systemd 或虚拟机去掉了其中一些，“privileged”和“ALL”的含义就随之缩小，要求其余 capability 的容器也无法启动。',
  },
  how: {
    en: "The kernel's bounding set of the engine's own process is reported, with what it lacks; nothing is demanded of it.",
    zh: '报告内核为引擎进程设定的 bounding set 及其缺少的 capability，不作要求。',
  },
  references: {
    cisDocker: ['5.4'],
    nist800190: ['3.4.3'],
    links: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  },

  judge({ process }) {
    if (!process.known) return unknownFrom(process);
    const held = capabilitiesOf(process.value.capabilityBoundingSet);
    // A kernel has no gaps: it knows every capability up to the highest one that anybody holds.
    const highest = process.value.capabilityBoundingSet.toString(2).length;
    const lacking = capabilityNames.slice(0, highest).filter((name) => !held.includes(name));
    const names = listed(lacking, 12);
    const evidence = evidenceOf(process, held, `${process.path}/status CapBnd`);
    return lacking.length === 0
      ? pass({ en: `It can give all ${held.length}.`, zh: `引擎可授予全部 ${held.length} 个。` }, evidence)
      : pass(
          {
            en: `It can give ${held.length}, even to a privileged container; it lacks ${names.en}.`,
            zh: `引擎最多可授予 ${held.length} 个，特权容器亦然；缺少 ${names.zh}。`,
          },
          evidence,
        );
  },

  remedy() {
    return byHand({
      en: 'Where the set should be smaller, give the unit of the engine a CapabilityBoundingSet in a drop-in.',
      zh: '如需缩小，可在引擎 unit 的 drop-in 中设置 CapabilityBoundingSet。',
    });
  },
});
