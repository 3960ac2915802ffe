import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { matchesGlob } from '../../model/glob.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { type ApiListeners, apiListeners, formatListener, parseHost } from './api-listeners.ts';
import { editUnitCommands, restartCommands } from './engine-service.ts';
import { changeSettings } from './setting-change.ts';
import { demandsClientCertificates } from './tls-settings.ts';

export const daemonUnixSocketOnly = defineControl({
  id: 'daemon-unix-socket-only',
  subject: 'engine',
  severity: {
    usual: 'critical',
    note: {
      en: 'Medium when the TCP listeners demand client certificates, or when the only fault is another unix socket.',
      zh: 'TCP 监听要求客户端证书，或仅仅多出其他 unix 套接字时，为中级。',
    },
    of(engine, { machine }) {
      const listeners = apiListeners(engine, machine);
      if (!listeners.known) return 'critical';
      const { tcp, unix } = listeners.value;
      const isMild = tcp.length > 0 ? demandsClientCertificates(engine) : unix.some((path) => !ownSockets.test(path));
      return isMild ? 'medium' : 'critical';
    },
  },
  title: { en: 'The engine answers on its own unix socket only', zh: '引擎仅在自己的 unix 套接字上提供服务' },
  why: {
    en: 'Whoever can talk to the API is root on the host. A unix socket is guarded by file permissions; a TCP port is open to every process, container and machine that can reach it.',
    zh: '能访问 API 就等于拥有主机 root 权限。unix 套接字受文件权限保护；TCP 端口则向所有可达的进程、容器和机器开放。',
  },
  how: {
    en: 'Looks at the sockets that the process of the engine holds; where they cannot be seen, at the hosts on its command line or in its configuration file, which do not tell what systemd opens (fd://). Ports of Swarm, of metrics and of published containers, and sockets below the runtime folder, are not the API.',
    zh: '查看引擎进程持有的套接字；无法查看时，依据命令行或配置文件中的 hosts，但其中看不出由 systemd 打开的套接字（fd://）。Swarm、metrics 和容器发布的端口，以及运行时目录下的套接字，均不属于 API。',
  },
  references: {
    cisDocker: ['2.7'],
    nist800190: ['4.5.4'],
    links: ['https://docs.docker.com/engine/security/protect-access/'],
  },
  parameters: {
    allowedSockets: {
      default: [] as string[],
      description: {
        en: 'Further unix sockets that the engine may answer on, as paths with * and ?.',
        zh: '允许引擎使用的其他 unix 套接字路径，可含 * 和 ?。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { hosts: ['unix:///var/run/docker.sock', 'tcp://0.0.0.0:2375'] },

  judge(engine, { machine, parameters }) {
    const listeners = apiListeners(engine, machine);
    if (!listeners.known) return unknownFrom(listeners);
    const faults = faultsOf(listeners.value, parameters.allowedSockets);
    if (faults.length === 0) {
      return pass(
        { en: 'The engine answers on its unix socket only.', zh: '引擎仅在其 unix 套接字上提供服务。' },
        evidenceOf(
          listeners,
          listeners.value.unix.map((path) => `unix://${path}`),
        ),
      );
    }
    return fail(
      { en: `The engine answers on ${faults.join(', ')}.`, zh: `引擎在 ${faults.join('、')} 上提供服务。` },
      evidenceOf(listeners, faults),
      'hosts',
    );
  },

  remedy(engine, { parameters }) {
    const written = daemonSetting(engine, 'hosts');
    const hosts = written.known && Array.isArray(written.value) ? written.value.map(String) : [];
    const kept = hosts.filter((host) => !isFault(host, parameters.allowedSockets));
    if (kept.length === hosts.length) return closeByHand(engine);
    return changeSettings(
      engine,
      { hosts: kept.length > 0 ? kept : null },
      {
        en: 'Take these listeners out of hosts. Remote clients can use ssh:// instead.',
        zh: '从 hosts 中移除这些监听。远程客户端可改用 ssh://。',
      },
    );
  },
});

const ownSockets = /^(\/var)?\/run\/(user\/\d+\/)?docker\.sock$/;

function isAllowedSocket(path: string, allowed: readonly string[]): boolean {
  return ownSockets.test(path) || allowed.some((pattern) => matchesGlob(pattern, path));
}

function faultsOf({ unix, tcp }: ApiListeners, allowed: readonly string[]): string[] {
  const sockets = unix.filter((path) => !isAllowedSocket(path, allowed)).map((path) => `unix://${path}`);
  return [...tcp.map((listener) => formatListener(listener)), ...sockets];
}

function isFault(host: string, allowed: readonly string[]): boolean {
  const parsed = parseHost(host);
  return parsed?.kind === 'tcp' || (parsed?.kind === 'unix' && !isAllowedSocket(parsed.path, allowed));
}

/** The listener is in nobody's hosts: systemd opened it, or the settings have changed since the start. */
function closeByHand(engine: EngineFacts) {
  return byHand(
    {
      en: 'The hosts of the engine do not name this listener: look for ListenStream in docker.socket, or restart the engine if its settings have changed since it started.',
      zh: '引擎的 hosts 中没有此监听：请检查 docker.socket 的 ListenStream；若设置在启动后改过，请重启引擎。',
    },
    ['systemctl cat docker.socket', ...editUnitCommands(engine), ...restartCommands(engine)],
    'daemon-restart',
  );
}
