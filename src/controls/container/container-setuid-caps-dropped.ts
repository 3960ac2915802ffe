import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { declaredNoNewPrivileges } from './declared-no-new-privileges.ts';
import { declaredUser } from './declared-user.ts';
import { fieldGiving, obtainableCapabilities, withoutCapabilities } from './obtainable-capabilities.ts';

const switching = ['SETUID', 'SETGID'];

export const containerSetuidCapsDropped = defineControl({
  id: 'container-setuid-caps-dropped',
  subject: 'container',
  severity: 'low',
  title: {
    en: 'SETUID and SETGID are dropped where the process does not switch users',
    zh: '进程无需切换用户时，丢弃 SETUID 和 SETGID',
  },
  why: {
    en: 'With these two capabilities a compromised process can become any user of the container, and so reach the files and processes of all of them.',
    zh: '拥有这两项 capability，被攻陷的进程可以变成容器内的任意用户，从而访问所有用户的文件和进程。',
  },
  how: {
    en: 'In a running container no process may hold or be able to get SETUID or SETGID; it is not asked of a container in which a process runs as another user than its parent. Otherwise the specification must drop them, or name a user other than root together with no-new-privileges.',
    zh: '运行中的容器里，任何进程都不得拥有或能够取得 SETUID、SETGID；若容器内有进程的用户与其父进程不同，则不作此判断。其余情况下，配置必须丢弃这两项，或同时指定非 root 用户与 no-new-privileges。',
  },
  references: {
    cisDocker: ['5.4'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
  counterexample: { user: '0', capabilities: { drop: [] } },

  judge(container, { machine }) {
    const { names, evidence } = obtainableCapabilities(container);
    const found = switching.filter((name) => names.has(name));
    if (found.length === 0) {
      return pass({ en: 'No process in it can change to another user.', zh: '容器内没有进程能够切换用户。' }, evidence);
    }
    return (
      (container.effective?.capabilities.known ? switchesUsers(container) : exempt(container, machine)) ??
      fail(
        {
          en: `A process in it has or can get ${found.join(', ')}.`,
          zh: `容器内的进程拥有或可以取得 ${found.join('、')}。`,
        },
        evidence,
        fieldGiving(container, found, 'capabilities.drop'),
      )
    );
  },

  remedy(container) {
    return changeSpec(withoutCapabilities(container, switching), {
      en: 'Drop SETUID and SETGID, unless its entry point starts as root in order to change to another user.',
      zh: '丢弃 SETUID 和 SETGID，除非其入口程序以 root 启动后还要切换到其他用户。',
    });
  },
});

/** A process that runs as another user than its parent in the same container has made use of them. */
function switchesUsers({ effective }: ContainerSpec): Verdict | undefined {
  const { processes } = effective ?? {};
  if (!processes?.known) return undefined;
  const users = new Map(processes.value.map(({ pid, hostUid }) => [pid, hostUid]));
  const child = processes.value.find(({ parent, hostUid }) => (users.get(parent) ?? hostUid) !== hostUid);
  return (
    child &&
    notApplicable(
      {
        en: `It switches users: ${child.name} (${child.pid}) runs as another user than its parent.`,
        zh: `容器会切换用户：${child.name}（${child.pid}）与其父进程的用户不同。`,
      },
      evidenceOf(processes, { pid: child.pid, hostUid: child.hostUid, parentHostUid: users.get(child.parent) ?? null }),
    )
  );
}

/** Without root and with no_new_privs, nobody in the container comes to hold a capability at all. */
function exempt(container: ContainerSpec, machine: Machine | undefined): Verdict | undefined {
  const sealed = declaredNoNewPrivileges(container, machine);
  const { root } = declaredUser(container);
  if (root === true || container.privileged) return undefined;
  if (!sealed.known) return unknownFrom(sealed);
  if (!sealed.value) return undefined;
  const user = configured(container, 'user', container.user ?? null);
  return root === undefined
    ? unknown(
        {
          en: 'It names no user: whether it runs as root, and could use SETUID and SETGID, is decided by the image.',
          zh: '未指定用户：是否以 root 运行、能否使用 SETUID 和 SETGID，取决于镜像。',
        },
        { en: 'name the user', zh: '指定用户' },
        user,
      )
    : pass(
        {
          en: 'It is not root and can gain no privileges: it cannot use them.',
          zh: '容器不以 root 运行且无法获得新特权，因此用不到这两项。',
        },
        [user, evidenceOf(sealed)],
      );
}
