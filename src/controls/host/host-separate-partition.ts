import { defineControl } from '../../model/control.ts';
import { known } from '../../model/fact.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { containerdRootParameter, dataFolders, dataMounts, mountEvidence } from './data-mounts.ts';

const mounts = exemplarHost.mounts.known ? exemplarHost.mounts.value : [];

export const hostSeparatePartition = defineControl({
  id: 'host-separate-partition',
  subject: 'host',
  severity: 'medium',
  title: { en: 'The data of the engine is on a file system of its own', zh: '引擎数据位于独立的文件系统上' },
  why: {
    en: 'Images, logs and what containers write can fill the disk. On a file system of their own only containers stop then, and the host can still be logged in to and mended.',
    zh: '镜像、日志和容器写入的数据可能占满磁盘。若位于独立文件系统，受影响的只有容器，主机仍可登录和修复。',
  },
  how: {
    en: "The engine's data root is looked up in the mount table of the host: another device than those of the system's own places must hold it. A bind mount of the same device is not one of its own. With containerd's image store its folder is asked for too.",
    zh: '在主机挂载表中查找引擎的数据目录：所在设备须不同于系统自身目录的设备；同一设备的绑定挂载不算独立。使用 containerd 镜像存储时，同时检查其目录。',
  },
  references: {
    cisDocker: ['1.1.1'],
    nist800190: ['4.5.5'],
    links: ['https://docs.docker.com/engine/daemon/#daemon-data-directory'],
  },
  parameters: { containerdRoot: containerdRootParameter },
  counterexample: { mounts: known(mounts.slice(0, 1), 'kernel', '/proc/1/mountinfo') },

  judge(host, { machine, parameters }) {
    const folders = machine && dataFolders(machine, parameters.containerdRoot);
    if (!folders) {
      return notApplicable({ en: 'The engine keeps its data elsewhere.', zh: '引擎的数据不在这台主机上。' });
    }
    if (!folders.known) return unknownFrom(folders);
    const found = dataMounts(host, folders.value);
    if (!found.known) return unknownFrom(found);
    const evidence = mountEvidence(found);
    const shared = found.value.filter(({ isApart }) => !isApart);
    if (found.value.length === 0) {
      return unknown(
        { en: 'No mount that holds the data can be seen.', zh: '看不到承载数据的挂载。' },
        { en: 'run on the host itself', zh: '在主机本身上运行' },
      );
    }
    const names = listed(
      (shared.length > 0 ? shared : found.value).map(({ folder, mount }) => ({
        en: `${folder} on ${mount.target} (${mount.source})`,
        zh: `${folder} 位于 ${mount.target}（${mount.source}）`,
      })),
    );
    return shared.length > 0
      ? fail(
          { en: `Shares its file system with the system: ${names.en}.`, zh: `与系统共用文件系统：${names.zh}。` },
          evidence,
          'mounts',
        )
      : pass({ en: `Apart from the system: ${names.en}.`, zh: `独立于系统：${names.zh}。` }, evidence);
  },

  remedy(_host, { machine, parameters }) {
    const folders = machine && dataFolders(machine, parameters.containerdRoot);
    const names = listed(folders?.known ? folders.value : ['/var/lib/docker']);
    return byHand(
      {
        en: `Stop the engine, copy its data to a volume of its own, mount that at ${names.en} through /etc/fstab, and start the engine again.`,
        zh: `停止引擎，将数据复制到独立卷，通过 /etc/fstab 挂载到 ${names.zh}，再启动引擎。`,
      },
      ['docker info --format {{.DockerRootDir}}', 'lsblk', 'findmnt --verify'],
      'daemon-restart',
    );
  },
});
