import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { counted } from './counted.ts';
import { resourceLimit } from './resource-limit.ts';

export const containerPidsLimit = defineControl({
  id: 'container-pids-limit',
  subject: 'container',
  severity: 'medium',
  title: { en: 'The number of processes is limited', zh: '限制容器内的进程数量' },
  why: {
    en: 'Process ids are shared by the whole host. Without a limit one container, by a fault or by a fork bomb, can use them up, and nothing on the host can start a process any more.',
    zh: '进程号由整台主机共享。若不加限制，一个容器因故障或 fork 炸弹就能将其耗尽，主机上便无法再启动任何进程。',
  },
  how: {
    en: 'The limit of the cgroup decides for a running container, the configured limit for any other. None, 0 and -1 mean unlimited.',
    zh: '运行中的容器以 cgroup 的限制为准，其余以配置为准。未设置、0 和 -1 均表示不限制。',
  },
  references: { cisDocker: ['5.29'], nist800190: ['4.4.3'] },
  parameters: {
    suggested: { default: 200, description: { en: 'The limit that the remedy proposes.', zh: '修复建议采用的上限。' } },
  },
  counterexample: { resources: { pids: null } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container) {
    const { value, evidence } = resourceLimit(container, 'pids');
    return value === undefined
      ? fail(
          { en: 'It may start any number of processes.', zh: '容器可以启动任意数量的进程。' },
          evidence,
          'resources.pids',
        )
      : pass(
          { en: `It may have ${counted(value, 'process', 'processes')} at most.`, zh: `最多可有 ${value} 个进程。` },
          evidence,
        );
  },

  remedy(_container, { parameters }) {
    return changeSpec(
      { resources: { pids: parameters.suggested } },
      {
        en: `Limit it to ${parameters.suggested} processes, or to twice the most that it has been seen to use.`,
        zh: `将进程数限制为 ${parameters.suggested}，或观测到的峰值的两倍。`,
      },
    );
  },
});
