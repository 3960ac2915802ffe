import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { canonicalName, imageDigits, isImageId, parseImageReference } from '../../model/image-reference.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';

export const containerImageLatest = defineControl({
  id: 'container-image-latest',
  subject: 'container',
  severity: 'low',
  title: { en: 'The image is named by a version or a digest', zh: '镜像以版本 tag 或 digest 引用' },
  why: {
    en: 'latest is whatever was pushed last. Nobody can say which version runs, two hosts may run different ones, and a bad push arrives with the next restart.',
    zh: 'latest 指向最近一次推送的内容。没有人说得清正在运行的是哪个版本，不同主机可能各不相同，而一次有问题的推送会在下次重建时生效。',
  },
  how: {
    en: 'Reads the reference as it was written. A digest or an id passes, whatever tag stands beside it; a tag passes unless it is one of the mutable ones; no tag means latest. Whether the registry holds something newer is not asked, because Plimsoll makes no network call that nobody asked for.',
    zh: '检查引用的原文。带 digest 或使用镜像 id 的引用通过，无论是否同时写有 tag；tag 只要不在可变 tag 之列即通过；未写 tag 视为 latest。不查询镜像仓库是否有更新版本，因为 Plimsoll 不会擅自发起网络请求。',
  },
  references: {
    cisDocker: ['5.28'],
    aliases: ['k8s-image-tag', 'KSV-0013', 'CKV_K8S_14', 'kube-linter:latest-tag'],
    links: ['https://docs.docker.com/reference/cli/docker/image/pull/'],
  },
  parameters: {
    mutableTags: {
      default: ['latest'],
      description: { en: 'Tags that name no version.', zh: '不代表具体版本的 tag。' },
    },
  },
  counterexample: { image: { reference: 'registry.example/shop/web:latest' } },

  judge(container, { parameters: { mutableTags } }) {
    const { reference, id, unnamed } = container.image;
    const evidence = configured(container, 'image.reference', reference);
    if (reference === '') {
      return notApplicable({ en: 'It names no image.', zh: '未引用任何镜像。' }, evidence);
    }
    if (unnamed) {
      return notApplicable(
        { en: 'Its image is built here, from a Dockerfile.', zh: '镜像在此处由 Dockerfile 构建。' },
        evidence,
      );
    }
    if (isImageId(reference, id)) {
      return pass({ en: 'It names its image by id.', zh: '以 id 引用镜像。' }, evidence);
    }
    const parsed = parseImageReference(reference);
    if (!parsed) {
      return unknown(
        { en: `${reference} cannot be read as an image reference.`, zh: `${reference} 无法解析为镜像引用。` },
        { en: 'a reference whose variables are replaced', zh: '已替换变量的镜像引用' },
        evidence,
      );
    }
    if (parsed.digest !== undefined) {
      return pass({ en: 'It names its image by digest.', zh: '以 digest 引用镜像。' }, evidence);
    }
    const { tag } = parsed;
    if (tag === undefined) {
      return fail(
        { en: `${reference} names no version: it means latest.`, zh: `${reference} 未指明版本，等同于 latest。` },
        evidence,
        'image.reference',
      );
    }
    return mutableTags.includes(tag)
      ? fail(
          { en: `The tag ${tag} of ${reference} is not a version.`, zh: `${reference} 的 tag ${tag} 不是版本。` },
          evidence,
          'image.reference',
        )
      : pass({ en: `It names its image by the tag ${tag}.`, zh: `以 tag ${tag} 引用镜像。` }, evidence);
  },

  remedy({ image }, { machine }) {
    const images = machine?.engine.images;
    const running = images?.known
      ? images.value.find(({ id }) => image.id !== undefined && imageDigits(id) === imageDigits(image.id))
      : undefined;
    const pinned = running?.digests.find((digest) => isSameName(digest, image.reference));
    return pinned === undefined
      ? byHand(
          {
            en: 'Name the image by the tag of its version, or by its digest.',
            zh: '以版本 tag 或 digest 引用镜像。',
          },
          parseImageReference(image.reference) === undefined
            ? []
            : [`docker image inspect --format '{{json .RepoDigests}}' ${image.reference}`],
          'recreate',
        )
      : changeSpec(
          { image: { reference: pinned } },
          {
            en: 'Pin it to the digest of the image that it runs now, or to the tag of that version.',
            zh: '固定为当前运行镜像的 digest，或该版本的 tag。',
          },
        );
  },
});

function isSameName(left: string, right: string): boolean {
  const [one, other] = [parseImageReference(left), parseImageReference(right)];
  return one !== undefined && other !== undefined && canonicalName(one) === canonicalName(other);
}
