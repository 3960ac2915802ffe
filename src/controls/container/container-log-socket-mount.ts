import { type ContainerSpec, configured } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { canonicalPath, type HostMount, hostMounts, isWithin, mountWords } from './host-path.ts';
import { listed } from './listing.ts';

export const containerLogSocketMount = defineControl({
  id: 'container-log-socket-mount',
  subject: 'container',
  severity: 'low',
  title: { en: "The host's log sockets are not mounted", zh: '不挂载主机的日志套接字' },
  why: {
    en: "Through the host's log socket a container can write records in the name of any program, and flood the log until real records are lost.",
    zh: '通过主机的日志套接字，容器能以任意程序的名义写入日志，还能大量灌入，使真实记录丢失。',
  },
  how: {
    en: "Fails for a mount of /dev/log, of the journal's sockets in /run/systemd, or of a directory that holds one of them, read-only or not. Standard output and a log driver need no mount.",
    zh: '挂载 /dev/log、/run/systemd 下的 journal 套接字或包含它们的目录时判为未通过，只读与否不影响。使用标准输出加日志驱动无需任何挂载。',
  },
  references: {
    cisDocker: ['5.6'],
    nist800190: ['4.5.5'],
    links: ['https://docs.docker.com/engine/logging/configure/'],
  },
  counterexample: {
    mounts: [{ kind: 'bind', source: '/dev/log', target: '/dev/log', readOnly: false, options: {} }],
  },

  judge(container, { machine }) {
    const mounts = logMounts(container, machine);
    const [first] = mounts;
    if (first) {
      const list = listed(mounts.map(({ held, ...each }) => mountWords(each, held)));
      return fail(
        {
          en: `It can write to the host's log through ${list.en}.`,
          zh: `容器可通过以下挂载写入主机日志：${list.zh}。`,
        },
        mounts.map(({ field, path }) => configured(container, field, path)),
        first.field,
      );
    }
    return pass(
      { en: 'No log socket of the host is mounted.', zh: '未挂载主机的日志套接字。' },
      hostMounts(container, machine).map(({ field, path }) => configured(container, field, path)),
    );
  },

  remedy(container, { machine }) {
    const mounts = new Set(logMounts(container, machine).map(({ field }) => field));
    return changeSpec(
      { mounts: container.mounts.filter((_, index) => !mounts.has(`mounts[${index}]`)) },
      {
        en: 'Take the mount away, log to standard output, and let the log driver journald or syslog carry it to the host.',
        zh: '移除该挂载，将日志写到标准输出，由 journald 或 syslog 日志驱动送达主机。',
      },
    );
  },
});

/** Sockets as they are usually named. `/dev/log` is a link into the second directory where systemd runs. */
const sockets = ['/dev/log', '/run/systemd/journal/dev-log', '/run/systemd/journal/socket'];

function logMounts(container: ContainerSpec, machine: Machine | undefined): (HostMount & { readonly held?: string })[] {
  return hostMounts(container, machine).flatMap((each) => {
    const path = canonicalPath(each.path);
    // A journal namespace has its own directory: /run/systemd/journal.NAME.
    if (path === '/dev/log' || /^\/run\/systemd\/journal(\.[^/]+)?(\/|$)/.test(path)) return [each];
    // A pod that mounts so much of its node has graver things there than the log: other controls say so.
    if (container.dialect === 'pod') return [];
    const held = sockets.find((socket) => isWithin(socket, path));
    return held === undefined ? [] : [{ ...each, held }];
  });
}
