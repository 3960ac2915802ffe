import { isBefore, type Finding, type Situation, start, textOf, textsOf, use } from './situation.ts';

/** Storage drivers that are gone, and the first release without them. */
const removed: Readonly<Record<string, readonly [number, number]>> = {
  aufs: [24, 0],
  overlay: [24, 0],
  devicemapper: [25, 0],
};

/** The beginning of each option that a storage driver takes. */
const prefixes: Readonly<Record<string, RegExp>> = {
  overlay2: /^overlay2\./,
  'fuse-overlayfs': /^$/,
  btrfs: /^btrfs\./,
  zfs: /^zfs\./,
  vfs: /^(vfs\.)?size$/,
  devicemapper: /^dm\./,
  aufs: /^$/,
  overlay: /^$/,
};

/** Another place or another driver for images and containers hides those that there are. */
export function storage(situation: Situation): Finding[] {
  return [...hiding(situation), ...removedDriver(situation), ...unknownDriver(situation), ...options(situation)];
}

function hiding(situation: Situation): Finding[] {
  const { engine, info } = situation;
  const changed = [
    ...(isMoved(situation) ? ['data-root'] : []),
    ...(situation.isChanged('storage-driver') && textOf(situation, 'storage-driver') !== info?.storageDriver
      ? ['storage-driver']
      : []),
    ...(situation.isChanged('features') &&
    imageStore(situation.before.features) !== imageStore(situation.after.features)
      ? ['features']
      : []),
  ];
  if (changed.length === 0) return [];
  const images = engine.images.known ? engine.images.value.length : undefined;
  const containers = info?.containers ?? situation.containers.length;
  const volumes = engine.volumes.known ? engine.volumes.value.length : undefined;
  if (images === 0 && containers === 0 && volumes === 0) return [];
  const keys = changed.join(', ');
  return [
    use(
      changed,
      {
        en: `${keys} lets the engine look elsewhere: the containers and images that there are disappear from view and are not moved`,
        zh: `修改 ${keys} 后引擎会改看别处：现有容器和镜像将不可见，且不会迁移`,
      },
      {
        en: 'Move the data by hand while the engine is stopped, or save and load it; then change the setting.',
        zh: '请停止引擎后手动迁移数据，或先备份再导入，然后再改设置。',
      },
      ['docker images --all', 'docker ps --all'],
    ),
  ];
}

/** To write down the place that is in use already moves nothing. */
function isMoved(situation: Situation): boolean {
  if (!situation.isChanged('data-root', 'graph')) return false;
  const wanted = (textOf(situation, 'data-root') ?? textOf(situation, 'graph') ?? '/var/lib/docker').replace(
    /\/+$/,
    '',
  );
  const now = situation.info?.dataRoot;
  return now === undefined || now.replace(/\/\d+\.\d+$/, '').replace(/\/+$/, '') !== wanted;
}

function imageStore(features: unknown): boolean | undefined {
  const value = typeof features === 'object' && features !== null ? Object.entries(features) : [];
  const chosen: unknown = value.find(([name]) => name === 'containerd-snapshotter')?.[1];
  return typeof chosen === 'boolean' ? chosen : undefined;
}

function removedDriver(situation: Situation): Finding[] {
  const driver = textOf(situation, 'storage-driver');
  const until = driver === undefined ? undefined : removed[driver];
  if (driver === undefined || until === undefined || isBefore(situation, until) !== false) return [];
  return [
    start(
      ['storage-driver'],
      {
        en: `the storage driver ${driver} is gone since Docker Engine ${until.join('.')}, and dockerd does not start`,
        zh: `存储驱动 ${driver} 自 Docker Engine ${until.join('.')} 起已移除，dockerd 无法启动`,
      },
      {
        en: 'Save images and volumes with the old engine, and move to overlay2.',
        zh: '请用旧引擎备份镜像和卷，再迁移到 overlay2。',
      },
    ),
  ];
}

/** With containerd's store of images, which 29.0 brought for new hosts, the driver is one of containerd's. */
function unknownDriver(situation: Situation): Finding[] {
  const driver = textOf(situation, 'storage-driver');
  if (driver === undefined || Object.hasOwn(prefixes, driver) || driver === situation.info?.storageDriver) return [];
  if (isBefore(situation, [29, 0]) !== true || imageStore(situation.after.features) === true) return [];
  return [
    start(
      ['storage-driver'],
      {
        en: `there is no storage driver ${driver}, and dockerd does not start`,
        zh: `没有存储驱动 ${driver}，dockerd 无法启动`,
      },
      { en: 'Write overlay2, or take storage-driver out.', zh: '请写 overlay2，或移除 storage-driver。' },
    ),
  ];
}

function options(situation: Situation): Finding[] {
  const driver = textOf(situation, 'storage-driver') ?? situation.info?.storageDriver;
  const prefix = driver === undefined ? undefined : prefixes[driver];
  const written = textsOf(situation.setting('storage-opts'));
  const wrong = written.filter(
    (option) => !option.includes('=') || (prefix !== undefined && !prefix.test(option.split('=')[0] ?? '')),
  );
  if (wrong.length === 0) return [];
  const names = wrong.map((option) => option.split('=')[0]).join(', ');
  return [
    start(
      ['storage-opts', 'storage-driver'],
      {
        en: `storage-opts: ${names} is no option of the storage driver ${driver ?? ''}, and dockerd does not start`,
        zh: `storage-opts：${names} 不是存储驱动 ${driver ?? ''} 的选项，dockerd 无法启动`,
      },
      { en: `Take ${names} out of storage-opts.`, zh: `请从 storage-opts 中移除 ${names}。` },
    ),
  ];
}
