import { configured } from '../../model/container-spec.ts';
import { defineControl, type ParameterDefinition } from '../../model/control.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';

const required: ParameterDefinition<boolean> = {
  default: false,
  description: { en: 'Every container must be pinned to processors.', zh: '要求每个容器都绑定 CPU。' },
};

export const containerCpuset = defineControl({
  id: 'container-cpuset',
  subject: 'container',
  severity: 'info',
  title: { en: 'Processors are assigned where the policy asks for it', zh: '按策略要求为容器绑定 CPU' },
  why: {
    en: 'Containers on the same processor share its caches and its time. Where workloads must not influence or observe each other, they need processors of their own.',
    zh: '同一处理器上的容器共享缓存和运行时间。若要求工作负载之间互不干扰、互不窥探，就需要各自独占处理器。',
  },
  how: {
    en: 'Reports the processors that the container is pinned to. It fails only where the policy requires pinning and there is none.',
    zh: '报告容器绑定的处理器。仅当策略要求绑定而容器未绑定时判为未通过。',
  },
  references: {
    cisDocker: ['5.12'],
    links: ['https://docs.docker.com/engine/containers/resource_constraints/'],
  },
  parameters: {
    required,
    suggested: {
      default: '',
      description: {
        en: 'The processors that the remedy assigns, such as 0-1; empty: a person must choose.',
        zh: '修复建议绑定的 CPU，例如 0-1；为空则由人工选择。',
      },
    },
  },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters }) {
    const { cpuset = '', memoryNodes = '' } = container.resources;
    const evidence = configured(container, 'resources.cpuset', cpuset);
    if (cpuset !== '') {
      const nodes = memoryNodes === '' ? [] : [configured(container, 'resources.memoryNodes', memoryNodes)];
      return pass({ en: `It is pinned to the processors ${cpuset}.`, zh: `已绑定到 CPU ${cpuset}。` }, [
        evidence,
        ...nodes,
      ]);
    }
    return parameters.required
      ? fail({ en: 'It may run on any processor.', zh: '容器可以在任意 CPU 上运行。' }, evidence, 'resources.cpuset')
      : notApplicable(
          { en: 'Your policy does not ask for pinned processors.', zh: '当前策略不要求绑定 CPU。' },
          evidence,
        );
  },

  remedy(_container, { parameters: { suggested } }) {
    return suggested === ''
      ? byHand({
          en: 'Choose processors for it that no other workload is pinned to, and set its cpuset; the first processor is 0.',
          zh: '选择未分配给其他工作负载的 CPU 并设置 cpuset；编号从 0 开始。',
        })
      : changeSpec(
          { resources: { cpuset: suggested } },
          { en: `Pin it to the processors ${suggested}.`, zh: `将其绑定到 CPU ${suggested}。` },
        );
  },
});
