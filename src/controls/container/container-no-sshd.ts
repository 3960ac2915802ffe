import { type ContainerSpec, configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { programName } from './process-role.ts';
import { startedPrograms } from './started-program.ts';

const sshPort = 22;

export const containerNoSshd = defineControl({
  id: 'container-no-sshd',
  subject: 'container',
  severity: 'medium',
  title: { en: 'No SSH server runs in the container', zh: '容器内不运行 SSH 服务' },
  why: {
    en: "An SSH server in a container is one more way in, with keys and passwords of its own that nobody rotates, and its sessions pass by the engine's access control and log.",
    zh: '容器内的 SSH 服务多开了一个入口，自带的密钥和口令无人轮换，其会话也绕过了引擎的访问控制与日志。',
  },
  how: {
    en: "Looks at the processes in the container's own cgroup, by exact name, and at port 22 in its own network namespace. Where nothing runs, the command and the declared ports decide; a command that the image chooses is judged with the image.",
    zh: '检查容器自身 cgroup 中的进程（按名称精确匹配）以及其自身 network 命名空间的 22 端口。容器未运行时以命令和声明的端口为准；由镜像决定的命令在检查镜像时判断。',
  },
  references: {
    cisDocker: ['5.7'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-ssh-port', 'C-0042', 'kube-linter:ssh-port'],
  },
  parameters: {
    names: {
      default: ['dropbear', 'sshd'],
      description: { en: "Names of SSH servers' processes.", zh: 'SSH 服务的进程名。' },
    },
  },
  counterexample: { command: ['/usr/sbin/sshd', '-D'] },

  judge(container, { parameters }) {
    const { effective, state } = container;
    if (state !== 'running') return judgePaper(container, parameters.names);
    if (!effective) {
      const declared = judgePaper(container, parameters.names);
      return declared.status === 'fail' ? declared : unseen;
    }
    const { processes } = effective;
    const servers = processes.known ? processes.value.filter(({ name }) => parameters.names.includes(name)) : [];
    if (processes.known && servers.length > 0) {
      const names = listed([...new Set(servers.map(({ name }) => name))]);
      return fail(
        { en: `An SSH server runs in it: ${names.en}.`, zh: `容器内运行着 SSH 服务：${names.zh}。` },
        evidenceOf(
          processes,
          servers.map(({ name, pid }) => `${name} (${pid})`),
        ),
        'command',
      );
    }
    const { listeners } = effective;
    if (ownsNetwork(container) && listeners.known) {
      const open = listeners.value.find(({ protocol, port }) => protocol.startsWith('tcp') && port === sshPort);
      if (open) {
        return fail(
          { en: 'It listens on port 22, as SSH servers do.', zh: '容器正在监听 SSH 服务使用的 22 端口。' },
          evidenceOf(listeners, `${open.protocol} ${open.address}:${open.port}`),
          'command',
        );
      }
    }
    if (!processes.known) return unknownFrom(processes);
    return pass(
      { en: 'No SSH server runs in it.', zh: '容器内没有运行 SSH 服务。' },
      evidenceOf(processes, [...new Set(processes.value.map(({ name }) => name))]),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Take the SSH server out of the image and its command, and use docker exec or kubectl exec for what it was there for.',
        zh: '从镜像和启动命令中移除 SSH 服务，改用 docker exec 或 kubectl exec。',
      },
      [],
      'rebuild',
    );
  },
});

const unseen = unknown(
  { en: 'Its processes were not read.', zh: '未读取到容器的进程。' },
  { en: "run on the engine's own machine, as root", zh: '在引擎所在的主机上以 root 运行' },
);

function judgePaper(container: ContainerSpec, names: readonly string[]): Verdict {
  const programs = startedPrograms(container);
  const field = container.command.length > 0 ? 'command' : 'entrypoint';
  const server = programs.find((program) => names.includes(program));
  if (server !== undefined) {
    return fail(
      { en: `Its command starts ${server}.`, zh: `启动命令会运行 ${server}。` },
      configured(container, field, server),
      field,
    );
  }
  const port = declaredPort(container);
  if (port !== undefined) {
    return fail(
      { en: 'It declares port 22, as SSH servers do.', zh: '容器声明了 SSH 服务使用的 22 端口。' },
      configured(container, port, sshPort),
      port,
    );
  }
  return programs.length === 0
    ? notApplicable({ en: 'The image decides what it starts.', zh: '启动的程序由镜像决定。' })
    : pass(
        { en: 'Its command starts no SSH server.', zh: '启动命令未运行 SSH 服务。' },
        configured(container, field, programName([...container.entrypoint, ...container.command][0] ?? '')),
      );
}

function declaredPort({ ports, exposedPorts }: ContainerSpec): string | undefined {
  const published = ports.findIndex(({ containerPort, protocol }) => containerPort === sshPort && protocol === 'tcp');
  if (published >= 0) return `ports[${published}]`;
  const exposed = exposedPorts.findIndex((port) => /^22(\/tcp)?$/i.test(port));
  return exposed >= 0 ? `exposedPorts[${exposed}]` : undefined;
}

/** A listener in the host's namespace, or in another container's, is not this container's. */
function ownsNetwork({ effective, namespaces }: ContainerSpec): boolean {
  const network = effective?.namespaces.network;
  return network?.known === true && !network.value.host && !/^(host$|container:)/.test(namespaces.network ?? '');
}
