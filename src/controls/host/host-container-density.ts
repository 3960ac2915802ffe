import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';

export const hostContainerDensity = defineControl({
  id: 'host-container-density',
  subject: 'engine',
  severity: 'low',
  title: { en: 'The host runs no more containers than it can carry', zh: '主机运行的容器数量不超过其承载能力' },
  why: {
    en: 'On a crowded host one busy container takes from many others, the memory that was promised is not there when all ask for it, and nobody keeps an eye on every one of them.',
    zh: '在拥挤的主机上，一个繁忙的容器会影响许多其他容器；承诺的内存在全部使用时并不存在，也没有人能顾及每一个容器。',
  },
  how: {
    en: 'Compares the number of running containers with the number of processors, and with a limit of the site where one is set; and the sum of the memory limits of running containers with the memory of the host.',
    zh: '将运行中的容器数与处理器数（以及站点设定的上限）比较，并将其内存限制之和与主机内存比较。',
  },
  references: { cisDocker: ['6.2'] },
  parameters: {
    perProcessor: {
      default: 25,
      description: { en: 'Running containers that a processor may have.', zh: '每个处理器可承载的运行中容器数。' },
    },
    maximum: {
      default: 0,
      description: {
        en: 'Running containers that the host may have at all; 0: as many as its processors allow.',
        zh: '主机可运行的容器总数上限；0 表示以处理器数为准。',
      },
    },
  },

  judge({ info }, { machine, parameters }) {
    if (!info.known) return unknownFrom(info);
    const { runningContainers, processors, memory } = info.value;
    if (runningContainers === undefined || processors === undefined) {
      return unknown(
        { en: 'The engine does not say how many containers run.', zh: '引擎未报告运行中的容器数。' },
        { en: 'an engine that answers GET /info in full', zh: '能完整响应 GET /info 的引擎' },
      );
    }
    const evidence = [
      evidenceOf(info, runningContainers, `${info.path} ContainersRunning`),
      evidenceOf(info, processors, `${info.path} NCPU`),
    ];
    const most = parameters.maximum > 0 ? parameters.maximum : parameters.perProcessor * processors;
    if (runningContainers > most) return fail(tooMany(runningContainers, most), evidence);
    const running = machine?.containers.filter(({ state }) => state === 'running') ?? [];
    const promised = running.reduce((sum, { resources }) => sum + Math.max(resources.memory ?? 0, 0), 0);
    if (memory !== undefined && promised > memory) {
      const [wanted, there] = [gibibytes(promised), gibibytes(memory)];
      return fail(
        {
          en: `Running containers may use ${wanted} GiB of memory together, and the host has ${there}.`,
          zh: `运行中的容器合计可用 ${wanted} GiB 内存，而主机只有 ${there} GiB。`,
        },
        [...evidence, evidenceOf(info, memory, `${info.path} MemTotal`)],
      );
    }
    return pass(
      {
        en: `${runningContainers} containers run, of at most ${most}.`,
        zh: `运行中的容器 ${runningContainers} 个，上限 ${most} 个。`,
      },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Stop what is no longer needed, lower memory limits to what is used, or spread the containers over more hosts.',
        zh: '停止不再需要的容器，将内存限制降至实际用量，或将容器分散到更多主机。',
      },
      ['docker stats --no-stream'],
    );
  },
});

function tooMany(count: number, most: number): Text {
  return { en: `${count} containers run, more than ${most}.`, zh: `运行中的容器 ${count} 个，超过 ${most} 个。` };
}

function gibibytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
