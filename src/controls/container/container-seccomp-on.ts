import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from '../daemon/setting-change.ts';
import { seccompChoice, seccompEvidence } from './seccomp-profile.ts';
import { securityOption } from './security-option.ts';

export const containerSeccompOn = defineControl({
  id: 'container-seccomp-on',
  subject: 'container',
  severity: {
    usual: 'high',
    note: {
      en: 'Medium for a pod that names no profile: its kubelet may have a default for such pods.',
      zh: 'Pod 未指定配置文件时为中：kubelet 可能为这类 Pod 设有默认值。',
    },
    of: ({ security }) => (security.seccompNotNamed ? 'medium' : 'high'),
  },
  title: { en: 'A seccomp profile filters its system calls', zh: '系统调用受 seccomp 配置文件过滤' },
  why: {
    en: 'The default profile blocks system calls that services do not need and that attacks on the kernel begin with, such as mount, bpf, keyctl and kexec_load. Without it every call of the kernel can be attacked.',
    zh: '默认配置文件禁止了一批服务用不到、却常被用来攻击内核的系统调用，如 mount、bpf、keyctl 和 kexec_load。没有它，内核的每个系统调用都可能遭到攻击。',
  },
  how: {
    en: "The kernel must show a filter on the running process, and the container must not have switched its profile off: a filter that the program brought itself, or inherited from around the engine, does not replace it. Of a container that does not run, the configuration and the engine's default decide.",
    zh: '内核必须显示运行中的进程带有过滤器，且容器不得关闭其 seccomp 配置文件：程序自带的过滤器或从引擎外层继承来的过滤器不能替代它。未运行的容器以配置和引擎默认值为准。',
  },
  references: {
    cisDocker: ['5.22'],
    cisKubernetes: ['5.6.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['KSV-0104', 'KSV-0030', 'C-0210', 'CKV_K8S_31', 'CKV_K8S_32'],
    links: ['https://docs.docker.com/engine/security/seccomp/'],
  },
  counterexample: { security: { seccomp: 'unconfined' } },

  judge(container, { machine }) {
    const { seccomp } = container.security;
    const choice = seccompChoice(seccomp);
    const declared = configured(container, 'security.seccomp', seccompEvidence(seccomp));
    const mode = container.effective?.seccompMode;
    const live = mode?.known ? [evidenceOf(mode)] : [];
    if (choice.kind === 'off') {
      return fail(
        container.dialect === 'pod'
          ? { en: 'No seccomp profile confines it.', zh: '没有 seccomp 配置文件对其加以限制。' }
          : { en: 'Its seccomp profile is switched off.', zh: '其 seccomp 已被关闭。' },
        [...live, declared],
        'security.seccomp',
      );
    }
    if (choice.kind === 'default' && container.privileged) {
      return fail(
        { en: 'It is privileged, and so has no seccomp profile.', zh: '容器处于特权模式，因此没有 seccomp 配置文件。' },
        [...live, configured(container, 'privileged', true)],
        'privileged',
      );
    }
    if (mode?.known) {
      return mode.value === 0
        ? fail(
            { en: 'No seccomp filter is on its first process.', zh: '其首个进程没有 seccomp 过滤器。' },
            [...live, declared],
            'security.seccomp',
          )
        : pass({ en: 'A seccomp filter is on its first process.', zh: '其首个进程带有 seccomp 过滤器。' }, live);
    }
    if (choice.kind === 'default' && machine) {
      const option = securityOption(machine.engine, 'seccomp');
      if (!option.known) return unknownFrom(option);
      const evidence = [declared, evidenceOf(option, option.value ?? null)];
      if (option.value === undefined) {
        return fail({ en: 'Its engine has no seccomp.', zh: '其引擎不支持 seccomp。' }, evidence, 'security.seccomp');
      }
      if (isUnconfined(option.value)) {
        return fail(
          { en: "The engine's default profile is unconfined.", zh: '引擎的默认 seccomp 配置文件为 unconfined。' },
          evidence,
          'security.seccomp',
        );
      }
      return pass({ en: "The engine's default profile applies.", zh: '采用引擎的默认 seccomp 配置文件。' }, evidence);
    }
    return pass({ en: 'Its seccomp profile is not switched off.', zh: '其 seccomp 未被关闭。' }, declared);
  },

  remedy(container, { machine }) {
    const option = machine && securityOption(machine.engine, 'seccomp');
    const usesDefault = !container.privileged && seccompChoice(container.security.seccomp).kind === 'default';
    if (usesDefault && option?.known && option.value === undefined) {
      return byHand({
        en: 'Use an engine that is built with seccomp, on a kernel that has CONFIG_SECCOMP_FILTER.',
        zh: '使用支持 seccomp 的引擎，以及启用了 CONFIG_SECCOMP_FILTER 的内核。',
      });
    }
    if (machine && usesDefault && option?.known && option.value !== undefined && isUnconfined(option.value)) {
      return changeSettings(
        machine.engine,
        { 'seccomp-profile': null },
        {
          en: "Take the engine's seccomp-profile away, so that its built-in profile is the default again.",
          zh: '去掉引擎的 seccomp-profile 设置，恢复以内置配置文件为默认值。',
        },
      );
    }
    if (container.dialect === 'pod') {
      return changeSpec(
        { ...(container.privileged ? { privileged: false } : {}), security: { seccomp: 'RuntimeDefault' } },
        {
          en: "Ask for the runtime's default profile; if it forbids a call that the service needs, allow that call in a profile of its own.",
          zh: '要求使用运行时的默认配置文件；若它禁止了服务所需的某个系统调用，请使用自定义配置文件单独放行。',
        },
      );
    }
    return changeSpec(
      { ...(container.privileged ? { privileged: false } : {}), security: { seccomp: null } },
      {
        en: "Leave the engine's default profile on; if it forbids a call that the service needs, allow that call in a profile of its own.",
        zh: '保留引擎的默认 seccomp 配置文件；若它禁止了服务所需的某个系统调用，请使用自定义配置文件单独放行。',
      },
    );
  },
});

function isUnconfined(option: string): boolean {
  return option.split(',').includes('profile=unconfined');
}
