import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';

export const containerHealthcheck = defineControl({
  id: 'container-healthcheck',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container is healthy, and a health check says so', zh: '容器配置健康检查且状态健康' },
  why: {
    en: 'Without a check the engine only sees that a process exists. A service that hangs, or that an attacker has crippled, counts as running until its users complain.',
    zh: '没有健康检查，引擎只知道进程存在。服务已挂起或已被攻击者破坏，也一直算作运行中，直到用户抱怨。',
  },
  how: {
    en: "Asks for a health check; an engine reports the image's own with the container. A check of NONE switches it off and fails. A running container that the engine calls unhealthy fails too. Kubernetes ignores these checks and has probes instead.",
    zh: '检查是否配置了健康检查；引擎会将镜像自带的检查一并报告。NONE 表示关闭，判为未通过。引擎报告为 unhealthy 的运行中容器同样未通过。Kubernetes 不使用这类检查，而使用探针。',
  },
  references: {
    cisDocker: ['5.27'],
    aliases: ['DS-0026', 'DS026', 'CKV_DOCKER_2'],
    links: ['https://docs.docker.com/reference/dockerfile/'],
  },
  counterexample: { healthCheck: null },
  dialects: ['engine-api', 'compose', 'docker-run', 'dockerfile'],

  judge(container) {
    const { dialect, healthCheck, id, owner, state } = container;
    if (owner.kind === 'kubernetes') {
      return notApplicable({ en: 'Kubernetes checks health with probes.', zh: 'Kubernetes 用探针检查健康状态。' });
    }
    const test = healthCheck?.test ?? [];
    const evidence = configured(container, 'healthCheck.test', test);
    if (test.length === 0) {
      // Before creation the image has not been asked, and it may bring a check of its own.
      return id === undefined
        ? fail(
            {
              en:
                dialect === 'dockerfile'
                  ? 'Its image declares no health check.'
                  : 'No health check is declared here; whether its image has one is not known.',
              zh:
                dialect === 'dockerfile' ? '镜像未声明健康检查。' : '此处未声明健康检查；其镜像是否自带检查尚不可知。',
            },
            evidence,
            'healthCheck',
          )
        : fail({ en: 'It has no health check.', zh: '容器没有健康检查。' }, evidence, 'healthCheck');
    }
    if (test[0]?.toUpperCase() === 'NONE') {
      return fail({ en: 'Its health check is switched off.', zh: '健康检查已被关闭。' }, evidence, 'healthCheck.test');
    }
    const status = configured(container, 'healthCheck.status', healthCheck?.status ?? null);
    if (state === 'running' && healthCheck?.status === 'unhealthy') {
      return fail(
        { en: 'It is unhealthy: its health check fails.', zh: '容器状态为 unhealthy：健康检查失败。' },
        [status, evidence],
        'healthCheck.status',
      );
    }
    return pass(
      { en: 'It has a health check.', zh: '已配置健康检查。' },
      state === 'running' ? [evidence, status] : evidence,
    );
  },

  remedy({ dialect, healthCheck, name }) {
    return healthCheck?.status === 'unhealthy'
      ? byHand(
          {
            en: 'Find out why the check fails: the engine keeps its last outputs. Repair the service, or the check if it asks wrongly.',
            zh: '查明检查失败的原因：引擎保留了最近几次检查的输出。修复服务；若检查本身有误，则修正检查。',
          },
          [`docker inspect --format '{{json .State.Health}}' ${name}`],
        )
      : byHand(
          {
            en: 'Write a check that asks the service itself, with a program that the image contains, and add it to the image (HEALTHCHECK) or to the container. Only who knows the service can say what healthy means.',
            zh: '编写一个直接询问服务本身的检查，使用镜像中已有的程序，并加入镜像（HEALTHCHECK）或容器配置。何为健康，只有了解该服务的人才能确定。',
          },
          [
            dialect === 'dockerfile'
              ? 'HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]'
              : "docker run --health-cmd 'wget -q -O /dev/null http://127.0.0.1:8080/health' --health-interval 30s …",
          ],
          dialect === 'dockerfile' ? 'rebuild' : 'recreate',
        );
  },
});
