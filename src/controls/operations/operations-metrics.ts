import { askedOfPerson } from '../asked-of-person.ts';
import { findProgram } from './site-programs.ts';

export const operationsMetrics = askedOfPerson({
  id: 'operations-metrics',
  severity: 'low',
  title: {
    en: 'Use and performance of the host and its containers are monitored',
    zh: '监控主机及其容器的资源使用与性能',
  },
  why: {
    en: 'Miners, loops and leaks show first as load. Without numbers over time nobody sees what is unusual, nor when a limit is near.',
    zh: '挖矿程序、死循环和泄漏首先表现为负载异常。没有持续的指标，就看不出异常，也不知道何时接近上限。',
  },
  how: {
    en: 'A program that is known to gather metrics passes: a process on the host, a container that runs, or an enabled unit. Where there is none a person answers. Who can reach the metrics of the engine is asked by another control.',
    zh: '主机进程、运行中的容器或已启用的单元中有已知的指标采集程序则通过；没有则由人回答。引擎指标可被谁访问由另一检查项判断。',
  },
  question: {
    en: 'Are use and performance of this host and its containers recorded, and does somebody hear of what is unusual?',
    zh: '本机及其容器的资源使用与性能是否有记录，异常时是否会通知到人？',
  },
  references: { nist800190: ['4.4.4'], aliases: ['ops-metrics'] },
  parameters: {
    programs: {
      default: [
        'node_exporter',
        'node-exporter',
        'prometheus-node-exporter',
        'cadvisor',
        'telegraf',
        'netdata',
        'collectd',
        'zabbix_agentd',
        'zabbix_agent2',
        'zabbix-agent',
        'zabbix-agent2',
        'metricbeat',
        'datadog-agent',
        'otelcol',
        'otelcol-contrib',
        'pmcd',
      ] as string[],
      description: {
        en: 'Programs that gather metrics, by the names of their process, image or unit.',
        zh: '采集指标的程序，以其进程、镜像或单元的名称表示。',
      },
    },
  },
  proof(host, { parameters, machine }) {
    const program = findProgram(host, machine, parameters.programs);
    return (
      program && {
        message: { en: `${program.name} gathers metrics.`, zh: `${program.name} 采集指标。` },
        evidence: program.evidence,
      }
    );
  },
  summary: {
    en: 'Run a program that gathers metrics of the host and its containers, reachable only for your monitoring, and set alarms.',
    zh: '运行采集主机和容器指标的程序，仅允许监控系统访问，并设置告警。',
  },
});
