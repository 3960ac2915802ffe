import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { seccompChoice, seccompEvidence } from './seccomp-profile.ts';

/** What a list of allowed calls does with every other one. */
const refusals = new Set([
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_TRAP',
]);

const field = 'security.seccomp';

export const containerSeccompTailored = defineControl({
  id: 'container-seccomp-tailored',
  subject: 'container',
  severity: 'low',
  title: {
    en: 'A seccomp profile of its own lists the system calls that it may make',
    zh: '使用专属的 seccomp 配置文件，列出允许的系统调用',
  },
  why: {
    en: 'The default profile allows more than 300 system calls, of which a service uses a fraction: each of the others is open to an attacker. A profile that forbids a few and allows the rest lets every new call through.',
    zh: '默认配置文件允许 300 多个系统调用，而一个服务只用到其中一小部分，其余都留给了攻击者。只禁止少数、放行其余的配置文件，会放过每一个新增的系统调用。',
  },
  how: {
    en: 'Reads the profile that the engine keeps with the container: its default action must refuse, and the calls that it allows must be among the reviewed ones where your policy lists them. Without a profile of its own it fails only where the policy requires one.',
    zh: '读取引擎随容器保存的 seccomp 配置文件：默认动作必须是拒绝；若策略列出了已审核的系统调用，放行的调用必须都在其中。没有专属配置文件时，仅当策略要求时才判为未通过。',
  },
  references: {
    cisDocker: ['2.17'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/seccomp/'],
  },
  parameters: {
    required: {
      default: false,
      description: {
        en: 'Every container must have a profile of its own.',
        zh: '每个容器都必须有专属的 seccomp 配置文件。',
      },
    },
    reviewed: {
      default: [] as string[],
      description: {
        en: 'System calls that a profile may allow; empty: any.',
        zh: '允许配置文件放行的系统调用；为空表示不限。',
      },
    },
  },
  counterexample: { security: { seccomp: '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[]}' } },

  judge(container, { parameters }) {
    const { seccomp } = container.security;
    const choice = seccompChoice(seccomp);
    const declared = configured(container, field, seccompEvidence(seccomp));
    if (choice.kind === 'default' || choice.kind === 'off') {
      return parameters.required
        ? fail(
            { en: 'It has no seccomp profile of its own.', zh: '容器没有专属的 seccomp 配置文件。' },
            declared,
            field,
          )
        : notApplicable(
            { en: 'Your policy does not ask for a profile of its own.', zh: '当前策略不要求专属的 seccomp 配置文件。' },
            declared,
          );
    }
    const mode = container.effective?.seccompMode;
    if (mode?.known && mode.value === 0) {
      return fail(
        {
          en: 'It has a profile, but its first process runs without a filter.',
          zh: '容器指定了配置文件，但其首个进程没有过滤器。',
        },
        [evidenceOf(mode), declared],
        field,
      );
    }
    if (choice.kind === 'named') {
      return unknown(
        {
          en: `Its profile ${choice.name} is named here, not contained.`,
          zh: `此处只写了配置文件 ${choice.name} 的名称，没有其内容。`,
        },
        {
          en: 'judge the container once it is created: the engine keeps the text',
          zh: '在容器创建之后再判断：引擎会保存其内容',
        },
        declared,
      );
    }
    if (!choice.profile) {
      return fail(
        { en: 'Its profile is not one: it has no default action.', zh: '其 seccomp 配置文件无效：没有默认动作。' },
        declared,
        field,
      );
    }
    const { defaultAction, allowed } = choice.profile;
    if (!refusals.has(defaultAction)) {
      return fail(
        {
          en: `Its profile answers calls that it does not list with ${defaultAction}.`,
          zh: `其配置文件对未列出的系统调用执行 ${defaultAction}。`,
        },
        declared,
        field,
      );
    }
    const reviewed = new Set(parameters.reviewed);
    const others = reviewed.size === 0 ? [] : allowed.filter((name) => !reviewed.has(name));
    return others.length === 0
      ? pass(
          {
            en: `Its profile allows ${allowed.length} system calls and refuses the rest.`,
            zh: `其配置文件放行 ${allowed.length} 个系统调用，拒绝其余调用。`,
          },
          declared,
        )
      : fail(
          {
            en: `Its profile allows calls that were not reviewed: ${listed(others, 10).en}.`,
            zh: `其配置文件放行了未经审核的系统调用：${listed(others, 10).zh}。`,
          },
          declared,
          field,
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Record the system calls of the service under its tests, write them into a profile whose default action is SCMP_ACT_ERRNO, and start the container with that file.',
        zh: '在测试中记录服务用到的系统调用，写入默认动作为 SCMP_ACT_ERRNO 的配置文件，并以该文件启动容器。',
      },
      ['docker run --security-opt seccomp=profile.json …'],
      'recreate',
    );
  },
});
