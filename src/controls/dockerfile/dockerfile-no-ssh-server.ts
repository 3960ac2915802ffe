import { defineControl } from '../../model/control.ts';
import { type Instruction, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { exposedPorts } from './exposed-ports.ts';
import { imageInstructions } from './image-instructions.ts';
import { type KeptPackage, keptPackages } from './kept-packages.ts';
import { commandsOf, runCommands } from './run-commands.ts';

interface Finding {
  readonly span: Span;
  readonly value: string;
  readonly message: Text;
}

const sshPort = 22;
const servers = new Set(['sshd', 'dropbear', 'tinysshd']);

export const dockerfileNoSshServer = defineControl({
  id: 'dockerfile-no-ssh-server',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'The image has no SSH server', zh: '镜像不含 SSH 服务' },
  why: {
    en: "An SSH server in a container is one more way in, with keys and passwords of its own that nobody rotates, and its sessions pass by the engine's access control and log.",
    zh: '容器内的 SSH 服务多开了一个入口，自带的密钥和口令无人轮换，其会话也绕过了引擎的访问控制与日志。',
  },
  how: {
    en: "Looks in the stages that make the image for packages that bring a server and are not removed again, for port 22 in EXPOSE, and for RUN, CMD and ENTRYPOINT that start or enable one. Clients pass; Alpine's and SUSE's package openssh brings the server too.",
    zh: '在构成镜像的各阶段中查找安装且未再移除的服务端软件包、EXPOSE 中的 22 端口，以及启动或启用 SSH 服务的 RUN、CMD、ENTRYPOINT。客户端不算；Alpine 与 SUSE 的 openssh 软件包同时包含服务端。',
  },
  references: {
    cisDocker: ['5.7'],
    nist800190: ['4.1.2'],
    aliases: ['dockerfile-no-port-22', 'DS-0004', 'CKV_DOCKER_1'],
    links: ['https://docs.docker.com/reference/cli/docker/container/exec/'],
  },
  parameters: {
    packages: {
      default: ['openssh-server', 'openssh-server-pam', 'dropbear', 'dropbear-bin', 'dropbear-run', 'tinysshd'],
      description: { en: 'Packages that bring an SSH server.', zh: '包含 SSH 服务端的软件包。' },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nEXPOSE 22\n',
    good: 'FROM debian:13\nEXPOSE 8080\n',
  },

  judge(file, { parameters: { packages } }) {
    const instructions = imageInstructions(file);
    const findings: Finding[] = [
      ...keptPackages(instructions)
        .filter((each) => packages.includes(each.name) || bringsServer(each))
        .map(({ name, word: { span } }) => ({
          span,
          value: name,
          message: { en: `${name} is an SSH server.`, zh: `${name} 包含 SSH 服务端。` },
        })),
      ...exposedPorts(instructions)
        .filter(({ protocol, from, to }) => protocol === 'tcp' && from <= sshPort && sshPort <= to)
        .map(({ span, text }) => ({
          span,
          value: text,
          message: { en: 'It exposes port 22, as SSH servers do.', zh: '声明了 SSH 服务使用的 22 端口。' },
        })),
      ...started(instructions),
    ];
    return findings.length > 0
      ? findings.map(({ message, span, value }) => failAt(message, file.locate(span), value, span))
      : pass({ en: 'Nothing installs, exposes or starts an SSH server.', zh: '没有安装、暴露或启动 SSH 服务。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Take the server out, and use docker exec or kubectl exec for what it was there for. Where only the client is needed, install openssh-client.',
        zh: '移除 SSH 服务，改用 docker exec 或 kubectl exec。只需要客户端时安装 openssh-client。',
      },
      [],
      'rebuild',
    );
  },
});

function bringsServer({ name, manager }: KeptPackage): boolean {
  return (
    (name === 'openssh' && (manager === 'apk' || manager === 'zypper')) || (name === 'ssh' && manager.startsWith('apt'))
  );
}

function started(instructions: readonly Instruction[]): Finding[] {
  const commands = [
    ...runCommands(instructions).map(({ command }) => command),
    ...instructionsOf(instructions, ['cmd', 'entrypoint'], { onbuild: true }).flatMap(commandsOf),
  ];
  const spans = commands.flatMap((command) => (startsServer(command) ? [command.words[0]?.span ?? command.span] : []));
  const message = { en: 'It starts or enables an SSH server.', zh: '启动或启用了 SSH 服务。' };
  return spans.map((span) => ({ span, value: 'ssh', message }));
}

function startsServer({ program, words: [, ...words] }: ShellCommand): boolean {
  const texts = words.map(({ text }) => text.replace(/\.service$/, ''));
  // `sshd -t` and `-T` only read the settings.
  if (servers.has(program)) return !texts.some((text) => /^-(?:[tTV]|-version|-help)$/.test(text));
  const [first = '', second = ''] = texts;
  switch (program) {
    case 'service':
      return isService(first) && /^(?:re)?start$/.test(second);
    case 'ssh':
      // `/etc/init.d/ssh start`: the program's folder is not part of its name.
      return texts.length === 1 && /^(?:re)?start$/.test(first);
    case 'systemctl':
      return texts.some((text) => /^(?:enable|start|restart)$/.test(text)) && texts.some(isService);
    case 'rc-update':
      return first === 'add' && isService(second);
    case 'rc-service':
      return isService(first) && /^(?:re)?start$/.test(second);
    case 'update-rc.d':
      return isService(first) && /^(?:defaults|enable)$/.test(second);
    default:
      return false;
  }
}

function isService(name: string): boolean {
  return name === 'ssh' || servers.has(name);
}
