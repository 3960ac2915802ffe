import { defineControl, type Machine } from '../../model/control.ts';
import type { ImageFacts } from '../../model/image.ts';
import { canonicalName, imageDigits, parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { inspected } from './names-of-image.ts';

export const imageTagHygiene = defineControl({
  id: 'image-tag-hygiene',
  subject: 'image',
  severity: 'low',
  title: { en: "An image's tag names its version", zh: '镜像的 tag 标明版本' },
  why: {
    en: 'Under latest nobody can tell which version an image is, whether two hosts have the same one, or what to go back to when it is broken.',
    zh: '只有 latest 时，无法得知镜像是哪个版本、两台主机上的是否相同，出问题时也不知该退回哪一个。',
  },
  how: {
    en: 'Every name that an image has must have, on this image, a tag that is not one of the mutable ones. What a container is started under is asked with the container; an image without tags is named by its digest.',
    zh: '镜像的每个名称都须在该镜像上有一个不属于可变 tag 的 tag。容器启动所用的引用在检查容器时判断；没有 tag 的镜像以 digest 标识。',
  },
  references: {
    cisDocker: ['5.28'],
    nist800190: ['4.2.2'],
    aliases: ['image-no-latest-tag', 'DKL-DI-0006'],
    links: ['https://docs.docker.com/build/building/best-practices/'],
  },
  parameters: {
    mutableTags: {
      default: ['latest'] as readonly string[],
      description: { en: 'Tags that name no version.', zh: '不代表具体版本的 tag。' },
    },
  },
  counterexample: { tags: ['registry.example/shop/web:latest'], usedBy: [] },

  judge(image, { machine, parameters: { mutableTags } }) {
    const evidence = inspected('RepoTags', image.tags);
    if (taggedNames(image).size === 0) return notApplicable({ en: 'It has no tags.', zh: '没有 tag。' }, evidence);
    const vague = vagueNames(image, mutableTags);
    if (vague.length === 0) return pass({ en: 'Its tags name its version.', zh: 'tag 标明了版本。' }, evidence);
    if (isSaidOfContainer(image, machine)) {
      return notApplicable(
        { en: 'It is said of the container that is started under this tag.', zh: '已在以此 tag 启动的容器处报告。' },
        evidence,
      );
    }
    const all = listed(vague.map(([name]) => name));
    return fail(
      { en: `No tag says which version this is: ${all.en}.`, zh: `没有 tag 标明版本：${all.zh}。` },
      evidence,
      'tags',
    );
  },

  remedy(image, { machine, parameters: { mutableTags } }) {
    return byHand(
      { en: 'Give it the tag of its version as well.', zh: '为其加上版本 tag。' },
      vagueNames(image, mutableTags).flatMap(([, [tag = '']]) => [
        `${machine?.engine.kind ?? 'docker'} tag ${tag} ${tag.replace(/:[\w.-]+$/, '')}:1.4.2`,
      ]),
    );
  },
});

/** The names of an image, each with the tags as written that it has under it. */
function taggedNames({ tags }: ImageFacts): Map<string, string[]> {
  return Map.groupBy(
    tags.filter((tag) => parseImageReference(tag) !== undefined),
    (tag) => {
      const parsed = parseImageReference(tag);
      return parsed ? canonicalName(parsed) : tag;
    },
  );
}

/** Those under which no tag names a version. */
function vagueNames(image: ImageFacts, mutableTags: readonly string[]): (readonly [string, readonly string[]])[] {
  return [...taggedNames(image)].filter(([, tags]) =>
    tags.every((tag) => mutableTags.includes(parseImageReference(tag)?.tag ?? 'latest')),
  );
}

/** A container that is started under latest fails by container-image-latest: once is enough. Of other tags that may not hold. */
function isSaidOfContainer({ id }: ImageFacts, machine: Machine | undefined): boolean {
  return (machine?.containers ?? []).some(({ image }) => {
    if (image.id === undefined || imageDigits(image.id) !== imageDigits(id)) return false;
    const reference = parseImageReference(image.reference);
    return reference !== undefined && reference.digest === undefined && (reference.tag ?? 'latest') === 'latest';
  });
}
