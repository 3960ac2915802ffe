import { keyOfFlag, parseDaemonFlags } from '../../model/daemon-setting.ts';
import { type Finding, type Situation, someOf, start, textsOf, use } from './situation.ts';

/** dockerd merges this one. */
const merged = 'runtimes';

/** Options that are a flag and a key at once: dockerd does not start, even where both say the same. */
export function bothPlaces(situation: Situation): Finding[] {
  const flagsByKey = new Map<string, Set<string>>();
  for (const { name } of parseDaemonFlags(situation.arguments)) {
    // A flag that changed its key over time still conflicts with the old one: --host-gateway-ip.
    for (const key of new Set([keyOfFlag(name), name])) {
      if (key === merged || !situation.has(key)) continue;
      const flags = flagsByKey.get(key) ?? new Set();
      flagsByKey.set(key, flags.add(name.length === 1 ? `-${name}` : `--${name}`));
    }
  }
  return [...flagsByKey].map(([key, names]) => {
    const flags = someOf([...names]);
    return start(
      [key],
      {
        en: `${key} is given on the command line of dockerd too (${flags.en}), and dockerd does not start with an option in both`,
        zh: `dockerd 的命令行也给出了 ${key}（${flags.zh}），同一选项两处都有时 dockerd 无法启动`,
      },
      {
        en: `Move the option into daemon.json with a drop-in that clears ExecStart and sets it anew without ${flags.en}; or leave it on the command line.`,
        zh: `请用 drop-in 清空 ExecStart 并去掉 ${flags.zh} 后重设，把该选项移入 daemon.json；或保留在命令行上。`,
      },
      unitCommands(situation),
    );
  });
}

function unitCommands({ engine }: Situation): string[] {
  const name = engine.units.known ? engine.units.value?.name : undefined;
  return name === undefined ? [] : [`systemctl cat ${name}`, `systemctl edit ${name}`];
}

/** A list of addresses takes the place of the usual one: without it local clients find no engine. */
export function localSocketLost(situation: Situation): Finding[] {
  const hosts = situation.setting('hosts');
  const addresses = textsOf(hosts);
  if (addresses.length === 0 || !situation.has('hosts')) return [];
  if (addresses.some((address) => address.startsWith('unix://') || address.startsWith('fd://'))) return [];
  return [
    use(
      ['hosts'],
      {
        en: 'hosts names no unix socket, so that docker on this host, and whatever else uses the socket, finds no engine any more',
        zh: 'hosts 未包含 unix 套接字，本机的 docker 命令及其他使用该套接字的程序将无法连接引擎',
      },
      {
        en: 'Add unix:///var/run/docker.sock to hosts.',
        zh: '请在 hosts 中加入 unix:///var/run/docker.sock。',
      },
    ),
  ];
}

/** `fd://` in the file: only systemd hands over sockets, and only to a daemon that it starts. */
export function socketNotHandedOver(situation: Situation): Finding[] {
  const { engine } = situation;
  if (!situation.has('hosts') || !textsOf(situation.setting('hosts')).some((host) => host.startsWith('fd://')))
    return [];
  if (!engine.units.known || engine.units.value !== null) return [];
  return [
    start(
      ['hosts'],
      {
        en: 'hosts has fd://, and systemd does not run this engine: dockerd finds no socket that was handed to it, and ends',
        zh: 'hosts 中有 fd://，但该引擎并非由 systemd 运行：dockerd 得不到传入的套接字，会直接退出',
      },
      {
        en: 'Name the socket itself: unix:///var/run/docker.sock.',
        zh: '请直接写出套接字：unix:///var/run/docker.sock。',
      },
    ),
  ];
}
