import type { HostListener } from '../../model/host.ts';
import { type Finding, isBefore, type Situation, start, textOf, textsOf } from './situation.ts';

/** Addresses that dockerd would listen on, and somebody else does. */
export function takenAddresses(situation: Situation): Finding[] {
  return [...figuresTooEarly(situation), ...figuresTaken(situation), ...hostsTaken(situation)];
}

function figuresTooEarly(situation: Situation): Finding[] {
  if (textOf(situation, 'metrics-addr') === undefined || situation.setting('experimental') === true) return [];
  if (isBefore(situation, [20, 10]) !== true) return [];
  return [
    start(
      ['metrics-addr', 'experimental'],
      {
        en: 'before Docker Engine 20.10, metrics-addr is experimental, and dockerd does not start with it',
        zh: 'Docker Engine 20.10 之前 metrics-addr 属于实验功能，dockerd 会因此无法启动',
      },
      { en: 'Take metrics-addr out, or update the engine.', zh: '请移除 metrics-addr，或升级引擎。' },
    ),
  ];
}

function figuresTaken(situation: Situation): Finding[] {
  const wanted = endOf(textOf(situation, 'metrics-addr'));
  const before = situation.before['metrics-addr'];
  // The engine itself listens there, if only on another address.
  if (!wanted || endOf(typeof before === 'string' ? before : undefined)?.port === wanted.port) return [];
  const other = situation.isChanged('metrics-addr') ? listenerAt(situation, wanted) : undefined;
  return other ? [taken('metrics-addr', wanted.port, other)] : [];
}

function hostsTaken(situation: Situation): Finding[] {
  const { sockets } = situation.engine;
  if (!situation.isChanged('hosts') || !sockets.known) return [];
  const own = new Set(sockets.value.tcp.map(({ port }) => port));
  return textsOf(situation.setting('hosts')).flatMap((host) => {
    const wanted = host.startsWith('tcp://') ? endOf(host.slice('tcp://'.length)) : undefined;
    const other = wanted && !own.has(wanted.port) ? listenerAt(situation, wanted) : undefined;
    return wanted && other ? [taken('hosts', wanted.port, other)] : [];
  });
}

interface End {
  readonly address: string;
  readonly port: number;
}

/** `192.0.2.10:9323`, `[::1]:9323`, `:9323`. */
function endOf(text: string | undefined): End | undefined {
  const [, address = '', port] = /^(.*):(\d+)\/?$/.exec(text ?? '') ?? [];
  if (port === undefined) return undefined;
  const plain = address.replace(/^\[|\]$/g, '');
  return { address: plain === 'localhost' ? '127.0.0.1' : plain, port: Number(port) };
}

function listenerAt({ machine }: Situation, { address, port }: End): HostListener | undefined {
  const { listeners } = machine.host;
  if (!listeners.known) return undefined;
  return listeners.value.find(
    (each) =>
      each.protocol === 'tcp' &&
      each.port === port &&
      (isEvery(each.address) || isEvery(address) || each.address === address),
  );
}

function isEvery(address: string): boolean {
  return ['', '0.0.0.0', '::', '*'].includes(address);
}

function taken(key: string, port: number, { process }: HostListener): Finding {
  const owner = process?.name;
  return start(
    [key],
    {
      en: `${key}: port ${port} is taken${owner === undefined ? '' : ` by ${owner}`}, and dockerd does not start`,
      zh: `${key}：端口 ${port} 已被${owner === undefined ? '' : ` ${owner} `}占用，dockerd 无法启动`,
    },
    { en: 'Choose a free port.', zh: '请选用空闲端口。' },
    [`ss --listening --tcp --numeric --processes 'sport = :${port}'`],
  );
}
