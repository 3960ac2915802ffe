import type { EngineFacts } from '../../model/engine.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { Evidence } from '../../model/fact.ts';
import { textIn } from '../../model/json.ts';
import { askedOfPerson } from '../asked-of-person.ts';
import { isEveryAddress, isLoopback } from '../../model/internet-address.ts';
import { findProgram } from './site-programs.ts';

export const operationsCentralLogs = askedOfPerson({
  id: 'operations-central-logs',
  severity: 'medium',
  title: { en: 'Logs are collected away from the host and kept', zh: '日志集中收集到主机之外并妥善保存' },
  why: {
    en: 'Whoever takes the host over can rewrite what is logged on it. Only logs that are elsewhere, kept long enough and read, tell what happened.',
    zh: '控制主机的攻击者可以篡改本机日志。只有存放在别处、保存足够久且有人查看的日志，才能说明发生过什么。',
  },
  how: {
    en: 'A program that is known to ship logs passes: a process on the host, a container that runs, or an enabled unit; so does a default log driver of the engine that sends them to another machine. Where there is neither a person answers.',
    zh: '主机进程、运行中的容器或已启用的单元中有已知的日志外发程序，或引擎的默认日志驱动将日志发送到其他机器，则通过；否则由人回答。',
  },
  question: {
    en: 'Are the logs of this host and its containers collected on another machine, kept for at least 90 days and read by somebody?',
    zh: '本机及其容器的日志是否收集到其他机器，至少保存 90 天，且有人查看？',
  },
  references: { cisDocker: ['2.13'], nist800190: ['4.4.4'], aliases: ['ops-central-logs'] },
  parameters: {
    programs: {
      default: [
        'fluent-bit',
        'fluentbit',
        'fluentd',
        'td-agent',
        'td-agent-bit',
        'vector',
        'filebeat',
        'promtail',
        'alloy',
        'otelcol-contrib',
        'splunkd',
        'SplunkForwarder',
        'wazuh-agent',
        'google-cloud-ops-agent',
        'systemd-journal-upload',
      ] as string[],
      description: {
        en: 'Programs that ship logs, by the names of their process, image or unit.',
        zh: '外发日志的程序，以其进程、镜像或单元的名称表示。',
      },
    },
    remoteDrivers: {
      default: ['gelf', 'splunk', 'awslogs', 'gcplogs', 'logentries'] as string[],
      description: {
        en: 'Log drivers of the engine that send logs to another machine; syslog counts where its address is one, and none does whose address is this host.',
        zh: '将日志发送到其他机器的引擎日志驱动；syslog 仅当其地址为其他机器时计入；地址为本机的一律不计。',
      },
    },
  },
  proof(host, { parameters, machine }) {
    const program = findProgram(host, machine, parameters.programs);
    if (program) {
      return {
        message: { en: `${program.name} ships logs.`, zh: `${program.name} 外发日志。` },
        evidence: program.evidence,
      };
    }
    const driver = machine && remoteDriver(machine.engine, parameters.remoteDrivers);
    return (
      driver && {
        message: {
          en: 'The engine sends the logs of containers to another machine by default.',
          zh: '引擎默认将容器日志发送到其他机器。',
        },
        evidence: driver,
      }
    );
  },
  summary: {
    en: 'Ship the logs of the host, the engine and the containers to another machine, keep them for at least 90 days and name who reads them.',
    zh: '将主机、引擎和容器的日志发送到其他机器，至少保存 90 天，并指定查看人。',
  },
});

/** The option of a driver that says where logs go. */
const addressOptions: Readonly<Record<string, string>> = {
  syslog: 'syslog-address',
  gelf: 'gelf-address',
  splunk: 'splunk-url',
};

function remoteDriver(engine: EngineFacts, remoteDrivers: readonly string[]): Evidence | undefined {
  const { info } = engine;
  const driver = info.known ? info.value.loggingDriver : undefined;
  const isNamed = driver !== undefined && remoteDrivers.includes(driver);
  if (driver === undefined || (driver !== 'syslog' && !isNamed)) return undefined;
  const options = daemonSetting(engine, 'log-opts');
  const address = options.known ? textIn(options.value, addressOptions[driver] ?? '') : undefined;
  if (address !== undefined) {
    // It may have a password in it.
    const value = address.replace(/^([a-z+]+:\/\/)[^/]*@/i, '$1');
    return isElsewhere(address) ? { source: options.source, path: options.path, value } : undefined;
  }
  // Without an address syslog is the one of this host, unless the site says that it sends on what it gets.
  return isNamed ? { source: info.source, path: `${info.path} LoggingDriver`, value: driver } : undefined;
}

/** Of another machine; a socket in the file system is of this one. */
function isElsewhere(address: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(address) ?? {};
  const isNetwork = ['tcp:', 'udp:', 'tcp+tls:', 'http:', 'https:'].includes(protocol);
  return isNetwork && hostname !== '' && !isLoopback(hostname) && !isEveryAddress(hostname);
}
