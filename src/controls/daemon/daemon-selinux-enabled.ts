import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { securityOption } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonSelinuxEnabled = defineControl({
  id: 'daemon-selinux-enabled',
  subject: 'engine',
  severity: 'high',
  title: {
    en: 'The engine labels containers where the host uses SELinux',
    zh: '主机启用 SELinux 时，引擎为容器设置标签',
  },
  why: {
    en: 'Without labels the policy of the host does not tell one container from another, nor from the engine: a process that escapes is held back by nothing that SELinux offers.',
    zh: '没有标签，主机策略就无法区分不同容器，也无法区分容器与引擎：逃逸的进程不受 SELinux 的任何约束。',
  },
  how: {
    en: 'Where the kernel lists selinux among its security modules, the running engine must report that it uses it. The setting is not enough.',
    zh: '内核的安全模块中含有 selinux 时，运行中的引擎必须报告已启用 SELinux；仅有设置并不足够。',
  },
  references: {
    cisDocker: ['5.3'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  engines: ['docker'],
  counterexample: { 'selinux-enabled': false },

  judge({ info, local }, { machine }) {
    if (info.known && securityOption(info.value, 'selinux')) {
      return pass(
        { en: 'The engine labels its containers.', zh: '引擎会为容器设置标签。' },
        evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`),
      );
    }
    if (!machine || !local) {
      return unknown(
        {
          en: "It is not known whether the engine's host uses SELinux.",
          zh: '无法得知引擎所在主机是否使用 SELinux。',
        },
        { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
      );
    }
    const { securityModules } = machine.host;
    if (!securityModules.known) return unknownFrom(securityModules);
    const modules = evidenceOf(securityModules);
    if (!securityModules.value.includes('selinux')) {
      return notApplicable({ en: 'The host does not use SELinux.', zh: '主机未使用 SELinux。' }, modules);
    }
    if (!info.known) return unknownFrom(info);
    return fail(
      {
        en: 'The host uses SELinux, and the engine gives its containers no labels.',
        zh: '主机使用 SELinux，但引擎未给容器设置标签。',
      },
      [modules, evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`)],
      'selinux-enabled',
    );
  },

  remedy(engine) {
    return changeSettings(
      engine,
      { 'selinux-enabled': true },
      {
        en: 'Set "selinux-enabled" to true, with the policy package container-selinux installed. Containers get labels when they are re-created; their bind mounts then need :z or :Z.',
        zh: '安装 container-selinux 策略包，并将 "selinux-enabled" 设为 true。容器重建后才会获得标签，届时其绑定挂载需加 :z 或 :Z。',
      },
    );
  },
});
