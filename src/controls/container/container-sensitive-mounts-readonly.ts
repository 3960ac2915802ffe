import { type ContainerSpec, configured } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { isWithin, normalPath } from './host-path.ts';
import { listed } from './listing.ts';
import { entriesOf, entryAt, isEnginePlace, isReadOnly } from './mount-entry.ts';
import { type SensitiveMount, sensitiveMounts, sensitivePathParameters } from './sensitive-path.ts';

export const containerSensitiveMountsReadonly = defineControl({
  id: 'container-sensitive-mounts-readonly',
  subject: 'container',
  severity: 'high',
  title: {
    en: 'Sensitive host directories that must be mounted are read-only throughout',
    zh: '必须挂载的主机敏感目录应整体只读',
  },
  why: {
    en: 'A container that may write to a system directory of the host can replace programs, add accounts or plant jobs there, and so take the host over. Mounts below a read-only one may still be writable.',
    zh: '容器若能写入主机的系统目录，就能替换程序、添加账户或植入任务，进而接管主机。只读挂载之下的子挂载仍可能可写。',
  },
  how: {
    en: "Of each mount of a sensitive host path the container's own mount table says whether it, and everything mounted below it, is read-only. Where nothing runs, the configuration decides; read-only then holds below the mount only with Docker Engine 25 and Linux 5.12 or later, and on older ones that stays unknown.",
    zh: '对每个敏感主机路径的挂载，以容器自身的挂载表判断其本身及其下的所有子挂载是否只读。容器未运行时以配置为准；此时仅 Docker Engine 25 且 Linux 5.12 及以上版本能保证子挂载同样只读，更旧的版本判为未知。',
  },
  references: {
    cisDocker: ['5.6'],
    nist800190: ['4.5.5'],
    aliases: ['k8s-writable-hostpath', 'C-0045', 'kube-linter:writable-host-mount'],
    links: ['https://docs.docker.com/engine/storage/bind-mounts/#recursive-mounts'],
  },
  parameters: sensitivePathParameters,
  counterexample: {
    mounts: [{ kind: 'bind', source: '/etc', target: '/host/etc', readOnly: false, options: {} }],
  },

  judge(container, { machine, parameters }) {
    const mounts = sensitiveMounts(container, machine, parameters);
    if (mounts.length === 0) {
      return notApplicable({ en: 'It mounts no sensitive path of the host.', zh: '容器未挂载主机的敏感路径。' });
    }
    const evidence = mounts.map((each) => evidenceFor(container, each));
    const faults = mounts.flatMap((each) => {
      const fault = faultOf(container, each);
      return fault ? [{ ...each, fault }] : [];
    });
    const [first] = faults;
    if (first) {
      const { en, zh } = joinTexts(faults.map(({ fault }) => fault));
      return fail({ en: `Not read-only throughout: ${en}.`, zh: `未整体只读：${zh}。` }, evidence, first.field);
    }
    if (mounts.every(({ mount }) => entryAt(container, mount)) || isRecursive(machine)) {
      const list = listed(mounts.map(({ words }) => words));
      return pass({ en: `Read-only: ${list.en}.`, zh: `均为只读：${list.zh}。` }, evidence);
    }
    return unknown(
      {
        en: 'It is read-only on paper, but this engine or kernel may leave what is mounted below it writable.',
        zh: '配置为只读，但当前引擎或内核可能使其下的子挂载保持可写。',
      },
      {
        en: 'the mount table of the running container, read as root; or Docker Engine 25 and Linux 5.12',
        zh: '以 root 读取运行中容器的挂载表；或使用 Docker Engine 25 与 Linux 5.12',
      },
      evidence,
    );
  },

  remedy(container, { machine, parameters }) {
    const mounts = sensitiveMounts(container, machine, parameters);
    const fields = new Set(mounts.map(({ field }) => field));
    if (mounts.every(({ mount }) => mount.readOnly && !mount.readOnlyNonRecursive)) {
      return byHand(
        {
          en: 'Mount only the directory or file that it reads, with nothing mounted below it; Docker Engine 25 on Linux 5.12 makes the whole tree read-only.',
          zh: '只挂载它实际读取的目录或文件，且其下没有其他挂载；Docker Engine 25 配合 Linux 5.12 可使整个目录树只读。',
        },
        [],
        'recreate',
      );
    }
    return changeSpec(
      {
        mounts: container.mounts.map((mount, index) => {
          if (!fields.has(`mounts[${index}]`)) return mount;
          const { readOnlyNonRecursive: _leavesHoles, ...kept } = mount;
          return { ...kept, readOnly: true };
        }),
      },
      { en: 'Mount these host paths read-only.', zh: '将这些主机路径改为只读挂载。' },
    );
  },
});

function faultOf(container: ContainerSpec, { mount, words }: SensitiveMount): Text | undefined {
  if (!isReadOnly(container, mount)) return words;
  if (entryAt(container, mount)) {
    const holes = writableBelow(container, mount.target);
    const list = listed(holes);
    return holes.length === 0
      ? undefined
      : { en: `${words.en} (writable below it: ${list.en})`, zh: `${words.zh}（其下可写：${list.zh}）` };
  }
  return mount.readOnlyNonRecursive
    ? {
        en: `${words.en} (what is mounted below it stays writable, as asked for)`,
        zh: `${words.zh}（按配置其下的子挂载保持可写）`,
      }
    : undefined;
}

/** Writable mounts that came along with the one at this target: not asked for by themselves, not made by the engine. */
function writableBelow(container: ContainerSpec, target: string): string[] {
  const top = normalPath(target);
  const others = container.mounts.map((mount) => normalPath(mount.target)).filter((each) => isBelow(each, top));
  const entries = new Map((entriesOf(container) ?? []).map((entry) => [entry.target, entry]));
  return [...entries.values()]
    .filter(({ target: each, options }) => isBelow(each, top) && options.includes('rw'))
    .map((entry) => entry.target)
    .filter((each) => !others.some((other) => isWithin(each, other)) && !isEngineFile(each));
}

function isBelow(path: string, directory: string): boolean {
  return path !== directory && isWithin(path, directory);
}

/** The engine mounts its own `hosts` and the like over a mounted `/etc`; `/dev`, `/proc` and `/sys` it leaves alone. */
function isEngineFile(path: string): boolean {
  return isWithin(path, '/etc') && isEnginePlace(path);
}

function evidenceFor(container: ContainerSpec, { mount, field }: SensitiveMount): Evidence {
  return entryAt(container, mount)?.evidence ?? configured(container, field, mount.readOnly ? 'ro' : 'rw');
}

/** Whether read-only includes what is mounted below. Without a machine the current engine and kernel are assumed. */
function isRecursive(machine: Machine | undefined): boolean {
  if (!machine) return true;
  const { engine, host } = machine;
  if (engine.kind !== 'docker' || !engine.version.known || !host.kernelRelease.known) return false;
  const [major = 0, minor = 0] = host.kernelRelease.value.split('.').map(Number);
  return Number.parseInt(engine.version.value.version, 10) >= 25 && (major > 5 || (major === 5 && minor >= 12));
}
