import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, type UnreadableFact } from '../../model/fact.ts';
import type { HostProcess } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

/** Databases, web servers, mail servers and the like, by the names that the kernel shows. */
const servers = [
  'apache2',
  'beam.smp',
  'clamd',
  'clickhouse-serv',
  'dovecot',
  'etcd',
  'exim4',
  'httpd',
  'influxd',
  'lighttpd',
  'mariadbd',
  'memcached',
  'mongod',
  'mysqld',
  'named',
  'nginx',
  'nmbd',
  'php-fpm',
  'php-fpm8.2',
  'php-fpm8.3',
  'php-fpm8.4',
  'postgres',
  'proftpd',
  'redis-server',
  'sendmail',
  'slapd',
  'smbd',
  'squid',
  'valkey-server',
  'vsftpd',
];

export const hostDedicatedToContainers = defineControl({
  id: 'host-dedicated-to-containers',
  subject: 'host',
  severity: 'low',
  title: { en: 'The host runs containers and no other servers', zh: '主机只运行容器，不运行其他服务器程序' },
  why: {
    en: 'A database or web server beside the containers shares the kernel and the files with them: whoever breaks out of a container has its data, and whoever breaks into it has all containers.',
    zh: '与容器并存的数据库或 Web 服务器同容器共用内核和文件：容器逃逸者可取得其数据，攻破它的人则可控制所有容器。',
  },
  how: {
    en: 'Looks through the processes outside of containers for servers of other purposes, by the exact name that the kernel has for them.',
    zh: '在容器之外的进程中，按内核中的确切名称查找其他用途的服务器程序。',
  },
  references: { cisDocker: ['1.2.1'], nist800190: ['4.5.2'] },
  parameters: {
    servers: {
      default: servers,
      description: {
        en: 'Programs that belong in a container or on another host, as the kernel names them (at most 15 characters).',
        zh: '应放入容器或其他主机的程序，以内核中的名称为准（最多 15 个字符）。',
      },
    },
  },
  counterexample: {
    processes: { known: true, value: [{ pid: 77, name: 'mysqld', uid: 112 }], source: 'kernel', path: '/proc' },
  },

  judge({ processes }, { machine, parameters }) {
    if (!processes.known) return unknownFrom(processes);
    const names = processes.value.map(({ name }) => name).filter((name) => parameters.servers.includes(name));
    const found = [...new Set(names)];
    if (found.length === 0) {
      const gap = machine && engineUnseen(machine.engine, processes.value);
      if (gap) return unknownFrom(gap);
      return pass(
        { en: 'No other server runs beside the containers.', zh: '容器之外没有运行其他服务器程序。' },
        evidenceOf(processes, []),
      );
    }
    const { en, zh } = listed(found);
    return fail(
      { en: `Running beside the containers: ${en}.`, zh: `与容器并存运行：${zh}。` },
      evidenceOf(processes, found),
    );
  },

  remedy() {
    return byHand({
      en: 'Move these servers into containers with limits of their own, or onto another host.',
      zh: '将这些服务器程序迁入有独立限制的容器，或迁至其他主机。',
    });
  },
});

const engineNames = /^(?:balenad|balena-engine|dockerd|podman)/;

/** Why the engine that runs here is not among the processes: then these are not all, as in a container or with `hidepid`. */
function engineUnseen({ local, process }: EngineFacts, processes: readonly HostProcess[]): UnreadableFact | undefined {
  return !local || process.known || processes.some(({ name }) => engineNames.test(name)) ? undefined : process;
}
