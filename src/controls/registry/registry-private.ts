import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isNamedBy, publicRegistries, pulledImages, registriesOf } from './used-images.ts';

export const registryPrivate = defineControl({
  id: 'registry-private',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Images come from a registry of your own', zh: '镜像来自自有的镜像仓库' },
  why: {
    en: 'In a public registry anybody can publish, tags move, images vanish and pulls are rationed. A registry of your own, or a cache in front, is where images are checked once and then stay the same.',
    zh: '公共仓库人人可发布，标签会变动，镜像会消失，拉取还有限额。自有仓库或前置缓存可对镜像集中检查，此后保持不变。',
  },
  how: {
    en: "Looks at the repositories from which the images of this machine's containers were pulled. Images that were built here do not count, and those of Docker Hub do not where the engine pulls them through a mirror.",
    zh: '查看本机容器所用镜像的拉取来源。本机构建的镜像不计入；引擎经由镜像加速（mirror）拉取的 Docker Hub 镜像也不计入。',
  },
  references: {
    cisDocker: ['4.2'],
    nist800190: ['4.2.3'],
    links: ['https://distribution.github.io/distribution/'],
  },
  parameters: {
    publicRegistries: {
      default: publicRegistries,
      description: { en: 'Registries that hold what everybody publishes.', zh: '任何人都可发布内容的公共仓库。' },
    },
    own: {
      default: [] as string[],
      description: {
        en: 'Repositories of yours in a public registry, such as ghcr.io/shop.',
        zh: '公共仓库中属于自己的仓库，例如 ghcr.io/shop。',
      },
    },
  },

  judge(engine, { machine, parameters }) {
    const pulled = pulledImages(engine, machine);
    if (!pulled.known) return unknownFrom(pulled);
    const registries = registriesOf(pulled.value);
    const evidence = evidenceOf(pulled, registries, `${pulled.path} RepoDigests`);
    if (pulled.value.length === 0) {
      return notApplicable(
        { en: 'No container here was made from an image that was pulled.', zh: '本机没有使用拉取镜像的容器。' },
        evidence,
      );
    }
    const { info } = engine;
    const mirrored = info.known && info.value.mirrors.length > 0 ? ['docker.io'] : [];
    const accepted = [...parameters.own, ...mirrored];
    // An image that was pushed to a registry of one's own has a name there too.
    const strangers = pulled.value.filter(({ origins }) =>
      origins.every((origin) => isNamedBy(origin, parameters.publicRegistries) && !isNamedBy(origin, accepted)),
    );
    if (strangers.length === 0) {
      const list = listed(registries);
      return pass({ en: `Images come from ${list.en}.`, zh: `镜像来自 ${list.zh}。` }, evidence);
    }
    const list = listed(strangers.map(({ name }) => name));
    return fail(
      { en: `Pulled straight from a public registry: ${list.en}.`, zh: `直接从公共仓库拉取：${list.zh}。` },
      evidence,
    );
  },

  remedy() {
    return byHand({
      en: 'Set up a private registry, or a pull-through cache named in registry-mirrors, copy the images that you have checked, and name them there.',
      zh: '部署私有仓库，或在 registry-mirrors 中配置拉取缓存；将检查过的镜像复制过去，并改用该处的名称。',
    });
  },
});
