import type { Text } from '../../model/text.ts';

/** Why options stay on the command line, and the way round. */
export interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

const byHandAdvice: Text = {
  en: 'Take the options out where dockerd is started, put the settings into daemon.json, and restart it.',
  zh: '请在启动 dockerd 的地方去掉这些选项，将设置写入 daemon.json，然后重启。',
};

export function unseenProcess(reason: Text, need: Text): Obstacle {
  return {
    reason: {
      en: `The command line of the engine cannot be seen (${reason.en}): dockerd does not start with an option that is both there and in daemon.json.`,
      zh: `无法查看引擎的命令行（${reason.zh}）：同一选项既在命令行又在 daemon.json 中时，dockerd 无法启动。`,
    },
    advice: need,
  };
}

export function unseenUnit(flags: string, reason: Text, need: Text): Obstacle {
  return {
    reason: {
      en: `${flags} come from the command line, and what starts the engine cannot be read: ${reason.en}.`,
      zh: `${flags} 来自命令行，但无法读取引擎的启动方式：${reason.zh}。`,
    },
    advice: need,
  };
}

export function snap(flags: string): Obstacle {
  return {
    reason: {
      en: `${flags} come from the command line, and the engine is a snap: its unit and its start script are written by snapd and cannot be changed.`,
      zh: `${flags} 来自命令行，而引擎以 snap 方式安装：其 unit 和启动脚本由 snapd 生成，无法更改。`,
    },
    advice: {
      en: 'Other settings of a snap go into /var/snap/docker/current/config/daemon.json. To change these, install the engine from a package instead.',
      zh: 'snap 的其他设置可写入 /var/snap/docker/current/config/daemon.json。若要更改这些选项，请改用软件包安装引擎。',
    },
    commands: ['snap services docker'],
  };
}

export function inStartScript(flags: string, place: StartScriptPlace): Obstacle {
  const where = `${place.path}:${place.line}`;
  return {
    reason: {
      en: `${flags} come from ${place.variable} in ${where}, which a script of the init system reads as shell code.`,
      zh: `${flags} 来自 ${where} 的 ${place.variable}，该文件由 init 系统的脚本作为 shell 代码读取。`,
    },
    advice: {
      en: `Take them out of ${place.variable}, put the settings into daemon.json, and restart the engine.`,
      zh: `请从 ${place.variable} 中去掉这些选项，将设置写入 daemon.json，然后重启引擎。`,
    },
    commands: [`grep -n ${place.variable} ${place.path}`, place.restart],
  };
}

export interface StartScriptPlace {
  readonly path: string;
  readonly line: number;
  readonly variable: string;
  readonly restart: string;
}

export function startedByHand(flags: string): Obstacle {
  return {
    reason: {
      en: `${flags} come from the command line, and no service manager started this engine.`,
      zh: `${flags} 来自命令行，而该引擎不是由服务管理器启动的。`,
    },
    advice: byHandAdvice,
  };
}

export function unreadableCommand(flags: string, unit: string, systemctl: string): Obstacle {
  return {
    reason: {
      en: `${flags} come from the command line, and ${unit} has no single ExecStart that can be read.`,
      zh: `${flags} 来自命令行，但 ${unit} 中没有唯一且可读取的 ExecStart。`,
    },
    advice: byHandAdvice,
    commands: [`${systemctl} cat ${unit}`, `${systemctl} edit ${unit}`],
  };
}

export function entangled(flags: string, unit: string, systemctl: string): Obstacle {
  return {
    reason: {
      en: `${flags} cannot be taken out of what starts ${unit} without changing others of its options.`,
      zh: `从 ${unit} 的启动命令中去掉 ${flags} 会连带改变其他选项。`,
    },
    advice: byHandAdvice,
    commands: [`${systemctl} cat ${unit}`, `${systemctl} edit ${unit}`],
  };
}

export function startedOtherwise(flags: string, unit: string, systemctl: string): Obstacle {
  return {
    reason: {
      en: `${flags} are among the options of the running engine or of ${unit}, but the two differ: the unit or a file that it reads has changed since the start, or the engine got its options from elsewhere.`,
      zh: `${flags} 属于运行中引擎或 ${unit} 的选项，但两者并不一致：unit 或其读取的文件在启动后有改动，或引擎的选项来自别处。`,
    },
    advice: {
      en: 'If the unit says what you want, restart the engine and plan again; otherwise mend the unit first.',
      zh: '若 unit 中的内容符合预期，请重启引擎后重新规划；否则请先修正 unit。',
    },
    commands: [`${systemctl} cat ${unit}`, `${systemctl} daemon-reload`, `${systemctl} restart ${unit}`],
  };
}

export function hostsInTwoPlaces(unit: string, systemctl: string): Obstacle {
  return {
    reason: {
      en: 'The hosts that are wanted would have to stand in daemon.json while -H fd:// is on the command line, and dockerd does not start with both.',
      zh: '所需的 hosts 须写入 daemon.json，而命令行中有 -H fd://，两者同时存在时 dockerd 无法启动。',
    },
    advice: {
      en: 'Change the -H option in a drop-in, or take all -H options out there and name every host in daemon.json.',
      zh: '请在 drop-in 中修改 -H 选项，或去掉其中所有 -H 选项并在 daemon.json 中写明全部 hosts。',
    },
    commands: [`${systemctl} cat ${unit}`, `${systemctl} edit ${unit}`],
  };
}

export function sharedArgument(argument: string, unit: string, systemctl: string): Obstacle {
  return {
    reason: {
      en: `${argument} is several options in one word, of which one would have to go.`,
      zh: `${argument} 将多个选项写在一个词中，而只需去掉其中之一。`,
    },
    advice: { en: 'Write them apart, then plan again.', zh: '请将它们分开书写，然后重新规划。' },
    commands: [`${systemctl} edit ${unit}`],
  };
}

export function inUnitVariable(flags: string, variable: string, path: string, line: number): Obstacle {
  return {
    reason: {
      en: `${flags} come from the variable ${variable}, which ${path}:${line} sets.`,
      zh: `${flags} 来自 ${path}:${line} 设置的变量 ${variable}。`,
    },
    advice: { en: 'Take them out there, then plan again.', zh: '请在该处去掉这些选项，然后重新规划。' },
    commands: [`grep -n ${variable} ${path}`],
  };
}

export function isLink(path: string): Obstacle {
  return {
    reason: {
      en: `${path} is a link, or something on the way to it is: nothing is written behind it.`,
      zh: `${path} 本身或其路径中有符号链接：不会写入链接指向之处。`,
    },
    advice: {
      en: 'Make the change where the link leads, with what manages that place.',
      zh: '请使用管理链接目标位置的工具，在该处进行更改。',
    },
  };
}

export function othersHome(account: string): Obstacle {
  return {
    reason: {
      en: `The engine is rootless and run by ${account}: root does not write into a home that its owner can change under it.`,
      zh: `引擎为 rootless 模式，由 ${account} 运行：root 不会写入其属主可随时改动的主目录。`,
    },
    advice: { en: `Run plimsoll fix as ${account}.`, zh: `请以 ${account} 身份运行 plimsoll fix。` },
    commands: ['systemctl --user cat docker.service'],
  };
}
