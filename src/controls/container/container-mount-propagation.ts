import { type ContainerSpec, configured, type Mount } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { canonicalPath, dataRootOf, isWithin } from './host-path.ts';
import { listed } from './listing.ts';
import { entryAt } from './mount-entry.ts';

export const containerMountPropagation = defineControl({
  id: 'container-mount-propagation',
  subject: 'container',
  severity: 'medium',
  title: { en: 'Mounts are not shared back to the host', zh: '挂载不向主机传播' },
  why: {
    en: "With shared propagation what the container mounts appears on the host, and in every container that shares the directory: it can lay its own files over the host's.",
    zh: '使用 shared 传播时，容器内新建的挂载会出现在主机以及共享该目录的所有容器中：容器可借此用自己的文件覆盖主机上的文件。',
  },
  how: {
    en: "Fails for shared and rshared. A running container's mount table has the last word: a mount that is shared there and follows no other is the host's own; one that also follows the host was shared by the container among its own. rslave lets only the host's mounts in, and passes with a remark.",
    zh: 'shared 与 rshared 判为未通过。容器运行时以其挂载表为准：表中标为 shared 且不从属于其他挂载的，是与主机共享的；同时从属于主机的，只是容器在自身内部共享。rslave 仅接收主机的挂载，判为通过并附说明。',
  },
  references: {
    cisDocker: ['5.20'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-mount-propagation'],
    links: ['https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation'],
  },
  counterexample: {
    mounts: [{ kind: 'bind', source: '/srv/app', target: '/app', readOnly: true, propagation: 'rshared', options: {} }],
  },

  judge(container, { machine }) {
    if (container.mounts.length === 0) return notApplicable({ en: 'It has no mounts.', zh: '容器没有挂载。' });
    const judged = container.mounts.map((mount, index) => judgeMount(container, mount, `mounts[${index}]`, machine));
    const evidence = judged.map((each) => each.evidence);
    const shared = judged.filter(({ reach }) => reach === 'shared');
    const [first] = shared;
    if (first) {
      const list = listed(shared.map(({ target }) => target));
      return fail(
        {
          en: `What it mounts below ${list.en} appears on the host.`,
          zh: `容器在 ${list.zh} 下的挂载会出现在主机上。`,
        },
        shared.map((each) => each.evidence),
        first.field,
      );
    }
    const slaves = judged.filter(({ reach }) => reach === 'slave').map(({ target }) => target);
    return pass(slaves.length > 0 ? remark(listed(slaves)) : apart, evidence);
  },

  remedy(container, { machine }) {
    return changeSpec(
      {
        mounts: container.mounts.map((mount, index) =>
          judgeMount(container, mount, `mounts[${index}]`, machine).reach === 'shared'
            ? { ...mount, propagation: 'rprivate' }
            : mount,
        ),
      },
      {
        en: 'Mount it rprivate, or rslave where it must see what the host mounts later.',
        zh: '改用 rprivate；若需看到主机之后新建的挂载，则用 rslave。',
      },
    );
  },
});

const apart = { en: 'Its mounts stay its own.', zh: '容器的挂载不会传播到主机。' };

function remark(targets: Text): Text {
  return {
    en: `Its mounts stay its own; what the host mounts later appears below ${targets.en}.`,
    zh: `容器的挂载不会传播到主机；主机之后新建的挂载会出现在 ${targets.zh} 下。`,
  };
}

interface JudgedMount {
  readonly reach: 'shared' | 'slave' | 'private';
  readonly target: string;
  readonly field: string;
  readonly evidence: Evidence;
}

function judgeMount(container: ContainerSpec, mount: Mount, field: string, machine: Machine | undefined): JudgedMount {
  const { target, propagation } = mount;
  const entry = entryAt(container, mount);
  const declared = propagation?.replace(/^r/, '');
  const paper = configured(container, field, propagation ?? null);
  if (entry) {
    const shared = entry.propagation.some((each) => each.startsWith('shared:'));
    const slave = entry.propagation.some((each) => each.startsWith('master:'));
    // Once cut off from the host (private, slave) a mount cannot join it again: shared is then its own doing.
    const withHost = shared && (declared === 'shared' || (declared === undefined && !slave));
    const reach = withHost ? 'shared' : slave ? 'slave' : 'private';
    return { reach, target, field, evidence: entry.evidence };
  }
  if (declared === 'shared') return { reach: 'shared', target, field, evidence: paper };
  const slave = declared === 'slave' || (declared === undefined && holdsDataRoot(mount, machine));
  return { reach: slave ? 'slave' : 'private', target, field, evidence: paper };
}

/** The engine mounts a directory that holds its own data root rslave, unless told otherwise. */
function holdsDataRoot({ kind, source, hostPath }: Mount, machine: Machine | undefined): boolean {
  const path = hostPath ?? source;
  return kind === 'bind' && path !== undefined && isWithin(canonicalPath(dataRootOf(machine)), canonicalPath(path));
}
