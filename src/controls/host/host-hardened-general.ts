import { askedOfPerson } from '../asked-of-person.ts';

export const hostHardenedGeneral = askedOfPerson({
  id: 'host-hardened-general',
  severity: 'medium',
  title: { en: 'The host is hardened by a benchmark for its operating system', zh: '主机已按其操作系统的安全基准加固' },
  why: {
    en: 'All containers share the kernel and the services of the host: whoever takes over a weak host has every container on it. This tool asks only what concerns containers.',
    zh: '所有容器共用主机的内核与服务：主机薄弱，一旦被攻陷，其上的容器全部失守。本工具只检查与容器有关的部分。',
  },
  question: {
    en: 'Was this host measured against a benchmark for its operating system within the last year, and was what it found mended or accepted?',
    zh: '过去一年内是否按操作系统的安全基准检查过本机，且发现的问题已修复或经批准接受？',
  },
  references: { cisDocker: ['1.2.1'] },
  summary: {
    en: 'Measure the host with a tool for operating systems, such as OpenSCAP or Lynis, mend what it finds and write the answer down.',
    zh: '用 OpenSCAP 或 Lynis 等面向操作系统的工具检查主机，修复发现的问题，并记录回答。',
  },
});
