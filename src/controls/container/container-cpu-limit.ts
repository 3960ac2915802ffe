import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { counted } from './counted.ts';
import { isEphemeral } from './pod-container.ts';
import { resourceLimit } from './resource-limit.ts';

export const containerCpuLimit = defineControl({
  id: 'container-cpu-limit',
  subject: 'container',
  severity: {
    usual: 'low',
    note: {
      en: 'Info in a pod: requests share the processor out there, and many leave limits away on purpose.',
      zh: '在 Pod 中为提示：那里由 requests 分配 CPU，不少团队有意不设上限。',
    },
    of: ({ dialect }) => (dialect === 'pod' ? 'info' : 'low'),
  },
  title: { en: 'Processor time is limited', zh: '限制容器可用的 CPU 时间' },
  why: {
    en: 'A container that may use every processor slows down all of its neighbours when it runs wild, or when someone mines in it.',
    zh: '可以使用全部处理器的容器一旦失控或被用于挖矿，就会拖慢所有相邻的容器。',
  },
  how: {
    en: 'The quota of the cgroup decides for a running container, the configured number of processors or quota for any other. A weight alone (CPU shares) passes weakly: it only counts while others want the processor too.',
    zh: '运行中的容器以 cgroup 的配额为准，其余以配置的 CPU 数或配额为准。仅设置权重（CPU shares）勉强通过：它只在其他容器也争用处理器时起作用。',
  },
  references: {
    cisDocker: ['5.12'],
    nist800190: ['4.4.3'],
    aliases: [
      'k8s-cpu-limit',
      'KSV-0011',
      'CKV_K8S_11',
      'C-0270',
      'C-0050',
      'C-0009',
      'kube-linter:unset-cpu-requirements',
    ],
    links: ['https://docs.docker.com/engine/containers/resource_constraints/'],
  },
  parameters: {
    suggested: {
      default: 1,
      description: { en: 'The number of processors that the remedy proposes.', zh: '修复建议采用的 CPU 数。' },
    },
  },
  counterexample: { resources: { cpus: null } },
  appliesTo: (container) => !isEphemeral(container),

  judge(container) {
    const { value, evidence } = resourceLimit(container, 'cpus');
    if (value !== undefined) {
      return pass(
        { en: `It may use ${counted(value, 'processor')} at most.`, zh: `最多可用 ${value} 个 CPU。` },
        evidence,
      );
    }
    const { cpuShares = 0 } = container.resources;
    if (cpuShares > 0) {
      return pass(
        {
          en: `It has a weight of ${cpuShares} and no limit: while others are idle it may use every processor.`,
          zh: `仅设置了权重 ${cpuShares}，没有上限：其他容器空闲时，它仍可占用全部处理器。`,
        },
        [evidence, configured(container, 'resources.cpuShares', cpuShares)],
      );
    }
    return fail(
      { en: 'Its processor time is not limited.', zh: '容器的 CPU 时间没有上限。' },
      evidence,
      'resources.cpus',
    );
  },

  remedy(_container, { parameters: { suggested } }) {
    return changeSpec(
      { resources: { cpus: suggested } },
      {
        en: `Limit it to ${counted(suggested, 'processor')}, or to somewhat more than it has been seen to need.`,
        zh: `将 CPU 上限设为 ${suggested} 个，或略高于观测到的需求。`,
      },
    );
  },
});
