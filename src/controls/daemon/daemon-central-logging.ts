import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';

export const daemonCentralLogging = defineControl({
  id: 'daemon-central-logging',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Container logs leave the host by default', zh: '容器日志默认发送到主机之外' },
  why: {
    en: 'Logs that exist only on the host are lost with it, and whoever takes the host over can rewrite them: what happened can then no longer be told.',
    zh: '只留在本机的日志会随主机一起丢失，控制主机的攻击者也能篡改日志，事后便无从查证。',
  },
  how: {
    en: 'Asks the running engine for its default log driver. A driver that ships logs passes; one that keeps them here (json-file, local, journald) passes only when the parameter collectors says that something collects them; none always fails.',
    zh: '查询运行中引擎的默认日志驱动。向外发送日志的驱动通过；只在本机保存的驱动（json-file、local、journald）仅当参数 collectors 声明有采集器时通过；none 一律不通过。',
  },
  references: {
    cisDocker: ['2.13'],
    nist800190: ['4.4.5'],
    links: ['https://docs.docker.com/engine/logging/configure/'],
  },
  parameters: {
    remoteDrivers: {
      default: ['syslog', 'fluentd', 'gelf', 'splunk', 'awslogs', 'gcplogs', 'logentries'] as string[],
      description: {
        en: 'Log drivers that send logs to another machine; name your log driver plugins here.',
        zh: '会将日志发送到其他机器的日志驱动；日志驱动插件也请列在此处。',
      },
    },
    collectors: {
      default: [] as string[],
      description: {
        en: 'Local log drivers whose logs a collector on this host picks up and ships: json-file, local, journald.',
        zh: '由本机采集器收集并外发日志的本地日志驱动：json-file、local、journald。',
      },
    },
    syslogAddress: {
      default: '',
      description: {
        en: 'The address of your log server (tcp+tls://logs.example:6514), for the remedy to set.',
        zh: '日志服务器地址（tcp+tls://logs.example:6514），供修复时写入。',
      },
    },
  },
  counterexample: { 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m', 'max-file': '3' } },

  judge({ info }, { parameters }) {
    if (!info.known) return unknownFrom(info);
    const driver = info.value.loggingDriver ?? '';
    const evidence = evidenceOf(info, info.value.loggingDriver ?? null, `${info.path} LoggingDriver`);
    if (driver === '') {
      return unknown(
        { en: 'The engine does not name its default log driver.', zh: '引擎未报告其默认日志驱动。' },
        {
          en: 'an engine that reports it; for Podman, look at log_driver in containers.conf',
          zh: '需要能报告该信息的引擎；若为 Podman，请查看 containers.conf 中的 log_driver',
        },
        evidence,
      );
    }
    if (driver === 'none') {
      return fail(
        {
          en: 'The default log driver is none: containers leave no logs at all.',
          zh: '默认日志驱动为 none：容器不留任何日志。',
        },
        evidence,
        'log-driver',
      );
    }
    const names = [driver, driver.replace(/:[^/]*$/, '')];
    if (names.some((name) => parameters.remoteDrivers.includes(name))) {
      return pass({ en: `${driver} ships the logs.`, zh: `${driver} 将日志发送到主机之外。` }, evidence);
    }
    return names.some((name) => parameters.collectors.includes(name))
      ? pass(
          { en: `The logs of ${driver} are declared as collected.`, zh: `已声明 ${driver} 的日志由采集器收集。` },
          evidence,
        )
      : fail(
          {
            en: `The default log driver is ${driver}, and nothing is declared that ships its logs.`,
            zh: `默认日志驱动为 ${driver}，且未声明有采集器外发其日志。`,
          },
          evidence,
          'log-driver',
        );
  },

  remedy(engine, { parameters }) {
    const address = parameters.syslogAddress;
    if (address === '') {
      return byHand({
        en: 'Have a collector ship the logs and name their driver in the parameter collectors, or set log-driver together with the log-opts of your log server. Replace log-opts as a whole: dockerd does not start with an option of another driver. Containers keep their driver until they are re-created.',
        zh: '部署采集器并在参数 collectors 中声明对应的驱动，或将 log-driver 连同日志服务器的 log-opts 一并设置。log-opts 须整体替换：含有其他驱动的选项时 dockerd 无法启动。现有容器重建后才会改用新驱动。',
      });
    }
    const set: JsonObject = { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': address } };
    return changeSettings(engine, set, {
      en: `Send logs to ${address}. The options of the old driver go with it, because dockerd does not start with them. Containers keep their driver until they are re-created.`,
      zh: `将日志发送到 ${address}。旧驱动的选项一并移除，否则 dockerd 无法启动。现有容器重建后才会改用新驱动。`,
    });
  },
});
