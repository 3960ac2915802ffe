import { type Finding, isBefore, type Situation, start, textOf, textsOf, use } from './situation.ts';

/** The driver for control groups, and parents of its form. */
export function controlGroups(situation: Situation): Finding[] {
  const options = textsOf(situation.setting('exec-opts')).map((option) => option.split('=').map((part) => part.trim()));
  const chosen = options.findLast(([name]) => name?.toLowerCase() === 'native.cgroupdriver')?.[1];
  return [
    ...malformedOptions(situation, options),
    ...unknownDriver(chosen),
    ...withoutSystemd(situation, chosen),
    ...changedDriver(situation, chosen),
    ...parentForm(situation, chosen),
  ];
}

/** 25.0 and later refuse what earlier ones passed over. */
function malformedOptions(situation: Situation, options: readonly (readonly string[])[]): Finding[] {
  const wrong = options.filter(
    ([name, value]) => name?.toLowerCase() !== 'native.cgroupdriver' || value === undefined || value === '',
  );
  if (wrong.length === 0 || isBefore(situation, [25, 0]) !== false) return [];
  return [
    start(
      ['exec-opts'],
      {
        en: 'exec-opts has an option other than native.cgroupdriver=NAME, and dockerd does not start',
        zh: 'exec-opts 中有 native.cgroupdriver=名称 以外的选项，dockerd 无法启动',
      },
      { en: 'Keep native.cgroupdriver only.', zh: '请只保留 native.cgroupdriver。' },
    ),
  ];
}

function unknownDriver(chosen: string | undefined): Finding[] {
  if (chosen === undefined || ['systemd', 'cgroupfs', 'none'].includes(chosen)) return [];
  return [
    start(
      ['exec-opts'],
      {
        en: `there is no cgroup driver ${chosen}, and dockerd does not start`,
        zh: `没有 cgroup 驱动 ${chosen}，dockerd 无法启动`,
      },
      { en: 'Write systemd or cgroupfs.', zh: '请写 systemd 或 cgroupfs。' },
    ),
  ];
}

function withoutSystemd({ machine }: Situation, chosen: string | undefined): Finding[] {
  const { processes } = machine.host;
  if (chosen !== 'systemd' || !processes.known) return [];
  const first = processes.value.find(({ pid }) => pid === 1);
  if (!first || first.name === 'systemd') return [];
  return [
    use(
      ['exec-opts'],
      {
        en: `native.cgroupdriver=systemd needs systemd, and here ${first.name} is the first process: no container would start`,
        zh: `native.cgroupdriver=systemd 需要 systemd，而本机的 1 号进程是 ${first.name}：容器将无法启动`,
      },
      { en: 'Keep cgroupfs on this host.', zh: '在本机请继续使用 cgroupfs。' },
    ),
  ];
}

function changedDriver(situation: Situation, chosen: string | undefined): Finding[] {
  const now = situation.info?.cgroupDriver;
  if (chosen === undefined || now === undefined || chosen === now || !situation.isChanged('exec-opts')) return [];
  if (situation.containers.length === 0) return [];
  return [
    use(
      ['exec-opts'],
      {
        en: `the cgroup driver would change from ${now} to ${chosen}: containers that run keep the old one, and their limits can no longer be changed or read`,
        zh: `cgroup 驱动将从 ${now} 变为 ${chosen}：运行中的容器仍使用旧驱动，其限额将无法再修改或读取`,
      },
      {
        en: 'Stop all containers first, change the driver, and start them again.',
        zh: '请先停止所有容器，修改驱动后再启动。',
      },
    ),
  ];
}

/** systemd has slices, the other driver paths. */
function parentForm(situation: Situation, chosen: string | undefined): Finding[] {
  const parent = textOf(situation, 'cgroup-parent');
  if (parent === undefined) return [];
  const driver = chosen ?? situation.info?.cgroupDriver;
  const keys = ['cgroup-parent', 'exec-opts'];
  if (driver === 'systemd' && !/^[^/]+\.slice$/.test(parent)) {
    return [
      start(
        keys,
        {
          en: `cgroup-parent is ${parent}, and with the systemd driver dockerd starts only with the name of a slice`,
          zh: `cgroup-parent 为 ${parent}，使用 systemd 驱动时必须是 slice 的名称，否则 dockerd 无法启动`,
        },
        { en: 'Write the name of a slice, like containers.slice.', zh: '请写 slice 的名称，例如 containers.slice。' },
      ),
    ];
  }
  if (driver === 'cgroupfs' && parent.endsWith('.slice')) {
    return [
      use(
        keys,
        {
          en: `cgroup-parent is ${parent}, a slice of systemd, and the cgroupfs driver makes a plain folder of that name: the limits of the slice do not hold`,
          zh: `cgroup-parent 为 systemd 的 slice ${parent}，而 cgroupfs 驱动只会建立同名目录：该 slice 的限额不会生效`,
        },
        {
          en: 'Use the systemd driver, or a path like /containers.',
          zh: '请改用 systemd 驱动，或使用 /containers 这样的路径。',
        },
      ),
    ];
  }
  return [];
}
