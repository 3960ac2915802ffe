import { configured } from '../../model/container-spec.ts';
import { defineControl, type ParameterDefinition } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';

const required: ParameterDefinition<boolean> = {
  default: false,
  description: {
    en: 'Every container must have a weight or a rate limit for block I/O.',
    zh: '要求每个容器都设置块设备 I/O 的权重或速率限制。',
  },
};

export const containerBlkioLimit = defineControl({
  id: 'container-blkio-limit',
  subject: 'container',
  severity: 'low',
  title: {
    en: 'Block I/O is weighted or throttled where the policy asks for it',
    zh: '按策略要求限制容器的块设备 I/O',
  },
  why: {
    en: 'Disks are shared by all containers. One that reads or writes without pause makes every other one wait.',
    zh: '磁盘由所有容器共享。一个容器不停读写，其他容器就都得等待。',
  },
  how: {
    en: 'Asks for a weight, or a rate limit on at least one device. It fails only where the policy requires one and there is none.',
    zh: '检查是否设置了权重，或至少对一个设备设置了速率限制。仅当策略要求而两者皆无时判为未通过。',
  },
  references: {
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/'],
  },
  parameters: {
    required,
    suggested: {
      default: 300,
      description: {
        en: 'The weight that the remedy proposes, 10 to 1000.',
        zh: '修复建议采用的权重，取值 10 到 1000。',
      },
    },
  },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters }) {
    const { blockIoWeight = 0, blockIoThrottles = 0 } = container.resources;
    const evidence = [
      configured(container, 'resources.blockIoWeight', blockIoWeight),
      configured(container, 'resources.blockIoThrottles', blockIoThrottles),
    ];
    if (blockIoThrottles > 0) {
      return pass(
        {
          en: `Limits or weights for single devices are set (${blockIoThrottles}).`,
          zh: `已为单个块设备设置限速或权重（共 ${blockIoThrottles} 条）。`,
        },
        evidence,
      );
    }
    if (blockIoWeight > 0) {
      return pass(
        { en: `Its block I/O has a weight of ${blockIoWeight}.`, zh: `块设备 I/O 权重为 ${blockIoWeight}。` },
        evidence,
      );
    }
    return parameters.required
      ? fail(
          { en: 'Its block I/O is neither weighted nor throttled.', zh: '块设备 I/O 既无权重也无速率限制。' },
          evidence,
          'resources.blockIoWeight',
        )
      : notApplicable(
          { en: 'Your policy does not ask for limits on block I/O.', zh: '当前策略不要求限制块设备 I/O。' },
          evidence,
        );
  },

  remedy(_container, { parameters: { suggested } }) {
    return changeSpec(
      { resources: { blockIoWeight: suggested } },
      {
        en: `Give it a weight of ${suggested}. Weights need the BFQ scheduler or the kernel's io.cost; where neither is in use, set rate limits for its devices.`,
        zh: `将权重设为 ${suggested}。权重依赖 BFQ 调度器或内核的 io.cost；若两者均未启用，请为设备设置速率限制。`,
      },
    );
  },
});
