import { configured, type PublishedPort } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isOpenEverywhere, openedPorts, portText, usualAddress } from './opened-ports.ts';

export const networkBindSpecificInterface = defineControl({
  id: 'network-bind-specific-interface',
  subject: 'container',
  severity: 'medium',
  title: {
    en: 'Ports are published on a chosen address, and on all of them only for the public',
    zh: '端口绑定到指定地址发布；只有面向公众的端口才绑定所有地址',
  },
  why: {
    en: 'Without an address the port is open on every interface of the host, over IPv4 and IPv6, networks that are added later included. The rules that the engine writes come before those of ufw and firewalld, so that a port thought to be closed is not.',
    zh: '未指定地址时，端口会在主机的所有接口上开放，IPv4 与 IPv6 皆然，日后新增的网络也不例外。引擎写入的规则先于 ufw 和 firewalld 的规则，因此以为已关闭的端口其实并未关闭。',
  },
  how: {
    en: 'Every published port must name an address other than 0.0.0.0 and ::, unless it is one of the public ports. Where none is named, the default address of its network counts, if that was given one. With --publish-all every exposed port counts. For a pod, hostPort and hostIP count.',
    zh: '每个发布的端口都须指定 0.0.0.0 和 :: 以外的地址，公众端口除外。未指定地址的端口，以所在网络设定的默认绑定地址为准（若有设定）。使用 --publish-all 时，所有已声明的端口都计入。Pod 则看 hostPort 和 hostIP。',
  },
  references: {
    cisDocker: ['5.14'],
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/port-publishing/'],
  },
  parameters: {
    publicPorts: {
      default: [80, 443],
      description: {
        en: 'Ports of the host that may be open on every address, because their services are meant for everyone.',
        zh: '可以在所有地址上开放的主机端口，因为其服务面向所有人。',
      },
    },
  },
  counterexample: { ports: [{ hostPort: 8080, containerPort: 8080, protocol: 'tcp' }] },

  judge(container, { machine, parameters }) {
    const opened = openedPorts(container).filter(({ port }) => !parameters.publicPorts.includes(port.hostPort ?? 0));
    const usual = usualAddress(container, machine);
    const wide = opened.filter(({ port }) => isOpenEverywhere(port, usual));
    const [first] = wide;
    if (first !== undefined) {
      const names = listed(wide.map(({ port }) => portText(port)));
      return fail(
        {
          en: `Open on every address of the host: ${names.en}.`,
          zh: `在主机的所有地址上开放：${names.zh}。`,
        },
        wide.map(({ field, port }) => configured(container, field, portText(port))),
        first.field,
      );
    }
    const open = opened.find(({ port }) => isVariable(port));
    if (open !== undefined) {
      return unknown(
        {
          en: `A variable says on which address ${portText(open.port)} is published.`,
          zh: `${open.port.hostPort ?? '*'}/${open.port.protocol} 发布在哪个地址由变量决定。`,
        },
        {
          en: 'give the variable a value, or judge the container once it runs',
          zh: '为该变量赋值，或在容器运行后再判断',
        },
        configured(container, open.field, portText(open.port)),
      );
    }
    if (container.publishAllPorts === true && container.dialect !== 'engine-api') {
      return unknown(
        {
          en: 'Every port that its image exposes is published, and which those are is not known here.',
          zh: '镜像声明的所有端口都会发布，而此处无法得知是哪些端口。',
        },
        { en: 'judge the container once it runs', zh: '在容器运行后再判断' },
        configured(container, 'publishAllPorts', true),
      );
    }
    return pass(
      {
        en: 'Except for public ports, nothing of it is open on every address of the host.',
        zh: '除公众端口外，没有端口在主机的所有地址上开放。',
      },
      [
        configured(
          container,
          'ports',
          openedPorts(container).map(({ port }) => portText(port)),
        ),
        ...(usual ? [evidenceOf(usual)] : []),
      ],
    );
  },

  // Only a person knows from where it is used: 127.0.0.1 would cut off whoever comes from another machine.
  remedy(container) {
    return byHand(
      container.dialect === 'pod'
        ? {
            en: 'Take hostPort away and let a Service lead to the port; where it must be, set hostIP to the one address of the node that it is for.',
            zh: '去掉 hostPort，通过 Service 访问该端口；若确有必要，将 hostIP 设为节点上所需的那个地址。',
          }
        : {
            en: 'Publish it on the one address that it is used from: 127.0.0.1 where only this host or a proxy on it does. Containers of the same network reach it unpublished.',
            zh: '只在实际使用的地址上发布：若仅由本机或本机上的代理访问，使用 127.0.0.1。同一网络中的容器无需发布即可访问。',
          },
      [],
      'recreate',
    );
  },
});

function isVariable({ hostAddress = '' }: PublishedPort): boolean {
  return /[$`]|\{\{/.test(hostAddress);
}
