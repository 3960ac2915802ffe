import { defineControl, type Machine } from '../../model/control.ts';
import type { ImageSummary } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { RemovalChange } from '../../model/host-change.ts';
import { imageDigits } from '../../model/image-reference.ts';
import { byHand, changeHost } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';

const daySeconds = 86_400;

export const imageUnusedRemoved = defineControl({
  id: 'image-unused-removed',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Images that nobody uses are removed', zh: '无人使用的镜像已删除' },
  why: {
    en: 'Old images fill the disk, and stay within reach of a wrong tag: a container started from one brings back every flaw that was mended since.',
    zh: '旧镜像占用磁盘，且写错 tag 就会用到：由旧镜像启动的容器会带回此后已修复的所有漏洞。',
  },
  how: {
    en: 'Fails where an unused image without a name was built longer ago than the days, or where there are many images and no container was made from most of them. Containers that do not run count as use.',
    zh: '无名镜像闲置且构建时间超过指定天数，或镜像数量较多且大部分未用于创建任何容器时，判为未通过。未运行的容器也算使用。',
  },
  references: {
    cisDocker: ['6.1'],
    nist800190: ['4.2.2'],
    links: ['https://docs.docker.com/engine/manage-resources/pruning/'],
  },
  parameters: {
    days: {
      default: 7,
      description: {
        en: 'Days from its build that an unused image without a name may stay.',
        zh: '闲置的无名镜像自构建起可保留的天数。',
      },
    },
    share: {
      default: 0.5,
      description: {
        en: 'The part of all images that may be unused, from 0 to 1.',
        zh: '允许闲置的镜像占比，0 到 1。',
      },
    },
    few: {
      default: 10,
      description: {
        en: 'With no more images than these, the part does not matter.',
        zh: '镜像总数不超过此数时不看占比。',
      },
    },
  },

  judge({ images, info }, { machine, now, parameters: { days, share, few } }) {
    if (!images.known) return unknownFrom(images);
    if (images.value.length === 0) return notApplicable({ en: 'The engine has no images.', zh: '引擎中没有镜像。' });
    const containers = machine?.containers ?? [];
    if (!machine || (info.known && (info.value.containers ?? 0) > containers.length)) {
      return unknown(
        {
          en: 'Not every container could be read, so that it is not known which images are used.',
          zh: '部分容器无法读取，因此不知道哪些镜像在用。',
        },
        { en: 'access to the whole engine API', zh: '完整的引擎 API 访问权限' },
        evidenceOf(images, images.value.length),
      );
    }
    const unused = unusedOf(images.value, machine);
    const dangling = unused.filter((each) => isNameless(each) && isOld(each, days, now));
    const total = images.value.length;
    const evidence = evidenceOf(images, { images: total, unused: unused.length, dangling: dangling.length });
    if (dangling.length > 0) {
      return fail(
        {
          en: `Unused, without a name and built more than ${days} days ago: ${dangling.length} of ${total} images.`,
          zh: `${total} 个镜像中有 ${dangling.length} 个闲置、无名且构建于 ${days} 天之前。`,
        },
        evidence,
        'images',
      );
    }
    if (total > few && unused.length / total > share) {
      return fail(
        {
          en: `Of ${total} images ${unused.length} are unused.`,
          zh: `${total} 个镜像中有 ${unused.length} 个无人使用。`,
        },
        evidence,
        'images',
      );
    }
    return pass(
      {
        en: `Of ${total} images ${unused.length} are unused.`,
        zh: `${total} 个镜像中有 ${unused.length} 个无人使用。`,
      },
      evidence,
    );
  },

  remedy({ kind, images }, { machine, now, parameters: { days, share, few } }) {
    const summary: Text = {
      en: 'Remove what no container uses, first what has no name; look at the list before, since what was only built here cannot be pulled again.',
      zh: '删除没有容器使用的镜像，先从无名镜像开始；删除前先看清单，仅在本机构建的镜像无法重新拉取。',
    };
    if (kind === 'docker' && machine && images.known) {
      const unused = unusedOf(images.value, machine);
      const old = unused.filter((each) => isOld(each, days, now));
      const nameless = old.filter(isNameless);
      const isEnough = (removed: readonly ImageSummary[]) => {
        const total = images.value.length - removed.length;
        return total <= few || (unused.length - removed.length) / total <= share;
      };
      const removed = [nameless, old].find(isEnough) ?? [];
      if (removed.length > 0) return changeHost(removed.map(removalOf), summary);
    }
    return byHand(
      summary,
      [`${kind} image prune --filter until=${days * 24}h`, `${kind} image prune --all --filter until=${days * 24}h`],
      'none',
    );
  },
});

/** Images that no container was made from, one that does not run included. */
function unusedOf(images: readonly ImageSummary[], { containers }: Machine): ImageSummary[] {
  const used = new Set(containers.map(({ image }) => imageDigits(image.id ?? '')));
  return images.filter(({ id }) => !used.has(imageDigits(id)));
}

function isNameless({ tags, digests }: ImageSummary): boolean {
  return tags.length === 0 && digests.length === 0;
}

/** A reproducible build has no date, and may be of today. */
function isOld({ created }: ImageSummary, days: number, now: Date): boolean {
  return created > 2 * daySeconds && created < now.getTime() / 1000 - days * daySeconds;
}

function removalOf({ id, tags, digests }: ImageSummary): RemovalChange {
  return { kind: 'removal', what: 'image', id, name: tags[0] ?? digests[0] ?? id };
}
