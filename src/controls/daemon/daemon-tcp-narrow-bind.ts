import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { isEveryAddress, isInRange, isInternal } from '../../model/internet-address.ts';
import { apiListeners, formatListener, parseHost } from './api-listeners.ts';
import { changeSettings } from './setting-change.ts';

export const daemonTcpNarrowBind = defineControl({
  id: 'daemon-tcp-narrow-bind',
  subject: 'engine',
  severity: 'high',
  title: { en: 'A TCP listener binds one internal address', zh: 'TCP 监听只绑定一个内部地址' },
  why: {
    en: 'A listener on every address is offered on every network that the host ever joins, containers and the internet included, and one slip in the firewall or in the certificates is enough to lose the host.',
    zh: '监听所有地址意味着向主机接入的每个网络开放，包括容器网络和互联网；防火墙或证书稍有疏漏，主机即告失守。',
  },
  how: {
    en: 'Looks at the addresses that the API is bound to. 0.0.0.0 and :: fail, and so does an address that is not loopback, private, unique local or link-local.',
    zh: '查看 API 绑定的地址。0.0.0.0 和 :: 判为未通过；不属于回环、私有、唯一本地或链路本地范围的地址同样未通过。',
  },
  references: {
    cisDocker: ['2.7'],
    nist800190: ['4.3.2'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  parameters: {
    internalNetworks: {
      default: [] as string[],
      description: {
        en: 'Networks of yours that count as internal although their addresses are public, such as 100.64.0.0/10.',
        zh: '虽使用公网地址但视为内部的网络，例如 100.64.0.0/10。',
      },
    },
    bindAddress: {
      default: '127.0.0.1',
      description: {
        en: 'The address that the remedy binds the listener to.',
        zh: '修复时监听改为绑定的地址。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { hosts: ['unix:///var/run/docker.sock', 'tcp://0.0.0.0:2376'], tlsverify: true },

  judge(engine, { machine, parameters }) {
    const listeners = apiListeners(engine, machine);
    if (!listeners.known) return unknownFrom(listeners);
    const { tcp } = listeners.value;
    const evidence = evidenceOf(
      listeners,
      tcp.map((listener) => formatListener(listener)),
    );
    if (tcp.length === 0) {
      return notApplicable({ en: 'The API has no TCP listener.', zh: 'API 没有 TCP 监听。' }, evidence);
    }
    const wide = tcp.find(({ address }) => isEveryAddress(address));
    if (wide) {
      const name = formatListener(wide);
      return fail(
        { en: `${name} is bound on every network of the host.`, zh: `${name} 绑定了主机的所有网络。` },
        evidence,
        'hosts',
      );
    }
    const outside = tcp.find(({ address }) => !isInternal(address, parameters.internalNetworks));
    if (!outside) {
      return pass({ en: 'The API is bound to internal addresses.', zh: 'API 绑定在内部地址上。' }, evidence);
    }
    const name = formatListener(outside);
    if (!isInRange(outside.address, outside.address)) {
      return unknown(
        {
          en: `${name} is a host name: its address is not known here.`,
          zh: `${name} 是主机名：此处无法得知其地址。`,
        },
        {
          en: "run as root on the engine's own machine, where the bound address can be seen",
          zh: '在引擎所在机器上以 root 身份运行，即可看到实际绑定的地址',
        },
        evidence,
      );
    }
    return fail({ en: `${name} is a public address.`, zh: `${name} 是公网地址。` }, evidence, 'hosts');
  },

  remedy(engine, { parameters }) {
    const { bindAddress, internalNetworks } = parameters;
    const written = daemonSetting(engine, 'hosts');
    const hosts = written.known && Array.isArray(written.value) ? written.value.map(String) : [];
    const narrowed = hosts.map((host) => {
      const parsed = parseHost(host);
      return parsed?.kind === 'tcp' && !isInternal(parsed.address, internalNetworks)
        ? formatListener({ address: bindAddress, port: parsed.port })
        : host;
    });
    if (narrowed.every((host, index) => host === hosts[index])) {
      return byHand(
        {
          en: 'The hosts of the engine do not name this listener: look for ListenStream in docker.socket and bind it to one internal address.',
          zh: '引擎的 hosts 中没有此监听：请检查 docker.socket 的 ListenStream，并绑定到一个内部地址。',
        },
        ['systemctl cat docker.socket', 'systemctl edit docker.socket'],
        'daemon-restart',
      );
    }
    return changeSettings(
      engine,
      { hosts: [...new Set(narrowed)] },
      {
        en: `Bind the API to ${bindAddress}; clients on other machines need an internal address of this host instead (parameter bindAddress). The address must exist when dockerd starts.`,
        zh: `将 API 绑定到 ${bindAddress}；若有其他机器上的客户端，请改用本机的一个内部地址（参数 bindAddress）。dockerd 启动时该地址必须已存在。`,
      },
    );
  },
});
