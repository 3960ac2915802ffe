import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { baseOf } from './history.ts';
import { bareConfiguration, inspected, repositoriesOf } from './names-of-image.ts';

/** Labels that say what an image was made from, or where. */
const labelNames = [
  'org.opencontainers.image.source',
  'org.opencontainers.image.base.name',
  'org.opencontainers.image.base.digest',
  'org.opencontainers.image.url',
  'org.label-schema.vcs-url',
  'org.label-schema.url',
];

export const imageProvenanceKnown = defineControl({
  id: 'image-provenance-known',
  subject: 'image',
  severity: 'medium',
  title: { en: 'It is known where an image in use comes from', zh: '在用镜像的来源可查' },
  why: {
    en: 'When a flaw in a base or a library becomes known, somebody must find the images that have it and the place where each is built. An image that says nothing of its origin is not found.',
    zh: '基础镜像或某个库爆出漏洞时，需要找出受影响的镜像及其构建之处。不说明来源的镜像无从查找。',
  },
  how: {
    en: 'Of images that containers were made from: labels name the source or the base, or the image came from a registry, or its first layers are those of another image here.',
    zh: '对已创建容器的镜像：标签写明了源码或基础镜像，或镜像来自镜像仓库，或其底层与本机另一镜像相同。',
  },
  references: {
    cisDocker: ['4.2'],
    nist800190: ['4.1.5'],
    links: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
  },
  counterexample: { digests: [], configuration: bareConfiguration },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge(image, { machine }) {
    const { labels } = image.configuration;
    const named = labelNames.filter((name) => (labels[name] ?? '').trim() !== '');
    if (named.length > 0) {
      return pass(
        { en: 'Its labels say where it comes from.', zh: '标签说明了来源。' },
        inspected('Config.Labels', named),
      );
    }
    const [repository] = repositoriesOf(image);
    if (repository !== undefined) {
      return pass(
        { en: `It comes from ${repository}.`, zh: `来自 ${repository}。` },
        inspected('RepoDigests', repository),
      );
    }
    const base = baseOf(image, machine);
    if (base) {
      const name = base.tags[0] ?? base.id;
      return pass(
        { en: `It was built here from ${name}.`, zh: `在本机由 ${name} 构建。` },
        inspected('RootFS.Layers', base.layers.length),
      );
    }
    return fail(
      {
        en: 'Neither a label nor a registry nor its layers say where it comes from.',
        zh: '标签、镜像仓库和镜像层均未说明其来源。',
      },
      [inspected('Config.Labels', Object.keys(labels)), inspected('RepoDigests', image.digests)],
      'configuration.labels',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Name the source and the base in labels when the image is built.',
        zh: '构建镜像时用标签写明源码与基础镜像。',
      },
      [
        'docker build --label org.opencontainers.image.source=https://code.example/shop/web --label org.opencontainers.image.base.name=docker.io/library/debian:13 .',
      ],
      'rebuild',
    );
  },
});
