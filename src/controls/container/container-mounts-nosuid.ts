import { type ContainerSpec, configured, type Mount } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { isBindVolume } from './host-path.ts';
import { listed } from './listing.ts';
import { entryAt, isEnginePlace, isReadOnly } from './mount-entry.ts';

export const containerMountsNosuid = defineControl({
  id: 'container-mounts-nosuid',
  subject: 'container',
  severity: 'low',
  title: { en: 'Data is mounted nosuid', zh: '数据挂载启用 nosuid' },
  why: {
    en: "Data needs no setuid programs. Without nosuid a file with the setuid bit that somebody puts into a volume runs with its owner's rights, root's for example.",
    zh: '数据目录不需要 setuid 程序。未启用 nosuid 时，任何人放进 volume 的 setuid 文件都会以其属主（例如 root）的权限运行。',
  },
  how: {
    en: "Asks for volumes, writable binds and tmpfs the running container's mount table. Where nothing runs, a tmpfs is nosuid unless it says suid, a local volume when its option o says so, and a bind has what the host's file system has, which stays unknown: for a bind, the local driver itself ignores nosuid in o.",
    zh: '对 volume、可写 bind 和 tmpfs，以运行中容器的挂载表为准。容器未运行时：tmpfs 默认 nosuid，除非写明 suid；local volume 看其选项 o；bind 取决于主机文件系统，判为未知，而且 local 驱动在 bind 时会忽略 o 中的 nosuid。',
  },
  references: { cisDocker: ['4.8'], links: ['https://docs.docker.com/engine/storage/tmpfs/'] },
  counterexample: { mounts: [{ kind: 'tmpfs', target: '/tmp', readOnly: false, options: { suid: '' } }] },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container) {
    const mounts = judgedMounts(container);
    const evidence = mounts.map((each) => each.evidence);
    if (mounts.length === 0) return notApplicable({ en: 'It has no data mounts.', zh: '容器没有数据挂载。' });
    const open = mounts.filter(({ state }) => state === 'suid');
    const [first] = open;
    if (first) {
      const list = listed(open.map(({ mount }) => mount.target));
      return fail(
        { en: `Mounted without nosuid: ${list.en}.`, zh: `以下挂载未启用 nosuid：${list.zh}。` },
        open.map((each) => each.evidence),
        first.field,
      );
    }
    const undecided = listed(mounts.filter(({ state }) => state === 'undecided').map(({ mount }) => mount.target));
    if (undecided.en !== '' && container.state === 'declared') {
      return notApplicable(
        {
          en: `Whether setuid works below ${undecided.en} is for the host's file system to say, once it runs.`,
          zh: `setuid 在 ${undecided.zh} 下是否生效由主机文件系统决定，需在容器运行后判断。`,
        },
        evidence,
      );
    }
    if (undecided.en !== '') {
      return unknown(
        {
          en: `Whether setuid works below ${undecided.en} depends on the file system behind it.`,
          zh: `setuid 在 ${undecided.zh} 下是否生效取决于其背后的文件系统。`,
        },
        { en: 'the mount table of the running container, read as root', zh: '以 root 读取运行中容器的挂载表' },
        evidence,
      );
    }
    return pass({ en: 'Its data is mounted nosuid.', zh: '数据挂载均已启用 nosuid。' }, evidence);
  },

  remedy(container) {
    const open = judgedMounts(container).filter(({ state }) => state === 'suid');
    const fields = new Set(open.map(({ field }) => field));
    if (open.every(({ mount }) => hasOptions(mount))) {
      return changeSpec(
        {
          mounts: container.mounts.map((mount, index) => (fields.has(`mounts[${index}]`) ? withNosuid(mount) : mount)),
        },
        {
          en: "Add nosuid to the mount's options. An existing volume keeps its options until it is made anew.",
          zh: '在挂载选项中加入 nosuid。已有 volume 的选项不会改变，需重新创建。',
        },
      );
    }
    const paths = open.flatMap(
      ({ mount: { kind, hostPath, source } }) => hostPath ?? (kind === 'bind' ? source : []) ?? [],
    );
    return byHand(
      {
        en: "Mount the host's file system behind it nosuid,nodev, in /etc/fstab, or keep the data in a volume with its own device and o=nosuid; then re-create the container.",
        zh: '在 /etc/fstab 中以 nosuid,nodev 挂载其背后的主机文件系统，或改用带独立设备且 o=nosuid 的 volume，然后重建容器。',
      },
      paths.map((path) => `findmnt --target '${path.replaceAll("'", String.raw`'\''`)}'`),
      'recreate',
    );
  },
});

type State = 'nosuid' | 'suid' | 'undecided';

interface JudgedMount {
  readonly mount: Mount;
  readonly field: string;
  readonly state: State;
  readonly evidence: Evidence;
}

function judgedMounts(container: ContainerSpec): JudgedMount[] {
  return container.mounts.flatMap((mount, index) => {
    if (!holdsData(container, mount)) return [];
    const field = `mounts[${index}]`;
    const entry = entryAt(container, mount);
    if (entry) {
      const state = entry.options.includes('nosuid') ? 'nosuid' : 'suid';
      return [{ mount, field, state, evidence: entry.evidence }];
    }
    // Bare words alone: an option with a value may hold a password (cifs).
    const evidence = configured(
      container,
      field,
      flagsOf(mount).filter((flag) => !flag.includes('=')),
    );
    return [{ mount, field, state: writtenState(container, mount), evidence }];
  });
}

function holdsData(container: ContainerSpec, mount: Mount): boolean {
  if (isEnginePlace(mount.target)) return false;
  if (mount.kind === 'bind') return !isReadOnly(container, mount);
  return ['volume', 'tmpfs', 'cluster'].includes(mount.kind);
}

function writtenState({ dialect }: ContainerSpec, mount: Mount): State {
  const last = flagsOf(mount).findLast((flag) => flag === 'suid' || flag === 'nosuid');
  // A pod cannot ask for mount flags: the node's file systems decide, for emptyDir in memory too.
  if (dialect === 'pod' || mount.kind === 'bind' || mount.kind === 'cluster' || isBindVolume(mount)) return 'undecided';
  if (mount.kind === 'tmpfs') return last === 'suid' ? 'suid' : 'nosuid';
  if ((mount.driver ?? 'local') !== 'local') return 'undecided';
  // A volume without a device of its own lies in the engine's folder, on a file system that no file tells of.
  const isWritten = dialect === 'compose' || dialect === 'docker-run';
  if (isWritten && mount.options['device'] === undefined) return 'undecided';
  return last === 'nosuid' ? 'nosuid' : 'suid';
}

/** The flags of the mount, and those in the driver's option `o`. */
function flagsOf({ options }: Mount): string[] {
  const { o = '', ...own } = options;
  return [...Object.keys(own), ...o.split(',').map((flag) => flag.trim())].filter((flag) => flag !== '');
}

/** Whether the mount has flags of its own that the engine hands to the kernel. */
function hasOptions(mount: Mount): boolean {
  return mount.kind === 'tmpfs' || (!isBindVolume(mount) && mount.options['device'] !== undefined);
}

function withNosuid(mount: Mount): Mount {
  const { suid: _suid, ...options } = mount.options;
  if (mount.kind === 'tmpfs') return { ...mount, options: { ...options, nosuid: '' } };
  const flags = (mount.options['o'] ?? '').split(',').filter((flag) => flag !== '' && flag.trim() !== 'suid');
  return { ...mount, options: { ...options, o: [...flags, 'nosuid'].join(',') } };
}
