import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { changeSettings } from '../daemon/setting-change.ts';
import { parseSecurityLabel, selinuxType } from './security-label.ts';
import { securityModule, securityOption } from './security-option.ts';

const field = 'security.selinux';

export const containerSelinuxLabel = defineControl({
  id: 'container-selinux-label',
  subject: 'container',
  severity: 'medium',
  title: { en: 'An SELinux label confines the container', zh: '容器受 SELinux 标签约束' },
  why: {
    en: 'The label keeps a process that breaks out of its container from every file and process of the host that does not carry the same label, even as root.',
    zh: '即使进程逃出容器并取得 root，SELinux 标签也会阻止它访问主机上不带相同标签的文件和进程。',
  },
  how: {
    en: "The type in the running process' own label decides, else the label that the engine recorded, else the options: label=disable, privileged mode and the PID or IPC namespace of the host leave a container without a label, as does an engine that does not use SELinux. It is not asked on hosts without SELinux.",
    zh: '以运行中进程自身标签的类型为准，其次是引擎记录的标签，再次是选项：label=disable、特权模式、共享主机 PID 或 IPC 命名空间都会使容器没有标签，引擎未启用 SELinux 时亦然。主机没有 SELinux 时不作判断。',
  },
  references: {
    cisDocker: ['5.3'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['KSV-0025'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/#security-opt'],
  },
  parameters: {
    types: {
      default: ['container_t', 'container_init_t', 'container_kvm_t', 'svirt_lxc_net_t'],
      description: {
        en: 'SELinux types that confine a container; add those of your own policy modules.',
        zh: '能够约束容器的 SELinux 类型；可加入自有策略模块的类型。',
      },
    },
  },
  counterexample: { security: { selinux: ['disable'] } },

  judge(container, { parameters, machine }) {
    const { types } = parameters;
    const fact = container.effective?.securityLabel;
    const label = fact?.known ? parseSecurityLabel(fact.value) : undefined;
    if (fact?.known && label?.module === 'selinux') return judgeType(label.type, types, evidenceOf(fact));
    if (machine) {
      const active = securityModule(machine, 'selinux');
      if (!active.known) return unknownFrom(active);
      if (!active.value) {
        const modules = machine.host.securityModules;
        return notApplicable(
          { en: 'The host does not use SELinux.', zh: '主机未使用 SELinux。' },
          modules.known ? evidenceOf(modules) : evidenceOf(active),
        );
      }
    }
    if (fact?.known && label?.module === 'none') {
      return fail({ en: 'Its first process has no label.', zh: '其首个进程没有标签。' }, evidenceOf(fact), field);
    }
    return judgePaper(container, types, machine);
  },

  remedy(container, { parameters, machine }) {
    const { types } = parameters;
    const used = machine && securityOption(machine.engine, 'selinux');
    const isUnused = used?.known === true && used.value === undefined;
    if (machine && isUnused && judgePaper(container, types, undefined).status === 'pass') {
      return changeSettings(
        machine.engine,
        { 'selinux-enabled': true },
        {
          en: 'Switch SELinux on in the engine, with the container-selinux policy installed, and re-create the container.',
          zh: '安装 container-selinux 策略，在引擎中启用 SELinux，然后重建容器。',
        },
      );
    }
    const kept = container.security.selinux.filter(
      (option) => option !== 'disable' && (typeOf(option) === undefined || types.includes(typeOf(option) ?? '')),
    );
    const asked = sharesWithHost(container) && kept.length === 0 ? [`type:${types[0] ?? 'container_t'}`] : kept;
    return changeSpec(
      { ...(container.privileged ? { privileged: false } : {}), security: { selinux: asked } },
      {
        en: 'Let the engine label the container; give mounted directories that it must read the option :z or :Z.',
        zh: '由引擎为容器设置标签；对需要读取的挂载目录使用 :z 或 :Z 选项。',
      },
    );
  },
});

function judgeType(type: string, types: readonly string[], evidence: Evidence): Verdict {
  return types.includes(type)
    ? pass({ en: `Its SELinux type is ${type}.`, zh: `其 SELinux 类型为 ${type}。` }, evidence)
    : fail(
        {
          en: `Its SELinux type ${type} is not one that confines containers.`,
          zh: `其 SELinux 类型 ${type} 不属于约束容器的类型。`,
        },
        evidence,
        field,
      );
}

function judgePaper(container: ContainerSpec, types: readonly string[], machine: Machine | undefined): Verdict {
  const { selinux, processLabel } = container.security;
  if (container.privileged) {
    return fail(
      { en: 'It is privileged, and so has no label.', zh: '容器处于特权模式，因此没有标签。' },
      configured(container, 'privileged', true),
      'privileged',
    );
  }
  const recorded = processLabel === undefined ? undefined : selinuxType(processLabel);
  if (recorded !== undefined && !selinux.includes('disable')) {
    return judgeType(recorded, types, configured(container, 'security.processLabel', processLabel ?? null));
  }
  const index = selinux.findIndex((option) => option === 'disable' || typeOf(option) !== undefined);
  const option = selinux[index];
  const declared = configured(container, field, selinux);
  if (option === 'disable') {
    return fail({ en: 'Its label is switched off.', zh: '其标签已被关闭。' }, declared, `${field}[${index}]`);
  }
  const type = option === undefined ? undefined : typeOf(option);
  if (type !== undefined && !types.includes(type)) return judgeType(type, types, declared);
  if (selinux.length === 0 && sharesWithHost(container)) {
    return fail(
      {
        en: "It shares the host's PID or IPC namespace, for which the engine leaves the label away.",
        zh: '容器共享主机的 PID 或 IPC 命名空间，引擎因此不为其设置标签。',
      },
      (['pid', 'ipc'] as const).map((kind) =>
        configured(container, `namespaces.${kind}`, container.namespaces[kind] ?? null),
      ),
      field,
    );
  }
  if (machine) {
    const used = securityOption(machine.engine, 'selinux');
    if (!used.known) return unknownFrom(used);
    if (used.value === undefined) {
      return fail(
        { en: 'The host has SELinux, but its engine sets no labels.', zh: '主机启用了 SELinux，但引擎不设置标签。' },
        [declared, evidenceOf(used, null)],
        field,
      );
    }
  }
  return pass({ en: 'The engine labels it.', zh: '由引擎设置标签。' }, declared);
}

function typeOf(option: string): string | undefined {
  return /^type[:=](.+)$/.exec(option)?.[1];
}

/** Unless label options say otherwise, Docker switches the label off for these. */
function sharesWithHost({ namespaces }: ContainerSpec): boolean {
  return namespaces.pid === 'host' || namespaces.ipc === 'host';
}
