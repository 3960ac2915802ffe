import { defineControl, type JudgeContext, type Machine } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { type Fact, mapFact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { containerdRootParameter, type DataMount, dataFolders, dataMounts, mountEvidence } from './data-mounts.ts';
import { quotedWord } from '../quoted-word.ts';

const wanted = ['nosuid', 'nodev'];

export const hostDataVolumesNosuid = defineControl({
  id: 'host-data-volumes-nosuid',
  subject: 'host',
  severity: 'low',
  title: {
    en: 'File systems with data of containers are mounted nosuid and nodev',
    zh: '存放容器数据的文件系统以 nosuid、nodev 挂载',
  },
  why: {
    en: 'Root in a container can leave a setuid program or a device file in a volume. A user of the host who finds it there would get root, or the disk.',
    zh: '容器内的 root 可以在卷中留下 setuid 程序或设备文件，主机用户找到后就能取得 root 或直接访问磁盘。',
  },
  how: {
    en: "The mount that holds the engine's data, and containerd's with its image store, must have both options; the containers' own overlay mounts are not touched by them. It is not asked where the data shares the file system of the system, or where containers have their root directly on it (storage drivers vfs, btrfs and native). Volumes inside containers and bind mounts have a control of their own.",
    zh: '承载引擎数据的挂载（使用 containerd 镜像存储时也包括其目录）须带有这两个选项；容器自身的 overlay 挂载不受影响。数据与系统共用文件系统，或容器的根目录直接位于其上（存储驱动 vfs、btrfs、native）时不作判断。容器内的卷和绑定挂载另有专项。',
  },
  references: {
    cisDocker: ['4.8'],
    nist800190: ['3.5.5'],
    links: ['https://man7.org/linux/man-pages/man8/mount.8.html'],
  },
  parameters: { containerdRoot: containerdRootParameter },
  counterexample: {
    mounts: mapFact(exemplarHost.mounts, (all) => all.map((mount) => ({ ...mount, options: ['rw', 'relatime'] }))),
  },

  judge(host, context) {
    const found = mountsApart(host, context);
    if (!found) return notApplicable({ en: 'The engine keeps its data elsewhere.', zh: '引擎的数据不在这台主机上。' });
    if (!found.known) return unknownFrom(found);
    if (found.value.length === 0) {
      return notApplicable(
        { en: 'The data shares the file system of the system.', zh: '数据与系统共用文件系统。' },
        { source: found.source, path: found.path, value: null },
      );
    }
    const loose = looseMounts(found.value);
    const evidence = mountEvidence(found);
    if (loose.length === 0) {
      return pass({ en: 'Mounted with nosuid and nodev.', zh: '已带有 nosuid 和 nodev 选项。' }, evidence);
    }
    const driver = rootHolder(context.machine);
    if (driver !== undefined) {
      return notApplicable(
        {
          en: `With the storage driver ${driver} the containers' own programs lie there too: nosuid would disable sudo and the like in them.`,
          zh: `使用 ${driver} 存储驱动时，容器自身的程序也位于该文件系统：nosuid 会使其中的 sudo 等程序失效。`,
        },
        evidence,
      );
    }
    const names = listed(
      loose.map(({ target, missing }) => ({
        en: `${target} lacks ${missing.join(' and ')}`,
        zh: `${target} 缺少 ${missing.join('、')}`,
      })),
    );
    return fail({ en: `${names.en}.`, zh: `${names.zh}。` }, evidence, 'mounts');
  },

  remedy(host, context) {
    const found = mountsApart(host, context);
    const loose = found?.known ? looseMounts(found.value) : [];
    return byHand(
      {
        en: 'Add the options to the line of the mount in /etc/fstab, and remount it; nothing needs to stop.',
        zh: '在 /etc/fstab 的对应行加入这些选项并重新挂载，无需停止任何服务。',
      },
      loose.map(({ target }) => `mount -o remount,${wanted.join(',')} ${quotedWord(target)}`),
      'none',
    );
  },
});

type Context = Pick<
  JudgeContext<{ readonly containerdRoot: typeof containerdRootParameter }>,
  'machine' | 'parameters'
>;

/** Without an overlay between, what a container has as its root takes the options of the file system that it lies on. */
const directDrivers = new Set(['btrfs', 'native', 'vfs']);

function rootHolder(machine: Machine | undefined): string | undefined {
  const info = machine?.engine.info;
  const driver = info?.known ? info.value.storageDriver : undefined;
  return driver !== undefined && directDrivers.has(driver) ? driver : undefined;
}

/** Mounts that hold data of containers and nothing of the system. */
function mountsApart(host: HostFacts, { machine, parameters }: Context): Fact<DataMount[]> | undefined {
  const folders = machine && dataFolders(machine, parameters.containerdRoot);
  if (!folders?.known) return folders;
  return mapFact(dataMounts(host, folders.value), (all) => all.filter(({ isApart }) => isApart));
}

function looseMounts(mounts: readonly DataMount[]): { target: string; missing: readonly string[] }[] {
  const byTarget = new Map(mounts.map(({ mount }) => [mount.target, mount.options]));
  return [...byTarget]
    .map(([target, options]) => ({ target, missing: wanted.filter((option) => !options.includes(option)) }))
    .filter(({ missing }) => missing.length > 0);
}
