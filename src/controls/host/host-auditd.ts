import { defineControl } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, mapFact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { isAuditing } from './audit-watch.ts';

export const hostAuditd = defineControl({
  id: 'host-auditd',
  subject: 'host',
  severity: 'medium',
  title: { en: 'An audit daemon records what is changed on the host', zh: '由审计守护进程记录主机上的变更' },
  why: {
    en: 'After a break-in the log of the engine tells nothing about files that were changed past it. Only the audit of the kernel records who changed them.',
    zh: '入侵发生后，对于绕过引擎修改的文件，引擎日志无从说明。只有内核审计能记录是谁改的。',
  },
  how: {
    en: 'Looks for auditctl, which loads rules into the kernel, and asks it whether auditing is on and a daemon takes the records. Which files are watched is asked by controls of their own, host-audit-*.',
    zh: '查找把规则载入内核的 auditctl，并查询审计是否启用、是否有守护进程接收记录。监视哪些文件由 host-audit-* 各项控制分别判断。',
  },
  references: {
    nist800190: ['4.5.5'],
    links: ['https://man7.org/linux/man-pages/man8/auditctl.8.html'],
  },
  counterexample: { audit: mapFact(exemplarHost.audit, () => null) },

  judge({ audit }) {
    if (!audit.known) return unknownFrom(audit);
    if (audit.value === null) {
      return fail(
        { en: 'No audit daemon is installed: nothing is recorded.', zh: '未安装审计守护进程：没有任何记录。' },
        evidenceOf(audit, null),
      );
    }
    const { loaded, received, watches } = audit.value;
    if (!isAuditing(audit.value)) {
      return fail(
        { en: 'An audit daemon is installed, but auditing is switched off.', zh: '已安装审计守护进程，但审计已关闭。' },
        evidenceOf(audit, false, `${audit.path} enabled`),
      );
    }
    if (received === false) {
      return fail(
        {
          en: 'The kernel audits, but no audit daemon runs that takes its records.',
          zh: '内核正在审计，但没有运行中的审计守护进程接收其记录。',
        },
        evidenceOf(audit, 'pid 0', 'auditctl -s'),
      );
    }
    const count = evidenceOf(audit, watches.length, `${audit.path} watches`);
    return loaded
      ? pass({ en: `The kernel audits ${watches.length} paths.`, zh: `内核正在审计 ${watches.length} 个路径。` }, count)
      : pass(
          {
            en: `An audit daemon is installed, with rules for ${watches.length} paths.`,
            zh: `已安装审计守护进程，规则涉及 ${watches.length} 个路径。`,
          },
          count,
        );
  },

  remedy(host) {
    if (host.audit.known && host.audit.value !== null) {
      const isRunning = host.audit.value.received !== false;
      if (!isRunning && host.audit.value.enabled !== false) return byHand(startSummary, startCommands(host));
      return byHand(
        {
          en: 'Switch auditing on. Take "-e 0" and "-a task,never" out of the files in /etc/audit/rules.d, which would switch it off again.',
          zh: '启用审计。从 /etc/audit/rules.d 的文件中删除会再次关闭它的 "-e 0" 和 "-a task,never"。',
        },
        [...(isRunning ? [] : startCommands(host)), 'auditctl -e 1', 'augenrules --load'],
      );
    }
    return byHand(
      { en: 'Install the audit daemon and let it start.', zh: '安装审计守护进程并设为自动启动。' },
      installation(host),
    );
  },
});

const startSummary = {
  en: 'Let the audit daemon start, now and with the host.',
  zh: '立即启动审计守护进程，并设为开机自动启动。',
};

function startCommands({ distribution }: HostFacts): string[] {
  const isAlpine = distribution.known && distribution.value.id === 'alpine';
  return isAlpine ? ['rc-update add auditd', 'rc-service auditd start'] : ['systemctl enable --now auditd'];
}

/** Packages and what starts services are called differently. */
function installation(host: HostFacts): string[] {
  const { distribution } = host;
  const id = distribution.known ? distribution.value.id : '';
  const isOfDebian = ['debian', 'ubuntu', 'raspbian', 'linuxmint'].includes(id);
  const isOfSuse = ['sles', 'opensuse-leap', 'opensuse-tumbleweed'].includes(id);
  return [
    isOfDebian
      ? 'apt-get install auditd'
      : isOfSuse
        ? 'zypper install audit'
        : id === 'arch'
          ? 'pacman -S audit'
          : id === 'alpine'
            ? 'apk add audit'
            : 'dnf install audit',
    ...startCommands(host),
  ];
}
