import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { ImageSummary } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { canonicalTag, imageDigits, parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';

export const containerKnownImage = defineControl({
  id: 'container-known-image',
  subject: 'container',
  severity: 'medium',
  title: {
    en: 'The container runs the image that its reference names today',
    zh: '容器运行的正是其引用当前指向的镜像',
  },
  why: {
    en: 'A container keeps the image that it was created from. When the tag has moved on or the image was removed, it runs old code that scans by tag no longer look at, with the flaws that the new image has fixed.',
    zh: '容器始终使用创建时的镜像。tag 已指向新镜像或原镜像被删除后，它仍在运行旧代码：按 tag 扫描不再覆盖它，而新镜像已修复的漏洞依然存在。',
  },
  how: {
    en: "Looks for the container's image id among the images of the engine: the image must be there, must have a tag or a digest, and the tag that the container was created from must not belong to another image. A reference by digest cannot move.",
    zh: '在引擎的镜像列表中查找容器的镜像 id：镜像必须存在，必须带有 tag 或 digest，且创建容器所用的 tag 不得已属于其他镜像。以 digest 引用的镜像不会改变指向。',
  },
  references: {
    cisDocker: ['5.28'],
    nist800190: ['4.4.5'],
    links: ['https://docs.docker.com/reference/cli/docker/image/ls/'],
  },
  counterexample: { image: { id: `sha256:${'00'.repeat(32)}` } },
  // Only an engine knows what this is measured by.
  dialects: ['engine-api'],

  judge(container, { machine }) {
    const { id, reference } = container.image;
    if (!machine || id === undefined) {
      return notApplicable({ en: 'It has not been created from an image yet.', zh: '尚未由镜像创建。' });
    }
    const { images } = machine.engine;
    if (!images.known) return unknownFrom(images);
    const used = configured(container, 'image.id', id);
    const image = images.value.find((each) => isSameImage(each.id, id));
    if (!image) {
      return fail(
        {
          en: `Its image ${shortened(id)} is no longer among the engine's images.`,
          zh: `其镜像 ${shortened(id)} 已不在引擎的镜像列表中。`,
        },
        [used, evidenceOf(images, null)],
        'image.id',
      );
    }
    const holder = holderOfTag(container, images.value);
    if (holder && holder !== image) {
      return fail(
        {
          en: `It is outdated: ${reference} now names the image ${shortened(holder.id)}, it still runs ${shortened(id)}.`,
          zh: `容器已过时：${reference} 现指向镜像 ${shortened(holder.id)}，而它仍在运行 ${shortened(id)}。`,
        },
        [used, evidenceOf(images, holder.id)],
        'image.reference',
      );
    }
    const names = [...image.tags, ...image.digests];
    return names.length === 0
      ? fail(
          {
            en: `Its image ${shortened(id)} has neither a tag nor a digest.`,
            zh: `其镜像 ${shortened(id)} 既无 tag 也无 digest。`,
          },
          [used, evidenceOf(images, names)],
          'image.id',
        )
      : pass(
          holder
            ? { en: `${reference} still names its image.`, zh: `${reference} 仍指向其镜像。` }
            : { en: `Its image is known as ${names[0]}.`, zh: `其镜像名为 ${names[0]}。` },
          [used, evidenceOf(images, names)],
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Re-create it from the image that its reference names now; build or pull that image first if the engine does not have it.',
        zh: '用其引用当前指向的镜像重建容器；若引擎中没有该镜像，请先构建或拉取。',
      },
      [],
      'recreate',
    );
  },
});

/** The image that now has the tag that the container was created from; none where it was created by digest or id. */
function holderOfTag({ image }: ContainerSpec, images: readonly ImageSummary[]): ImageSummary | undefined {
  const reference = parseImageReference(image.reference);
  if (!reference || reference.digest !== undefined) return undefined;
  const tag = canonicalTag(reference);
  return images.find((each) =>
    each.tags.some((name) => {
      const parsed = parseImageReference(name);
      return parsed !== undefined && canonicalTag(parsed) === tag;
    }),
  );
}

function isSameImage(left: string, right: string): boolean {
  return imageDigits(left) === imageDigits(right);
}

function shortened(id: string): string {
  return imageDigits(id).slice(0, 12);
}
