import { defineControl } from '../../model/control.ts';
import { canonicalName, imageDigits, isImageId, parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { inspected, isListed, namesOf, repositoriesOf } from './names-of-image.ts';

export const imageDigestPinned = defineControl({
  id: 'image-digest-pinned',
  subject: 'image',
  severity: 'medium',
  title: { en: 'What runs is named by the digest of its content', zh: '运行的镜像以内容 digest 指定' },
  why: {
    en: 'A tag is whatever was pushed under it last, by anybody who may push. A digest names one content for ever, so that nothing else can run in its place.',
    zh: 'tag 指向最近一次推送的内容，任何有推送权限的人都能改变它；digest 永远对应同一内容，无法被替换。',
  },
  how: {
    en: 'Asked of images whose names are on the list and that containers were made from: each of these containers must name the image by digest or id, or the digest must stand in the lock list. An image that was built here and never in a registry has nothing to be pinned to.',
    zh: '对名称在清单中且已创建容器的镜像：每个容器都须以 digest 或 id 引用镜像，或其 digest 列在锁定清单中。在本机构建、从未进入镜像仓库的镜像无从固定。',
  },
  references: {
    cisDocker: ['5.28'],
    nist800190: ['4.1.5'],
    links: ['https://docs.docker.com/dhi/core-concepts/digests/'],
  },
  parameters: {
    repositories: {
      default: [] as readonly string[],
      description: {
        en: 'Registries and repositories whose images must be pinned; * is all. Empty: not asked.',
        zh: '其镜像必须固定 digest 的镜像仓库与仓库路径，* 表示全部。留空则不检查。',
      },
    },
    locked: {
      default: [] as readonly string[],
      description: {
        en: 'Digests that may run under a tag: sha256:….',
        zh: '允许以 tag 运行的 digest：sha256:…。',
      },
    },
  },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge(image, { machine, parameters: { repositories, locked } }) {
    if (repositories.length === 0) {
      return notApplicable({ en: 'No image has to be pinned.', zh: '没有要求固定 digest 的镜像。' });
    }
    if (!namesOf(image).some((name) => isListed(canonicalName(name), repositories))) {
      return notApplicable({ en: 'Its name is not on the list.', zh: '其名称不在清单中。' });
    }
    const digests = image.digests.flatMap((name) => name.split('@')[1] ?? []);
    const evidence = inspected('RepoDigests', image.digests);
    if (repositoriesOf(image).length === 0) {
      return notApplicable(
        { en: 'It was built here, and never in a registry.', zh: '它在本机构建，从未进入镜像仓库。' },
        evidence,
      );
    }
    if (digests.some((digest) => locked.includes(digest))) {
      return pass({ en: 'Its digest is locked.', zh: '其 digest 已锁定。' }, evidence);
    }
    const loose = (machine?.containers ?? []).filter(
      ({ image: { id, reference } }) =>
        id !== undefined &&
        imageDigits(id) === imageDigits(image.id) &&
        !isImageId(reference, id) &&
        parseImageReference(reference)?.digest === undefined,
    );
    const names = listed(loose.map(({ name }) => name));
    return loose.length === 0
      ? pass({ en: 'Containers name it by its digest.', zh: '容器均以 digest 引用它。' }, evidence)
      : fail(
          { en: `Named by a tag alone: ${names.en}.`, zh: `仅以 tag 引用：${names.zh}。` },
          [
            evidence,
            ...loose.map((each) => ({ ...inspected('', each.image.reference), path: `${each.name} Config.Image` })),
          ],
          'digests',
        );
  },

  remedy({ digests }) {
    return byHand(
      {
        en: 'Name the image by its digest where the container is written down, and let an update change it there.',
        zh: '在定义容器之处以 digest 引用镜像，更新时在该处修改。',
      },
      digests.slice(0, 1).map((digest) => `image: ${digest}`),
      'recreate',
    );
  },
});
