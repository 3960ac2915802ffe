import type { PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';
import { shellWord } from '../../remedy/shell.ts';

/** Why a service is not updated, and what to do instead. */
export interface ServiceRefusal {
  readonly reason: Text;
  readonly advice: Text;
  readonly commands?: readonly string[];
}

export function noManager(service: string): ServiceRefusal {
  return {
    reason: {
      en: `The container belongs to the swarm service ${service}, and this engine is no manager of the swarm: only a manager can change a service.`,
      zh: `该容器属于 swarm 服务 ${service}，而本机引擎不是 swarm 管理节点；只有管理节点才能更改服务。`,
    },
    advice: { en: 'Run plimsoll fix on a manager.', zh: '请在管理节点上运行 plimsoll fix。' },
    commands: ['docker info --format "{{json .Swarm.RemoteManagers}}"'],
  };
}

export function notAnswered(service: string, { text, advice }: PlimsollError): ServiceRefusal {
  return {
    reason: {
      en: `The swarm service ${service} could not be asked for: ${text.en}`,
      zh: `无法查询 swarm 服务 ${service}：${text.zh}`,
    },
    advice: advice ?? { en: 'Plan again when the engine answers.', zh: '请在引擎能够应答后重新生成计划。' },
  };
}

export function gone(service: string): ServiceRefusal {
  return {
    reason: {
      en: `The swarm has no service ${service} any more: the container is a remainder of it.`,
      zh: `swarm 中已没有服务 ${service}，该容器是其残留。`,
    },
    advice: { en: 'Look at the container, and remove it if nobody needs it.', zh: '请查看该容器，若不再需要则移除。' },
  };
}

export function underWay(service: string, state: string): ServiceRefusal {
  return {
    reason: {
      en: `An update of the service ${service} is not finished (${state}); a second one would get into its way.`,
      zh: `服务 ${service} 的更新尚未完成（${state}），再次更新会与之冲突。`,
    },
    advice: {
      en: 'Let it finish, or end it with docker service rollback, and plan again.',
      zh: '请等待其完成，或用 docker service rollback 结束更新，然后重新生成计划。',
    },
    commands: [`docker service ps ${shellWord(service)}`, `docker service rollback ${shellWord(service)}`],
  };
}

export function noWord(service: string, fields: readonly string[]): ServiceRefusal {
  return {
    reason: {
      en: `A swarm service cannot say this, or this engine's API does not know how, so that ${service} cannot be told: ${fields.join(', ')}.`,
      zh: `swarm 服务无法表达，或本机引擎的 API 不支持以下内容，因此无法为 ${service} 设置：${fields.join('、')}。`,
    },
    advice: {
      en: 'Set it for the whole engine in daemon.json or in the image where that is possible, or run the container outside of the swarm.',
      zh: '如可行，请在 daemon.json 中对整个引擎设置或在镜像中设置，或在 swarm 之外运行该容器。',
    },
  };
}

export function same(service: string): ServiceRefusal {
  return {
    reason: {
      en: `The service ${service} says so already, and this container was made before.`,
      zh: `服务 ${service} 中已是如此，该容器是在此之前创建的。`,
    },
    advice: { en: 'Have swarm make its tasks anew.', zh: '请让 swarm 重新创建其任务。' },
    commands: [`docker service update --force ${shellWord(service)}`],
  };
}

export function summaryOf(service: string, stack: string | undefined): Text {
  if (stack === undefined) {
    return {
      en: `Update the swarm service ${service}; swarm makes its tasks anew.`,
      zh: `更新 swarm 服务 ${service}；swarm 会重新创建其任务。`,
    };
  }
  return {
    en: `Update the swarm service ${service}; swarm makes its tasks anew. Change the file of the stack ${stack} as well: the next docker stack deploy would take this back.`,
    zh: `更新 swarm 服务 ${service}；swarm 会重新创建其任务。请同时修改 stack ${stack} 的文件，否则下一次 docker stack deploy 会还原此更改。`,
  };
}
