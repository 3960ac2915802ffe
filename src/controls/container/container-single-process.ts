import { defineControl } from '../../model/control.ts';
import type { ContainerProcess } from '../../model/effective.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { isStarter, isSupervisor, isTool } from './process-role.ts';

export const containerSingleProcess = defineControl({
  id: 'container-single-process',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container runs one service', zh: '一个容器只运行一个服务' },
  why: {
    en: 'Services that share a container share its rights, limits and fate: a break into one is a break into all, and the engine neither sees nor restarts those behind the first process.',
    zh: '同一容器内的多个服务共享权限、资源限制和命运：攻破一个即攻破全部，而首个进程背后的服务，引擎既看不到也不会重启。',
  },
  how: {
    en: "Looks at the processes in the running container's cgroup. Fails when a known daemon runs beside another service, or when a supervisor keeps programs of different names. Workers of one name, shells, an init and the one program it starts pass.",
    zh: '检查运行中容器 cgroup 内的进程。已知守护进程与其他服务并存，或由监管程序维持多个不同名称的程序时，判为未通过。同名的工作进程、shell、init 及其启动的单个程序均可通过。',
  },
  references: { links: ['https://docs.docker.com/engine/containers/multi-service_container/'] },
  parameters: {
    daemons: {
      default: [
        'anacron',
        'apache2',
        'atd',
        'avahi-daemon',
        'caddy',
        'chronyd',
        'containerd',
        'cron',
        'crond',
        'dbus-daemon',
        'dnsmasq',
        'dockerd',
        'dropbear',
        'exim4',
        'fail2ban-server',
        'filebeat',
        'fluent-bit',
        'fluentd',
        'haproxy',
        'httpd',
        'lighttpd',
        'mariadbd',
        'memcached',
        'mongod',
        'mysqld',
        'named',
        'nginx',
        'node_exporter',
        'ntpd',
        'php-fpm',
        'postgres',
        'redis-server',
        'rsyslogd',
        'sendmail',
        'smbd',
        'snmpd',
        'squid',
        'sshd',
        'syslog-ng',
        'syslogd',
        'systemd-journald',
        'telegraf',
        'varnishd',
        'vsftpd',
        'zabbix_agentd',
      ],
      description: {
        en: 'Names of daemons that are a service of their own; a version at the end is ignored.',
        zh: '自成一个服务的守护进程名称，末尾的版本号会被忽略。',
      },
    },
  },

  judge({ effective, state }, { parameters }) {
    if (state !== 'running') return notApplicable({ en: 'It is not running.', zh: '容器未运行。' });
    if (!effective) {
      return unknown(
        { en: 'Its processes were not read.', zh: '未读取到容器的进程。' },
        { en: "run on the engine's own machine, as root", zh: '在引擎所在的主机上以 root 运行' },
      );
    }
    const { processes, pid } = effective;
    if (!processes.known) return unknownFrom(processes);
    const services = servicesOf(processes.value, pid, parameters.daemons);
    const evidence = evidenceOf(processes, services);
    if (services.length < 2) return pass({ en: 'It runs one service.', zh: '容器只运行一个服务。' }, evidence);
    const list = listed(services);
    return fail(
      {
        en: `It runs ${services.length} services: ${list.en}.`,
        zh: `容器运行了 ${services.length} 个服务：${list.zh}。`,
      },
      evidence,
      'command',
    );
  },

  remedy() {
    return byHand(
      {
        en: "Give each service a container of its own. Logs go to standard output, jobs to the host's timers or a scheduler.",
        zh: '每个服务使用独立的容器。日志写到标准输出，定时任务交给主机定时器或调度器。',
      },
      [],
      'rebuild',
    );
  },
});

/** Names of the services that run side by side; one name or none when there is nothing to object to. */
function servicesOf(processes: readonly ContainerProcess[], first: number, daemons: readonly string[]): string[] {
  const known = new Set(daemons.map((name) => name.slice(0, kernelNameLength)));
  const named = processes.map((process) => ({ ...process, name: serviceName(process.name, known) }));
  const started = startedBelow(named, first);
  const running = named.map(({ name }) => name).filter((name) => known.has(name));
  const services = [...new Set([...started, ...running])].toSorted();
  const supervised = named.some(({ name }) => isSupervisor(name));
  return supervised || running.length > 0 ? services : services.slice(0, 1);
}

/** The kernel keeps this many characters of a process' name. */
const kernelNameLength = 15;

/** `php-fpm8.2` is `php-fpm`. */
function serviceName(name: string, known: ReadonlySet<string>): string {
  const unversioned = name.replace(/-?\d+(\.\d+)*$/, '');
  return !known.has(name) && known.has(unversioned) ? unversioned : name;
}

/** What the first process is, or what it starts where it is an init, a shell, a script or a supervisor. */
function startedBelow(processes: readonly ContainerProcess[], pid: number): string[] {
  const process = processes.find((each) => each.pid === pid);
  if (process && !isStarter(process.name)) return [process.name];
  return processes
    .filter(({ parent, name, pid: own }) => parent === pid && own !== pid && !isTool(name))
    .flatMap((child) => startedBelow(processes, child.pid));
}
