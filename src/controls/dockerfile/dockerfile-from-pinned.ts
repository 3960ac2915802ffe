import { defineControl } from '../../model/control.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, notApplicable, pass, unknown } from '../../model/verdict.ts';

export const dockerfileFromPinned = defineControl({
  id: 'dockerfile-from-pinned',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'Base images are named by a version or a digest', zh: '基础镜像以版本 tag 或 digest 引用' },
  why: {
    en: 'Without a version the same Dockerfile builds something else tomorrow: it breaks at random, brings changes that nobody reviewed, and nobody can say what is in an old image.',
    zh: '不指定版本时，同一个 Dockerfile 明天构建出的就是另一个镜像：构建会无故失败，会引入未经审查的变更，也说不清旧镜像里有什么。',
  },
  how: {
    en: 'Reads every FROM with its variables replaced by the defaults of ARG, those of earlier stages and scratch left out. A digest passes, and so does a tag that is not one of the mutable ones; no tag means latest. A variable without a value makes it unknown.',
    zh: '检查每个 FROM，变量以 ARG 的默认值替换，引用前面阶段和 scratch 的除外。带 digest 的通过；tag 不在可变 tag 之列的通过；未写 tag 视为 latest。变量没有值时为未知。',
  },
  references: {
    cisDocker: ['4.2'],
    nist800190: ['4.1.5'],
    aliases: ['dockerfile-tag-explicit', 'DL3006', 'DL3007', 'DS-0001', 'CKV_DOCKER_7'],
    links: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  parameters: {
    mutableTags: {
      default: ['latest'],
      description: { en: 'Tags that name no version.', zh: '不代表具体版本的 tag。' },
    },
    requireDigest: {
      default: false,
      description: { en: 'Accept a digest only.', zh: '只接受 digest。' },
    },
  },
  counterexample: { bad: 'FROM debian\n', good: 'FROM debian:13\n' },

  judge({ stages, locate }, { parameters: { mutableTags, requireDigest } }) {
    const images = stages.flatMap(({ base, from }) =>
      base.kind === 'image' ? [{ from, reference: base.reference }] : [],
    );
    const failures = images.flatMap(({ from: { image }, reference }) => {
      if (reference === undefined) return [];
      const { tag, digest, isReadable } = versionOf(reference);
      if (!isReadable || digest || (tag !== undefined && !mutableTags.includes(tag) && !requireDigest)) return [];
      const message =
        tag === undefined
          ? { en: `${reference} names no version: it means latest.`, zh: `${reference} 未指明版本，等同于 latest。` }
          : requireDigest && !mutableTags.includes(tag)
            ? { en: `${reference} has no digest.`, zh: `${reference} 未指定 digest。` }
            : { en: `The tag ${tag} of ${reference} is not a version.`, zh: `${reference} 的 tag ${tag} 不是版本。` };
      return [failAt(message, locate(image.span), reference, image.span)];
    });
    if (failures.length > 0) return failures;
    if (images.length === 0)
      return notApplicable({ en: 'No stage has a base image.', zh: '没有任何阶段使用基础镜像。' });
    const open = images.find(({ reference }) => reference === undefined || !versionOf(reference).isReadable);
    if (open) {
      return unknown(
        {
          en: `What ${open.from.image.text} stands for is not known.`,
          zh: `无法确定 ${open.from.image.text} 代表哪个镜像。`,
        },
        { en: 'a default value for its ARG', zh: '为相应的 ARG 提供默认值' },
        { source: 'file', path: 'FROM', value: open.from.image.text },
      );
    }
    return pass(
      { en: 'Every base image is named by a version.', zh: '所有基础镜像都指明了版本。' },
      { source: 'file', path: 'FROM', value: images.map(({ reference }) => reference ?? '') },
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Name the base image by the tag of its version, best together with its digest.',
        zh: '以版本 tag 引用基础镜像，最好同时写明 digest。',
      },
      ["docker buildx imagetools inspect IMAGE:TAG --format '{{json .Manifest.Digest}}'"],
      'rebuild',
    );
  },
});

/** A reference that BuildKit refuses still shows its tag, as long as no variable is left in it. */
function versionOf(reference: string): { tag?: string; digest: boolean; isReadable: boolean } {
  const parsed = parseImageReference(reference);
  if (parsed)
    return {
      ...(parsed.tag === undefined ? {} : { tag: parsed.tag }),
      digest: parsed.digest !== undefined,
      isReadable: true,
    };
  const tag = /:([\w.-]+)$/.exec(reference.replace(/@.*$/s, ''))?.[1];
  return {
    ...(tag === undefined ? {} : { tag }),
    digest: reference.includes('@'),
    isReadable: !/[${}]|^$|:$/.test(reference),
  };
}
