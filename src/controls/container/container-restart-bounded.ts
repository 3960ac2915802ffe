import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { counted } from './counted.ts';

export const containerRestartBounded = defineControl({
  id: 'container-restart-bounded',
  subject: 'container',
  severity: 'low',
  title: { en: 'Restarts are bounded', zh: '限制自动重启次数' },
  why: {
    en: 'A container that fails again and again and is always restarted keeps the host busy, fills its logs and hides the fault; an attacker whose exploit crashes the process gets as many attempts as it takes.',
    zh: '反复失败又总被重启的容器会持续占用主机、写满日志并掩盖故障；若攻击者的利用代码会使进程崩溃，自动重启就给了他无限次尝试的机会。',
  },
  how: {
    en: 'Reads the restart policy: none, or on-failure with a bounded number of retries. always and unless-stopped have no bound, and neither has on-failure without a number. Containers of Kubernetes and Swarm are restarted by their orchestrator.',
    zh: '检查重启策略：必须为不重启，或带有次数上限的 on-failure。always、unless-stopped 以及未指定次数的 on-failure 均无上限。Kubernetes 和 Swarm 的容器由编排系统负责重启，不作判断。',
  },
  references: {
    cisDocker: ['5.15'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/containers/start-containers-automatically/'],
  },
  parameters: {
    maximumRetries: {
      default: 5,
      description: { en: 'The most retries that are allowed.', zh: '允许的最大重试次数。' },
    },
  },
  counterexample: { restart: { name: 'always', maximumRetries: null } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters: { maximumRetries: allowed } }) {
    const { dialect, owner, restart } = container;
    if (dialect === 'pod' || owner.kind === 'kubernetes' || owner.kind === 'swarm') {
      return notApplicable({ en: 'Its orchestrator decides on restarts.', zh: '由编排系统决定是否重启。' });
    }
    const { name = 'no', maximumRetries: retries = 0 } = restart;
    const policy = configured(container, 'restart.name', name);
    if (name === 'no') return pass({ en: 'It is not restarted.', zh: '容器不会自动重启。' }, policy);
    if (name !== 'on-failure') {
      return fail(
        { en: `It is restarted without end (${name}).`, zh: `容器会被无限次重启（${name}）。` },
        policy,
        'restart.name',
      );
    }
    const evidence = [policy, configured(container, 'restart.maximumRetries', retries)];
    if (retries <= 0) {
      return fail(
        { en: 'It is restarted after every failure, without end.', zh: '容器每次失败后都会重启，没有次数上限。' },
        evidence,
        'restart.maximumRetries',
      );
    }
    return retries > allowed
      ? fail(
          {
            en: `It is restarted up to ${counted(retries, 'time')}; the most allowed is ${allowed}.`,
            zh: `最多重启 ${retries} 次，超过允许的 ${allowed} 次。`,
          },
          evidence,
          'restart.maximumRetries',
        )
      : pass({ en: `It is restarted at most ${counted(retries, 'time')}.`, zh: `最多重启 ${retries} 次。` }, evidence);
  },

  remedy(_container, { parameters: { maximumRetries } }) {
    return changeSpec(
      { restart: { name: 'on-failure', maximumRetries } },
      {
        en: `Restart it on failure, at most ${counted(maximumRetries, 'time')}. Such a container does not start with the engine: if it must come back after a reboot, let a service manager start it.`,
        zh: `改为失败时重启，最多 ${maximumRetries} 次。这样的容器不会随引擎启动：若主机重启后必须恢复，请由服务管理器启动它。`,
      },
    );
  },
});
