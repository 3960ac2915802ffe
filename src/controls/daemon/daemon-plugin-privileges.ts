import { normaliseCapability } from '../../model/capability.ts';
import { defineControl } from '../../model/control.ts';
import type { PluginFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { canonicalPath, dataRootOf, isWithin, normalPath } from '../container/host-path.ts';
import { listed } from '../container/listing.ts';
import { sensitivePathParameters } from '../container/sensitive-path.ts';

export const daemonPluginPrivileges = defineControl({
  id: 'daemon-plugin-privileges',
  subject: 'engine',
  severity: 'high',
  title: {
    en: 'No plugin has power over the host, unless somebody chose it',
    zh: '未经选定的插件不得拥有控制主机的权限',
  },
  why: {
    en: 'A managed plugin is a container as root that the engine starts by itself. With every device, the processes of the host or its folders it can do what root can, and no rule for containers looks at it.',
    zh: '托管插件是由引擎自行启动的 root 容器。若它拥有全部设备、主机进程或主机目录，就等同于主机 root，而针对容器的规则并不检查它。',
  },
  how: {
    en: 'Asks the engine for its plugins that are switched on, and what each was granted: namespaces of the host, devices, capabilities and folders by which the host can be taken over. The network of the host alone does not count.',
    zh: '查询引擎已启用的插件及其获得的权限：主机命名空间，以及足以控制主机的设备、capability 和目录。仅使用主机网络不计入。',
  },
  references: {
    nist800190: ['4.4.1'],
    aliases: ['plugin-privileges'],
    links: ['https://docs.docker.com/engine/extend/'],
  },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: 'Plugins that may have such power, by name with or without the tag: vieux/sshfs.',
        zh: '允许拥有此类权限的插件，名称可带或不带标签，例如 vieux/sshfs。',
      },
    },
    capabilities: {
      default: [
        'ALL',
        'BPF',
        'DAC_READ_SEARCH',
        'MAC_ADMIN',
        'MAC_OVERRIDE',
        'SYS_ADMIN',
        'SYS_BOOT',
        'SYS_MODULE',
        'SYS_PTRACE',
        'SYS_RAWIO',
      ],
      description: { en: 'Capabilities that give power over the host.', zh: '足以控制主机的 capability。' },
    },
    paths: {
      default: sensitivePathParameters.paths.default,
      description: {
        en: 'Folders of the host that give power over it, with all that is below them; sockets of container engines always do.',
        zh: '足以控制主机的目录，包括其下的全部内容；容器引擎的套接字始终计入。',
      },
    },
    exceptions: {
      default: sensitivePathParameters.exceptions.default,
      description: {
        en: "Paths below them that any plugin may have; the engine's folder for plugins always is one.",
        zh: '任何插件都可使用的下级路径；引擎的插件目录始终在内。',
      },
    },
    devices: {
      default: ['/dev/fuse', '/dev/net/tun', '/dev/null', '/dev/random', '/dev/urandom', '/dev/zero'],
      description: {
        en: 'Devices that any plugin may have; every other one counts.',
        zh: '任何插件都可使用的设备；其他设备均计入。',
      },
    },
  },
  engines: ['docker'],

  judge({ plugins }, { parameters, machine }) {
    if (!plugins.known) return unknownFrom(plugins);
    const enabled = plugins.value.filter((plugin) => plugin.enabled);
    if (enabled.length === 0) {
      return notApplicable(
        { en: 'No managed plugin is switched on.', zh: '没有启用的托管插件。' },
        evidenceOf(plugins, []),
      );
    }
    const dataRoot = dataRootOf(machine);
    const limits: Limits = {
      devices: parameters.devices,
      capabilities: parameters.capabilities.map(normaliseCapability),
      paths: [...parameters.paths, dataRoot].map(canonicalPath),
      exceptions: [...parameters.exceptions, `${dataRoot}/plugins`].map(canonicalPath),
    };
    const powerful = enabled
      .filter((plugin) => !isNamed(plugin, parameters.allowed))
      .map((plugin) => ({ plugin, powers: powersOf(plugin, limits) }))
      .filter(({ powers }) => powers.length > 0);
    const evidence = evidenceOf(
      plugins,
      Object.fromEntries(powerful.map(({ plugin, powers }) => [plugin.name, powers])),
    );
    if (powerful.length === 0) {
      return pass(
        { en: 'No plugin has more power than was chosen.', zh: '没有插件超出选定的权限。' },
        evidenceOf(
          plugins,
          enabled.map(({ name }) => name),
        ),
      );
    }
    const list = listed(powerful.map(({ plugin, powers }) => wordsOf(plugin, powers)));
    return fail(
      { en: `Plugins with power over the host: ${list.en}.`, zh: `可控制主机的插件：${list.zh}。` },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Switch off plugins that nobody needs. One that is needed and comes from a source that you trust is named in the parameter allowed.',
        zh: '停用不需要的插件。确有需要且来源可信的插件，写入参数 allowed。',
      },
      ['docker plugin ls', 'docker plugin inspect PLUGIN', 'docker plugin disable PLUGIN'],
    );
  },
});

interface Limits {
  readonly capabilities: readonly string[];
  readonly paths: readonly string[];
  readonly exceptions: readonly string[];
  readonly devices: readonly string[];
}

/** What it was granted that is as good as root, in the words of its configuration. */
function powersOf(plugin: PluginFacts, limits: Limits): string[] {
  return [
    ...(plugin.hostPid ? ['PidHost'] : []),
    ...(plugin.hostIpc ? ['IpcHost'] : []),
    ...(plugin.allDevices ? ['AllowAllDevices'] : []),
    ...plugin.capabilities.map(normaliseCapability).filter((name) => limits.capabilities.includes(name)),
    ...plugin.devices.filter((path) => !limits.devices.includes(normalPath(path))),
    ...plugin.mounts.filter((path) => isPowerful(path, limits)),
  ];
}

/** A folder that is sensitive, is below one, or holds one. */
function isPowerful(mounted: string, { paths, exceptions }: Limits): boolean {
  const path = canonicalPath(mounted);
  if (/\/(?:docker|containerd|crio|podman)\.sock$/.test(path)) return true;
  if (exceptions.some((each) => isWithin(path, each))) return false;
  return paths.some((each) => isWithin(path, each) || isWithin(each, path));
}

function isNamed({ name }: PluginFacts, names: readonly string[]): boolean {
  return names.includes(name) || names.includes(name.replace(/:[^:/]*$/, ''));
}

function wordsOf({ name, network }: PluginFacts, powers: readonly string[]): Text {
  const all = [...powers, ...(network === 'host' ? ['network host'] : [])];
  return { en: `${name} (${all.join(', ')})`, zh: `${name}（${all.join('、')}）` };
}
