import { defineControl } from '../../model/control.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';

export const daemonNoAufs = defineControl({
  id: 'daemon-no-aufs',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The storage driver is one that is still maintained', zh: '使用仍在维护的存储驱动' },
  why: {
    en: 'aufs, overlay and devicemapper have left Docker: no fault in them is mended any more, and an engine that depends on them cannot be upgraded. vfs copies every layer in full and fills the disk.',
    zh: 'aufs、overlay 和 devicemapper 已从 Docker 中移除，其缺陷不再修复，依赖它们的引擎也无法升级。vfs 会完整复制每一层，很快占满磁盘。',
  },
  how: {
    en: 'Asks the running engine for its storage driver, or for the snapshotter of its containerd image store. Podman calls its maintained driver overlay, so there that name passes.',
    zh: '查询运行中引擎的存储驱动，或 containerd 镜像存储的 snapshotter。Podman 将仍在维护的驱动称为 overlay，因此该名称在 Podman 上通过。',
  },
  references: {
    cisDocker: ['2.6'],
    links: ['https://docs.docker.com/engine/storage/drivers/select-storage-driver/'],
  },
  parameters: {
    acceptedDrivers: {
      default: [] as string[],
      description: {
        en: 'Drivers that are accepted all the same: vfs on a build machine, a snapshotter of your own.',
        zh: '额外接受的驱动：例如构建机上的 vfs，或自有的 snapshotter。',
      },
    },
  },
  counterexample: { 'storage-driver': 'vfs' },

  judge({ info, kind }, { parameters }) {
    if (!info.known) return unknownFrom(info);
    const driver = info.value.storageDriver ?? '';
    const evidence = evidenceOf(info, info.value.storageDriver ?? null, `${info.path} Driver`);
    if (parameters.acceptedDrivers.includes(driver)) {
      return pass({ en: `The driver ${driver} is accepted.`, zh: `驱动 ${driver} 已被接受。` }, evidence);
    }
    const fault = faultOf(driver, kind, info.value);
    if (fault) return fail(fault, evidence, 'storage-driver');
    return supported.has(driver)
      ? pass({ en: `The storage driver is ${driver}.`, zh: `存储驱动为 ${driver}。` }, evidence)
      : unknown(
          { en: `The storage driver "${driver}" is not known here.`, zh: `不认识存储驱动“${driver}”。` },
          {
            en: 'its name in the parameter acceptedDrivers, once it has been reviewed',
            zh: '评审后将其名称加入参数 acceptedDrivers',
          },
          evidence,
        );
  },

  remedy({ kind }) {
    if (kind === 'podman') {
      return byHand(
        {
          en: 'Set driver = "overlay" in storage.conf; without the rights for it, add fuse-overlayfs as mount_program. Podman takes the new driver only for an empty store: save images and back volumes up before it is reset.',
          zh: '在 storage.conf 中设置 driver = "overlay"；权限不足时将 mount_program 设为 fuse-overlayfs。Podman 只在存储为空时采用新驱动：重置前请先导出镜像并备份卷。',
        },
        ['podman image ls', 'podman image save --output images.tar NAME', 'podman ps --all'],
      );
    }
    return byHand(
      {
        en: 'Move to overlay2, or to the containerd image store. The other driver starts empty: save images, back volumes up and note how containers are created before the engine restarts with it.',
        zh: '迁移到 overlay2 或 containerd 镜像存储。新驱动下内容为空：切换前请先导出镜像、备份卷，并记录容器的创建方式。',
      },
      ['docker image ls', 'docker image save --output images.tar NAME', 'docker ps --all'],
    );
  },
});

/** Drivers of Docker and of Podman, and snapshotters of containerd. */
const supported = new Set([
  'blockfile',
  'btrfs',
  'devmapper',
  'erofs',
  'fuse-overlayfs',
  'nydus',
  'overlay',
  'overlay2',
  'overlayfs',
  'soci',
  'stargz',
  'windowsfilter',
  'zfs',
]);

function faultOf(driver: string, kind: EngineFacts['kind'], info: EngineInfo): Text | undefined {
  if (driver === 'aufs' || driver === 'devicemapper' || (driver === 'overlay' && kind === 'docker')) {
    return {
      en: `The storage driver ${driver} has been taken out of the engine and gets no fixes.`,
      zh: `存储驱动 ${driver} 已从引擎中移除，不再获得修复。`,
    };
  }
  const isSnapshotter = info.storageStatus.some(
    ([name, value]) => name === 'driver-type' && value.startsWith('io.containerd.snapshotter'),
  );
  if (driver === 'vfs' || (driver === 'native' && isSnapshotter)) {
    return {
      en: `${driver} copies every layer in full and is meant for tests.`,
      zh: `${driver} 会完整复制每一层，仅适合测试。`,
    };
  }
  return undefined;
}
