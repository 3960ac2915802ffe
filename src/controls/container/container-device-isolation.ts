import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { isWithin, normalPath } from './host-path.ts';
import { listed } from './listing.ts';

export const containerDeviceIsolation = defineControl({
  id: 'container-device-isolation',
  subject: 'container',
  severity: 'high',
  title: { en: 'No host device is passed in', zh: '不向容器传入主机设备' },
  why: {
    en: "A device is the hardware itself, past every permission of the file systems on it: whoever has the host's disk, memory or input devices reads and changes what is on them.",
    zh: '设备就是硬件本身，绕过其上文件系统的一切权限：拿到主机的磁盘、内存或输入设备，就能读取和篡改其中的内容。',
  },
  how: {
    en: 'Devices, cgroup device rules and requests to device drivers must be empty or match the allowed list; a privileged container has every device.',
    zh: '设备、cgroup 设备规则以及对设备驱动的请求必须为空，或与允许列表匹配；特权容器拥有全部设备。',
  },
  references: {
    cisDocker: ['5.18'],
    nist800190: ['4.4.3'],
    aliases: ['container-devices'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/#device'],
  },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: 'Accepted devices of the host, cgroup rules and driver requests: /dev/fuse, /dev/dri/*, "c 10:229 rwm", nvidia. A directory stands for what is in it; * does not match a slash.',
        zh: '允许的主机设备、cgroup 规则和驱动请求：/dev/fuse、/dev/dri/*、"c 10:229 rwm"、nvidia。目录代表其中的全部设备；* 不匹配斜杠。',
      },
    },
  },
  counterexample: { devices: [{ source: '/dev/sda', target: '/dev/sda', permissions: 'rwm' }] },

  judge(container, { parameters }) {
    if (container.privileged) {
      return fail(
        { en: 'It is privileged, and so has every device of the host.', zh: '容器处于特权模式，拥有主机的全部设备。' },
        configured(container, 'privileged', true),
        'privileged',
      );
    }
    // A pod has devices from a plugin or a claim, which the cluster hands out, or all of them by being privileged.
    const asked = container.dialect === 'pod' ? [] : passedIn(container);
    const refused = asked.filter(({ name }) => !isAllowed(name, parameters.allowed));
    const [first] = refused;
    if (first === undefined) {
      return pass({ en: 'It has no device but allowed ones.', zh: '除允许的设备外，容器没有其他设备。' }, [
        configured(
          container,
          'devices',
          container.devices.map(({ source }) => source),
        ),
        configured(container, 'deviceRules', container.deviceRules),
        configured(container, 'deviceRequests', container.deviceRequests),
      ]);
    }
    const names = listed(
      refused.map(({ name }) => name),
      20,
    );
    return fail(
      { en: `It is given ${names.en}.`, zh: `容器获得了 ${names.zh}。` },
      refused.map(({ field, value }) => configured(container, field, value)),
      first.field,
    );
  },

  remedy(container, { parameters: { allowed } }) {
    return changeSpec(
      {
        ...(container.privileged ? { privileged: false } : {}),
        devices: container.devices.filter(({ source }) => isAllowed(source, allowed)),
        deviceRules: container.deviceRules.filter((rule) => isAllowed(rule, allowed)),
        deviceRequests: container.deviceRequests.filter((request) => isAllowed(request, allowed)),
      },
      {
        en: 'Take the devices away; if the service needs one, allow that one by name for your site.',
        zh: '移除这些设备；若服务确实需要某个设备，请在站点策略中按名称放行。',
      },
    );
  },
});

interface PassedIn {
  readonly name: string;
  readonly field: string;
  readonly value: string;
}

function passedIn({ devices, deviceRules, deviceRequests }: ContainerSpec): PassedIn[] {
  return [
    ...devices.map(({ source, target, permissions }, index) => ({
      name: source,
      field: `devices[${index}]`,
      value: `${source}:${target}:${permissions}`,
    })),
    ...deviceRules.map((rule, index) => ({ name: rule, field: `deviceRules[${index}]`, value: rule })),
    ...deviceRequests.map((request, index) => ({ name: request, field: `deviceRequests[${index}]`, value: request })),
  ];
}

function isAllowed(name: string, allowed: readonly string[]): boolean {
  const isPath = name.startsWith('/');
  const plain = isPath ? normalPath(name) : name.trim();
  return allowed.some((pattern) => {
    const wanted = pattern.startsWith('/') ? normalPath(pattern) : pattern.trim();
    if (plain === wanted) return true;
    // An allowed directory allows what is in it: the engine passes in every device of a directory.
    return wanted.includes('*') ? patternOf(wanted).test(plain) : wanted.startsWith('/') && isWithin(plain, wanted);
  });
}

function patternOf(glob: string): RegExp {
  const literal = glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '[^/]*')}$`);
}
