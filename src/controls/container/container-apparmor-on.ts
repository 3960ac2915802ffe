import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { parseSecurityLabel, type SecurityLabel } from './security-label.ts';
import { securityModule, securityOption } from './security-option.ts';

const field = 'security.appArmor';

export const containerApparmorOn = defineControl({
  id: 'container-apparmor-on',
  subject: 'container',
  severity: 'medium',
  title: { en: 'An AppArmor profile is enforced', zh: '强制执行 AppArmor 配置文件' },
  why: {
    en: 'The profile forbids what capabilities and namespaces leave open: mounting, writing below /proc and /sys, tracing processes outside the container.',
    zh: 'AppArmor 配置文件禁止了 capability 和命名空间未能覆盖的操作：挂载、写入 /proc 和 /sys、跟踪容器之外的进程。',
  },
  how: {
    en: "The running process' own label must name a profile in enforce or kill mode. Of a container that does not run, the profile must not be unconfined, and the engine must use AppArmor. On a host without AppArmor it is not asked, whatever profile is named: the engine accepts any name there and confines nothing.",
    zh: '运行中进程自身的标签必须指向处于 enforce 或 kill 模式的配置文件。未运行的容器不得设为 unconfined，且引擎必须启用 AppArmor。主机没有 AppArmor 时不作判断，无论写了什么配置文件名称：此时引擎接受任何名称，却不施加任何限制。',
  },
  references: {
    cisDocker: ['5.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['KSV-0002'],
    links: ['https://docs.docker.com/engine/security/apparmor/'],
  },
  counterexample: { security: { appArmor: 'unconfined' } },

  judge(container, { machine }) {
    const fact = container.effective?.securityLabel;
    const label = fact?.known ? parseSecurityLabel(fact.value) : undefined;
    if (fact?.known && label && isEnforced(label)) {
      return pass(
        { en: `The kernel enforces ${fact.value}.`, zh: `内核正在强制执行 ${fact.value}。` },
        evidenceOf(fact),
      );
    }
    const elsewhere = machine && withoutAppArmor(container, machine);
    if (elsewhere) return elsewhere;
    if (fact?.known && label && label.module !== 'selinux') {
      return fail(
        label.module === 'apparmor' && label.mode === 'complain'
          ? {
              en: `The profile ${label.profile} only records what it should forbid.`,
              zh: `配置文件 ${label.profile} 处于 complain 模式，只记录而不阻止。`,
            }
          : { en: 'No AppArmor profile confines its first process.', zh: '其首个进程不受任何 AppArmor 配置文件约束。' },
        evidenceOf(fact),
        field,
      );
    }
    return judgePaper(container, machine);
  },

  remedy(container, { machine }) {
    const fact = container.effective?.securityLabel;
    const label = fact?.known ? parseSecurityLabel(fact.value) : undefined;
    if (label?.module === 'apparmor' && label.mode === 'complain') {
      return byHand(
        {
          en: `Put the profile ${label.profile} into enforce mode.`,
          zh: `将配置文件 ${label.profile} 切换到 enforce 模式。`,
        },
        ['aa-status'],
      );
    }
    const used = machine && securityOption(machine.engine, 'apparmor');
    if (used?.known && used.value === undefined) {
      return byHand(
        {
          en: 'Install the AppArmor tools (apparmor_parser), with which the engine loads its profile, and restart the engine.',
          zh: '安装 AppArmor 工具（apparmor_parser），引擎靠它加载配置文件，然后重启引擎。',
        },
        ['apt-get install apparmor', 'systemctl restart docker'],
        'daemon-restart',
      );
    }
    return changeSpec(
      { ...(container.privileged ? { privileged: false } : {}), security: { appArmor: null } },
      {
        en: "Leave the engine's default profile on, or name one that is loaded on the host.",
        zh: '保留引擎的默认配置文件，或指定一个已在主机上加载的配置文件。',
      },
    );
  },
});

function isEnforced(label: SecurityLabel): boolean {
  return label.module === 'apparmor' && (label.mode === 'enforce' || label.mode === 'kill');
}

/** Where no profile can be in force, whatever the container asks for. */
function withoutAppArmor(container: ContainerSpec, machine: Machine): Verdict | undefined {
  const active = securityModule(machine, 'apparmor');
  if (!active.known) return unknownFrom(active);
  if (!active.value) {
    const named = container.security.appArmor;
    return notApplicable(
      named === undefined || named === 'unconfined'
        ? { en: 'The host does not use AppArmor.', zh: '主机未使用 AppArmor。' }
        : {
            en: `The host does not use AppArmor; the profile ${named} has no effect.`,
            zh: `主机未使用 AppArmor，配置文件 ${named} 不起作用。`,
          },
      machine.engine.local && machine.host.securityModules.known
        ? evidenceOf(machine.host.securityModules)
        : evidenceOf(active),
    );
  }
  const rootless = securityOption(machine.engine, 'rootless');
  return rootless.known && rootless.value !== undefined
    ? notApplicable(
        { en: 'A rootless engine cannot load AppArmor profiles.', zh: 'rootless 引擎无法加载 AppArmor 配置文件。' },
        evidenceOf(rootless),
      )
    : undefined;
}

function judgePaper(container: ContainerSpec, machine: Machine | undefined): Verdict {
  const { appArmor } = container.security;
  const declared = configured(container, field, appArmor ?? null);
  if (appArmor === 'unconfined') {
    return fail(
      { en: 'Its AppArmor profile is unconfined.', zh: '其 AppArmor 配置文件为 unconfined。' },
      declared,
      field,
    );
  }
  if (appArmor === undefined && container.privileged) {
    return fail(
      { en: 'It is privileged, and so has no AppArmor profile.', zh: '容器处于特权模式，因此没有 AppArmor 配置文件。' },
      configured(container, 'privileged', true),
      'privileged',
    );
  }
  if (machine) {
    const used = securityOption(machine.engine, 'apparmor');
    if (!used.known) return unknownFrom(used);
    if (used.value === undefined) {
      return fail(
        { en: 'The host has AppArmor, but its engine does not use it.', zh: '主机启用了 AppArmor，但引擎没有使用。' },
        [declared, evidenceOf(used, null)],
        field,
      );
    }
  }
  return pass(
    appArmor === undefined
      ? { en: "The engine's default AppArmor profile applies.", zh: '采用引擎的默认 AppArmor 配置文件。' }
      : { en: `Its AppArmor profile is ${appArmor}.`, zh: `其 AppArmor 配置文件为 ${appArmor}。` },
    declared,
  );
}
