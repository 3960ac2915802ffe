import { askedOfPerson } from '../asked-of-person.ts';
import { findProgram } from './site-programs.ts';

export const operationsShortLivedVisibility = askedOfPerson({
  id: 'operations-short-lived-visibility',
  severity: 'medium',
  title: {
    en: 'Containers that live only briefly are recorded too',
    zh: '短暂运行的容器也有记录',
  },
  why: {
    en: 'Whoever gets hold of the engine needs a container for seconds only. An audit that looks now and then never sees it, and its traces go with it.',
    zh: '攻击者控制引擎后，只需容器运行几秒。间隔进行的审计看不到它，痕迹也随之消失。',
  },
  how: {
    en: 'A program that is known to record what containers do passes: a process on the host, a container that runs, or an enabled unit. Where there is none a person answers.',
    zh: '主机进程、运行中的容器或已启用的单元中有已知的容器行为记录程序则通过；没有则由人回答。',
  },
  question: {
    en: 'Is every start and end of a container recorded and kept outside of the engine, even of one that lives for seconds?',
    zh: '每个容器的启动和结束，即使只运行几秒，是否都有记录并保存在引擎之外？',
  },
  references: { nist800190: ['4.4.5'], aliases: ['ops-short-lived-visibility'] },
  parameters: {
    programs: {
      default: [
        'plimsoll-watch',
        'falco',
        'falco-bpf',
        'falco-kmod',
        'falco-modern-bpf',
        'tetragon',
        'tracee',
        'dragent',
      ] as string[],
      description: {
        en: 'Programs that record what containers do, by the names of their process, image or unit.',
        zh: '记录容器行为的程序，以其进程、镜像或单元的名称表示。',
      },
    },
  },
  proof(host, { parameters, machine }) {
    const program = findProgram(host, machine, parameters.programs);
    return (
      program && {
        message: { en: `${program.name} records what containers do.`, zh: `${program.name} 记录容器的行为。` },
        evidence: program.evidence,
      }
    );
  },
  summary: {
    en: "Record the engine's events as they happen and keep them elsewhere, or run a program that watches containers at the kernel.",
    zh: '实时记录引擎事件并保存到别处，或运行在内核层面监视容器的程序。',
  },
  commands: ["docker events --filter type=container --format '{{json .}}'"],
});
