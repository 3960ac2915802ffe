import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { securityOption } from '../daemon/security-options.ts';
import { kernelWith } from './other-kernel.ts';

export const kernelSeccompAvailable = defineControl({
  id: 'kernel-seccomp-available',
  subject: 'host',
  severity: 'high',
  title: { en: 'The kernel can filter system calls', zh: '内核支持过滤系统调用' },
  why: {
    en: 'Without seccomp every container may make every system call, and with them reach the parts of the kernel in which most flaws are found.',
    zh: '没有 seccomp，每个容器都可以发起任何系统调用，触及内核中缺陷最多的部分。',
  },
  how: {
    en: 'The kernel lists what its filters can do. Where that list cannot be read, or came after the kernel (Linux 4.14), an engine that reports seccomp is believed. Which profile the engine applies is a question of its own.',
    zh: '内核列出其过滤器支持的动作。该列表无法读取，或内核早于提供该列表的 Linux 4.14 时，以引擎报告的 seccomp 为准。引擎采用哪个 profile 另有专项。',
  },
  references: {
    cisDocker: ['2.17', '5.22'],
    nist800190: ['4.4.3'],
    links: ['https://docs.kernel.org/userspace-api/seccomp_filter.html'],
  },
  counterexample: kernelWith({ seccompActions: [] }),

  judge({ kernel: { seccompActions } }, { machine }) {
    if (seccompActions.known && seccompActions.value.length > 0) {
      return pass(
        { en: 'The kernel has seccomp filters.', zh: '内核支持 seccomp 过滤。' },
        evidenceOf(seccompActions, [...seccompActions.value]),
      );
    }
    const info = machine?.engine.local ? machine.engine.info : undefined;
    const options = info?.known
      ? [evidenceOf(info, [...info.value.securityOptions], `${info.path} SecurityOptions`)]
      : [];
    if (!seccompActions.known) {
      return info?.known && securityOption(info.value, 'seccomp')
        ? pass(
            { en: 'The engine uses the seccomp filters of the kernel.', zh: '引擎正在使用内核的 seccomp 过滤。' },
            options,
          )
        : unknownFrom(seccompActions);
    }
    return fail(
      { en: 'The kernel has no seccomp filters.', zh: '内核没有 seccomp 过滤功能。' },
      [evidenceOf(seccompActions, []), ...options],
      'kernel.seccompActions',
    );
  },

  remedy() {
    return byHand({
      en: 'Boot a kernel of the distribution, or build one with CONFIG_SECCOMP_FILTER.',
      zh: '使用发行版内核启动，或构建启用 CONFIG_SECCOMP_FILTER 的内核。',
    });
  },
});
