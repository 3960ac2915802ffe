import { defineControl } from '../../model/control.ts';
import { imageDigits } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { bareConfiguration, inspected, isOurs } from './names-of-image.ts';

export const imageHealthcheck = defineControl({
  id: 'image-healthcheck',
  subject: 'image',
  severity: 'low',
  title: { en: 'Our own images bring a health check', zh: '自有镜像自带健康检查' },
  why: {
    en: 'Who built the service knows how to ask it whether it works. Without a check in the image, every place that runs it must know that too, and most will not.',
    zh: '构建服务的人最清楚如何判断其是否正常。镜像不带检查，就要求每个运行它的地方都知道这一点，而多数不会知道。',
  },
  how: {
    en: 'Asked of images that were built here, or whose repository is said to be ours, and that containers were made from: there must be a check, and not NONE. Where all these containers belong to Kubernetes, which has probes, nothing is asked.',
    zh: '对在本机构建或其仓库被指明为自有、且已创建容器的镜像：须有健康检查且不为 NONE。若这些容器均由使用探针的 Kubernetes 管理，则不检查。',
  },
  references: {
    cisDocker: ['4.6'],
    aliases: ['CIS-DI-0006', 'DL3057'],
    links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  parameters: {
    repositories: {
      default: [] as readonly string[],
      description: {
        en: 'Registries and repositories of our own images, beside those that were only built here.',
        zh: '自有镜像的镜像仓库与仓库路径；仅在本机构建的镜像无需列出。',
      },
    },
  },
  counterexample: { digests: [], configuration: { ...bareConfiguration, healthCheck: { test: ['NONE'] } } },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge(image, { machine, parameters: { repositories } }) {
    const test = image.configuration.healthCheck?.test ?? [];
    const evidence = inspected('Config.Healthcheck.Test', test.slice(0, 1));
    if (test.length > 0 && test[0]?.toUpperCase() !== 'NONE') {
      return pass({ en: 'It brings a health check.', zh: '自带健康检查。' }, evidence);
    }
    if (!isOurs(image, repositories)) {
      return notApplicable({ en: 'It was built by somebody else.', zh: '由他人构建。' }, evidence);
    }
    const containers = (machine?.containers ?? []).filter(
      (each) => imageDigits(each.image.id ?? '') === imageDigits(image.id),
    );
    if (containers.length > 0 && containers.every(({ owner }) => owner.kind === 'kubernetes')) {
      return notApplicable(
        { en: 'Kubernetes checks health with probes.', zh: 'Kubernetes 用探针检查健康状态。' },
        evidence,
      );
    }
    return fail(
      test.length === 0
        ? { en: 'It brings no health check.', zh: '没有健康检查。' }
        : { en: 'Its health check is switched off.', zh: '健康检查已被关闭。' },
      evidence,
      'configuration.healthCheck',
    );
  },

  remedy(_, { machine }) {
    const isPodman = machine?.engine.kind === 'podman';
    return byHand(
      {
        en: `Add a HEALTHCHECK that asks the service itself, by a program that is in the image.${isPodman ? ' The OCI format has no place for it: build in that of Docker.' : ''}`,
        zh: `添加 HEALTHCHECK，用镜像内已有的程序直接询问服务本身。${isPodman ? 'OCI 格式无法保存健康检查，请以 docker 格式构建。' : ''}`,
      },
      ['HEALTHCHECK CMD ["/usr/bin/web", "--health"]', ...(isPodman ? ['podman build --format docker .'] : [])],
      'rebuild',
    );
  },
});
