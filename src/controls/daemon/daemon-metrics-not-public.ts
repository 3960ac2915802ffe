import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, known, type KnownFact } from '../../model/fact.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { isEveryAddress, isInRange, isLoopback } from '../../model/internet-address.ts';
import { changeSettings } from './setting-change.ts';

export const daemonMetricsNotPublic = defineControl({
  id: 'daemon-metrics-not-public',
  subject: 'engine',
  severity: 'medium',
  title: { en: "The engine's metrics are not open to the network", zh: '引擎的监控指标不向网络开放' },
  why: {
    en: 'Metrics are handed out without a password: they tell everybody the exact version and what the engine is doing, and the page can be asked for until the engine is busy with nothing else.',
    zh: '指标无需口令即可读取：任何人都能得知确切版本和引擎的活动，还可以反复请求使引擎疲于应付。',
  },
  how: {
    en: 'Looks at metrics-addr on the command line and in the file, and then at the address to which the kernel has bound that port. Only loopback passes, and networks that the parameter names.',
    zh: '查看命令行和配置文件中的 metrics-addr，再查看内核为该端口绑定的地址。仅回环地址以及参数列出的网络通过。',
  },
  references: {
    nist800190: ['4.3.2'],
    links: ['https://docs.docker.com/engine/daemon/prometheus/'],
  },
  parameters: {
    networks: {
      default: [] as string[],
      description: {
        en: 'Networks of yours on which the metrics may be asked for, such as 10.20.0.0/16.',
        zh: '允许读取指标的内部网络，例如 10.20.0.0/16。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'metrics-addr': '0.0.0.0:9323' },

  judge(engine, { parameters }) {
    const setting = daemonSetting(engine, 'metrics-addr');
    if (!setting.known) return unknownFrom(setting);
    if (typeof setting.value !== 'string' || setting.value === '') {
      return notApplicable(
        { en: 'The engine publishes no metrics.', zh: '引擎未发布指标。' },
        evidenceOf(setting, null),
      );
    }
    const bound = boundTo(engine, setting.value) ?? known(setting.value, setting.source, setting.path);
    const text = bound.value;
    const { address } = addressIn(text);
    const evidence = evidenceOf(bound, text);
    if (isLoopback(address) || parameters.networks.some((network) => isInRange(address, network))) {
      return pass({ en: `Metrics are open on ${text} only.`, zh: `指标仅在 ${text} 开放。` }, evidence);
    }
    if (!isEveryAddress(address) && !isInRange(address, address)) {
      return unknown(
        { en: `${text} names a host whose address is not known here.`, zh: `${text} 是主机名，此处无法得知其地址。` },
        {
          en: "run as root on the engine's own machine, where the bound address can be seen",
          zh: '在引擎所在机器上以 root 身份运行，即可看到实际绑定的地址',
        },
        evidence,
      );
    }
    return fail({ en: `Metrics are open on ${text}.`, zh: `指标在 ${text} 开放。` }, evidence, 'metrics-addr');
  },

  remedy(engine) {
    const setting = daemonSetting(engine, 'metrics-addr');
    const { port } = addressIn(setting.known && typeof setting.value === 'string' ? setting.value : '');
    return changeSettings(
      engine,
      { 'metrics-addr': `127.0.0.1:${port || '9323'}` },
      {
        en: 'Publish metrics on loopback only, and let an agent on this host fetch them. Name the network in the parameter where they are fetched from elsewhere and the packet filter keeps others away.',
        zh: '仅在回环地址发布指标，由本机代理采集。若须从其他机器采集且包过滤已限制来源，请在参数中列出该网络。',
      },
    );
  },
});

/** What the kernel bound the port to; absent where it is not seen. */
function boundTo({ sockets }: EngineFacts, written: string): KnownFact<string> | undefined {
  if (!sockets.known) return undefined;
  const { address, port } = addressIn(written);
  const listeners = sockets.value.tcp.filter((each) => String(each.port) === port);
  // A name is resolved by the engine: the kernel says to what.
  const widest = listeners.find((each) => isEveryAddress(each.address)) ?? listeners[0];
  // An address that is written will be in force after the next start, though it is not yet; a name says nothing.
  const isWritten = isInRange(address, address);
  if (!widest || (isWritten && isLoopback(widest.address) && !isLoopback(address))) return undefined;
  return {
    ...sockets,
    value: widest.address.includes(':') ? `[${widest.address}]:${port}` : `${widest.address}:${port}`,
  };
}

/** `127.0.0.1:9323`, `[::1]:9323`; `:9323` is every address. */
function addressIn(text: string): { readonly address: string; readonly port: string } {
  const colon = text.lastIndexOf(':');
  const host = colon === -1 ? text : text.slice(0, colon);
  return { address: host.replace(/^\[|\]$/g, '') || '0.0.0.0', port: colon === -1 ? '' : text.slice(colon + 1) };
}
