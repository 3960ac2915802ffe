import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass } from '../../model/verdict.ts';
import { isEphemeral } from './pod-container.ts';
import { readableBytes } from '../../model/readable-bytes.ts';
import { resourceLimit, swapLimit } from './resource-limit.ts';

export const containerMemoryLimit = defineControl({
  id: 'container-memory-limit',
  subject: 'container',
  severity: 'medium',
  title: { en: 'Memory is limited', zh: '限制容器可用的内存' },
  why: {
    en: 'A container without a memory limit can take all of the host, by a leak or on purpose. The kernel then kills processes to survive, and they may be those of other containers or of the host.',
    zh: '没有内存上限的容器可能因泄漏或蓄意占满主机内存。内核随后会杀死进程以自保，被杀死的可能是其他容器或主机自身的进程。',
  },
  how: {
    en: 'The limits of the cgroup decide for a running container, the configured limits for any other. Memory must have a limit, swap must not be unlimited (-1), and the OOM killer must not be switched off. Where only memory is set, the engine allows as much swap again, which is a limit.',
    zh: '运行中的容器以 cgroup 的限制为准，其余以配置为准。内存必须有上限，swap 不得为无限制（-1），且不得关闭 OOM killer。若只设置了内存，引擎允许使用等量的 swap，视为已有上限。',
  },
  references: {
    cisDocker: ['5.11'],
    nist800190: ['4.4.3'],
    aliases: [
      'k8s-memory-limit',
      'k8s-resource-limits',
      'KSV-0018',
      'CKV_K8S_13',
      'C-0271',
      'C-0004',
      'C-0009',
      'kube-linter:unset-memory-requirements',
    ],
    links: ['https://docs.docker.com/engine/containers/resource_constraints/'],
  },
  parameters: {
    suggested: {
      default: 512 * 1024 ** 2,
      description: {
        en: 'The limit that the remedy proposes where none is set, in bytes.',
        zh: '未设上限时修复建议采用的值，单位为字节。',
      },
    },
  },
  counterexample: { resources: { memory: null, memorySwap: null } },
  appliesTo: (container) => !isEphemeral(container),

  judge(container) {
    const memory = resourceLimit(container, 'memory');
    if (memory.value === undefined) {
      return fail(
        { en: "It may use all of the host's memory.", zh: '容器可以占用主机的全部内存。' },
        memory.evidence,
        'resources.memory',
      );
    }
    const swap = swapLimit(container);
    if (swap.value !== undefined && swap.value < 0) {
      return fail(
        {
          en: `Its memory is limited to ${readableBytes(memory.value)}, but it may swap without limit.`,
          zh: `内存上限为 ${readableBytes(memory.value)}，但 swap 不受限制。`,
        },
        [memory.evidence, swap.evidence],
        'resources.memorySwap',
      );
    }
    if (container.resources.oomKillDisable === true) {
      return fail(
        {
          en: 'The OOM killer is switched off for it: at its memory limit its processes hang and are never killed.',
          zh: '已对其关闭 OOM killer：达到内存上限后，其进程会挂起而不会被终止。',
        },
        configured(container, 'resources.oomKillDisable', true),
        'resources.oomKillDisable',
      );
    }
    return pass(
      {
        en: `Its memory is limited to ${readableBytes(memory.value)}.`,
        zh: `内存上限为 ${readableBytes(memory.value)}。`,
      },
      [memory.evidence, swap.evidence],
    );
  },

  remedy(container, { parameters }) {
    const { memory = 0, memoryReservation = 0, oomKillDisable } = container.resources;
    const inForce = resourceLimit(container, 'memory').value;
    const swap = swapLimit(container).value ?? 0;
    // An engine refuses a limit below the reservation, and a swap limit without a memory limit.
    const proposed = memory > 0 ? memory : Math.max(parameters.suggested, memoryReservation);
    const limit = inForce ?? proposed;
    const withMemory = inForce === undefined || memory <= 0;
    const withSwap = inForce === undefined || swap < 0;
    return changeSpec(
      {
        resources: {
          ...(withMemory ? { memory: limit } : {}),
          ...(withSwap ? { memorySwap: limit * 2 } : {}),
          ...(oomKillDisable === true ? { oomKillDisable: null } : {}),
        },
      },
      summaryOf(readableBytes(limit), inForce === undefined, withSwap),
    );
  },
});

function summaryOf(size: string, unlimited: boolean, withSwap: boolean): Text {
  if (unlimited) {
    return {
      en: `Limit its memory to ${size} and its swap to as much again, and leave the OOM killer on. Measure first: the limit must lie above the most that it has been seen to use.`,
      zh: `将内存上限设为 ${size}，swap 与之等量，并保持 OOM killer 开启。请先测量：上限必须高于观测到的峰值。`,
    };
  }
  return withSwap
    ? {
        en: `Limit its swap to ${size}, as much again as its memory, and leave the OOM killer on.`,
        zh: `将 swap 上限设为 ${size}，与内存等量，并保持 OOM killer 开启。`,
      }
    : { en: 'Leave the OOM killer on.', zh: '保持 OOM killer 开启。' };
}
