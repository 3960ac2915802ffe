import { type ContainerSpec, configured, type Mount } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { entriesOf } from './mount-entry.ts';
import { writtenPaths } from './written-path.ts';

export const containerDeclaredVolumes = defineControl({
  id: 'container-declared-volumes',
  subject: 'container',
  severity: 'low',
  title: { en: 'Everything that is written goes to a declared volume', zh: '所有写入都落在声明的 volume 中' },
  why: {
    en: "What a container writes into its own layer is lost with it, fills the engine's disk and hides what an intruder changed. An anonymous volume is left behind, and nobody knows whose it is.",
    zh: '写入容器自身可写层的数据会随容器一起丢失、占满引擎磁盘，还会掩盖入侵者的改动。匿名 volume 则会遗留下来，无人知道归属。',
  },
  how: {
    en: "Fails for anonymous volumes, and for paths that the container changed outside its mounts; what the engine itself makes, mount points and the directories above them do not count. A read-only root passes: the running container's mount table decides, else the configuration.",
    zh: '使用匿名 volume，或容器在挂载之外改动了路径时判为未通过；引擎自身生成的文件、挂载点及其上级目录不计入。根文件系统只读即为通过：运行中以容器的挂载表为准，否则以配置为准。',
  },
  references: { cisDocker: ['5.13'], links: ['https://docs.docker.com/engine/storage/volumes/'] },
  counterexample: {
    mounts: [{ kind: 'volume', target: '/data', readOnly: false, anonymous: true, options: {} }],
  },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container) {
    const anonymous = container.mounts.flatMap((mount, index) =>
      isNameless(mount) ? [{ target: mount.target, field: `mounts[${index}]` }] : [],
    );
    const [first] = anonymous;
    if (first) {
      const list = listed(anonymous.map(({ target }) => target));
      return fail(
        { en: `Its data at ${list.en} is in an anonymous volume.`, zh: `${list.zh} 的数据存放在匿名 volume 中。` },
        anonymous.map(({ field, target }) => configured(container, field, target)),
        first.field,
      );
    }
    const root = rootOf(container);
    if (root.readOnly) return pass({ en: 'Its root is read-only.', zh: '根文件系统只读。' }, root.evidence);
    const { changedPaths } = container;
    if (changedPaths === undefined) {
      return container.state === 'declared'
        ? notApplicable({ en: 'It has not run yet: nothing is written.', zh: '容器尚未运行，没有任何写入。' })
        : unknown(
            { en: 'The engine was not asked what it changed.', zh: '未向引擎查询容器改动的路径。' },
            { en: "the engine's list of the container's changes", zh: '引擎提供的容器变更列表' },
            root.evidence,
          );
    }
    if (!changedPaths.known) return unknownFrom(changedPaths);
    const written = writtenPaths(container, changedPaths.value);
    if (written.length === 0) {
      return pass(
        { en: 'It changed nothing outside its mounts.', zh: '容器未在挂载之外写入。' },
        evidenceOf(changedPaths, []),
      );
    }
    const list = listed(written);
    return fail(
      { en: `It writes outside its mounts: ${list.en}.`, zh: `容器在挂载之外写入：${list.zh}。` },
      evidenceOf(changedPaths, written.slice(0, 20)),
      'mounts',
    );
  },

  remedy(container) {
    if (!container.mounts.some(isNameless)) {
      return byHand(
        {
          en: 'Mount a named volume over the directories whose data is to stay, a tmpfs over the others, and then make the root read-only.',
          zh: '需要保留数据的目录挂载具名 volume，其余目录挂载 tmpfs，然后将根文件系统设为只读。',
        },
        [],
        'recreate',
      );
    }
    return changeSpec(
      {
        mounts: container.mounts.map((mount) => {
          if (!isNameless(mount)) return mount;
          const { anonymous: _anonymous, hostPath: _hostPath, hostInode: _hostInode, ...kept } = mount;
          return { ...kept, source: `${container.name}${mount.target}`.replaceAll(/[^A-Za-z0-9_.-]+/g, '-') };
        }),
      },
      {
        en: 'Give the volume a name. Copy the data out of the anonymous one first if it is needed.',
        zh: '为 volume 命名；如仍需其中的数据，请先从匿名 volume 复制出来。',
      },
    );
  },
});

function isNameless({ kind, anonymous }: Mount): boolean {
  return kind === 'volume' && anonymous === true;
}

function rootOf(container: ContainerSpec): { readonly readOnly: boolean; readonly evidence: Evidence } {
  const entry = entriesOf(container)?.findLast(({ target }) => target === '/');
  return entry
    ? { readOnly: entry.options.includes('ro'), evidence: entry.evidence }
    : {
        readOnly: container.readOnlyRoot,
        evidence: configured(container, 'readOnlyRoot', container.readOnlyRoot),
      };
}
