import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { matchesGlob } from '../../model/glob.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { securityOption } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonSeccompDefault = defineControl({
  id: 'daemon-seccomp-default',
  subject: 'engine',
  severity: 'high',
  title: { en: 'Containers have a seccomp profile by default', zh: '容器默认使用 seccomp profile' },
  why: {
    en: 'The profile keeps containers away from system calls that they have no use for and in which most faults of the kernel are found. Without one, each of those is a way out.',
    zh: 'profile 禁止容器调用它们用不到、而内核漏洞又多出于此的系统调用。没有 profile，每个漏洞都可能成为逃逸途径。',
  },
  how: {
    en: 'Asks the running engine for its default profile: default (before 23.0) and builtin pass, and so does a file that is named in the parameter reviewedProfiles. unconfined fails, and so does an engine that reports no seccomp at all.',
    zh: '查询运行中引擎的默认 profile：default（23.0 之前）和 builtin 通过，参数 reviewedProfiles 中列出的文件也通过；unconfined 或引擎根本未报告 seccomp 则未通过。',
  },
  references: {
    cisDocker: ['2.17'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/seccomp/'],
  },
  parameters: {
    reviewedProfiles: {
      default: [] as string[],
      description: {
        en: 'Profile files of your own that someone has reviewed, as paths with * and ?.',
        zh: '经过审查的自有 profile 文件路径，可含 * 和 ?。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'seccomp-profile': 'unconfined' },

  judge({ info }, { parameters }) {
    if (!info.known) return unknownFrom(info);
    const profile = securityOption(info.value, 'seccomp')?.profile;
    const evidence = evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`);
    if (profile === undefined) {
      return fail(
        { en: 'The engine applies no seccomp filter to any container.', zh: '引擎不对任何容器施加 seccomp 过滤。' },
        evidence,
      );
    }
    if (profile === 'unconfined') {
      return fail(
        { en: 'Containers run without a seccomp profile by default.', zh: '容器默认不使用 seccomp profile。' },
        evidence,
        'seccomp-profile',
      );
    }
    if (['default', 'builtin'].includes(profile)) {
      return pass({ en: 'The built-in profile is the default.', zh: '默认使用内置 profile。' }, evidence);
    }
    return parameters.reviewedProfiles.some((pattern) => matchesGlob(pattern, profile))
      ? pass({ en: `${profile} is the default and was reviewed.`, zh: `默认使用 ${profile}，已经过审查。` }, evidence)
      : fail(
          {
            en: `The default profile is ${profile}, and nobody has declared it reviewed.`,
            zh: `默认 profile 为 ${profile}，尚未声明经过审查。`,
          },
          evidence,
          'seccomp-profile',
        );
  },

  remedy(engine) {
    const { info } = engine;
    if (info.known && !securityOption(info.value, 'seccomp')) {
      return byHand(
        {
          en: 'Run an engine that is built with seccomp on a kernel with CONFIG_SECCOMP_FILTER.',
          zh: '使用支持 seccomp 的引擎，并确保内核启用 CONFIG_SECCOMP_FILTER。',
        },
        ['grep Seccomp /proc/self/status'],
      );
    }
    return changeSettings(
      engine,
      { 'seccomp-profile': null },
      {
        en: 'Take "seccomp-profile" out, so that the built-in profile holds again. A profile of your own that was reviewed belongs in the parameter reviewedProfiles instead.',
        zh: '移除 "seccomp-profile"，恢复使用内置 profile。经过审查的自有 profile 应列入参数 reviewedProfiles。',
      },
    );
  },
});
