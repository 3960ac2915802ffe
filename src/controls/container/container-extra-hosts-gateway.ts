import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { apiListeners, formatListener } from '../daemon/api-listeners.ts';
import { isLoopback } from '../../model/internet-address.ts';

export const containerExtraHostsGateway = defineControl({
  id: 'container-extra-hosts-gateway',
  subject: 'container',
  severity: 'low',
  title: {
    en: "No name of the host leads the container to the engine's API",
    zh: '容器不能通过主机名称访问引擎 API',
  },
  why: {
    en: 'host-gateway gives the container a name for the host. If the engine answers over TCP there, whoever is in the container can start others with every privilege.',
    zh: 'host-gateway 让容器有了指向主机的名称。若引擎在主机上通过 TCP 提供 API，容器内的攻击者就能启动拥有一切特权的容器。',
  },
  how: {
    en: "An extra host that names host-gateway must not come together with a TCP listener of the engine's API on anything but a loopback address.",
    zh: '附加主机名中的 host-gateway，不得与引擎 API 在非回环地址上的 TCP 监听同时存在。',
  },
  references: { links: ['https://docs.docker.com/reference/cli/docker/container/run/#add-host'] },
  dialects: ['engine-api'],

  judge(container, { machine }) {
    const { extraHosts = [] } = container;
    const index = extraHosts.findIndex((each) => /[:=]host-gateway$/.test(each));
    if (index === -1) {
      return notApplicable(
        { en: 'It has no name for the host.', zh: '容器没有指向主机的名称。' },
        configured(container, 'extraHosts', extraHosts),
      );
    }
    const field = `extraHosts[${index}]`;
    const paper = configured(container, field, extraHosts[index] ?? null);
    if (!machine) return notApplicable({ en: 'There is no engine to ask.', zh: '没有可查询的引擎。' }, paper);
    const listeners = apiListeners(machine.engine, machine);
    if (!listeners.known) return unknownFrom(listeners);
    const open = listeners.value.tcp.find(({ address }) => !isLoopback(address));
    if (!open) {
      return pass({ en: 'The engine does not answer there.', zh: '引擎不在该处提供 API。' }, [
        paper,
        evidenceOf(listeners, listeners.value.tcp.map(formatListener)),
      ]);
    }
    const text = formatListener(open);
    return fail(
      {
        en: `It has a name for the host, where the engine answers at ${text}.`,
        zh: `容器有指向主机的名称，而引擎在 ${text} 提供 API。`,
      },
      [paper, evidenceOf(listeners, text)],
      field,
    );
  },

  remedy() {
    return byHand(
      {
        en: "Take the engine's API off the network; where it must be there, take the name away, and let the packet filter refuse the containers.",
        zh: '不要在网络上开放引擎 API；若必须开放，则去掉该名称，并由包过滤规则拒绝容器访问。',
      },
      [],
      'recreate',
    );
  },
});
