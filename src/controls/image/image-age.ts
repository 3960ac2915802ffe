import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { baseOf, stepsOf } from './history.ts';
import { inspected } from './names-of-image.ts';

const dayMilliseconds = 86_400_000;

export const imageAge = defineControl({
  id: 'image-age',
  subject: 'image',
  severity: 'low',
  title: { en: 'Images in use were built not long ago', zh: '在用镜像的构建时间不过久' },
  why: {
    en: 'An image gets no updates. Every week after its build, more of the flaws in its packages are known and mended elsewhere.',
    zh: '镜像不会自行更新。构建之后每过一周，其软件包中就有更多漏洞已被公开，并在别处得到修复。',
  },
  how: {
    en: 'Asked of images that containers were made from: the day of the build, or of the last step that has a date, must not be longer ago than the limit. Builds that give the same bytes every time write no date: then that of the base that is here decides, which cannot be the younger one.',
    zh: '对已创建容器的镜像：其构建日期（或最后一个带日期的步骤）距今不得超过上限。可复现构建不写日期，此时以本机上基础镜像的日期为准，它不会晚于镜像本身。',
  },
  references: { nist800190: ['4.2.2'], links: ['https://docs.docker.com/build/building/best-practices/'] },
  parameters: {
    days: {
      default: 60,
      description: { en: 'Days after which an image is too old.', zh: '超过多少天的镜像视为过旧。' },
    },
  },
  counterexample: { created: Date.UTC(2024, 0, 1) },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge(image, { machine, now, parameters: { days } }) {
    const dates = image.created === null ? stepsOf(image).flatMap(({ step }) => step.created ?? []) : [image.created];
    // A clock may be a day ahead; a later date is one that somebody made up.
    const own = dates
      .filter((date) => date <= now.getTime() + dayMilliseconds)
      .toSorted((left, right) => right - left)[0];
    const base = baseOf(image, machine);
    const built = own ?? base?.created ?? undefined;
    const age = built === undefined ? undefined : Math.floor((now.getTime() - built) / dayMilliseconds);
    const evidence = inspected('Created', built === undefined ? null : new Date(built).toISOString());
    if (age !== undefined && age > days) {
      return fail(
        own === undefined
          ? { en: `Its base was built ${age} days ago.`, zh: `其基础镜像构建于 ${age} 天前。` }
          : { en: `It was built ${age} days ago.`, zh: `构建于 ${age} 天前。` },
        evidence,
        'created',
      );
    }
    if (age === undefined) {
      return unknown(
        { en: 'It does not say when it was built.', zh: '镜像未写明构建时间。' },
        {
          en: 'a build that writes its date, or a look at when it was pushed to its registry',
          zh: '让构建写入日期，或查看其推送到镜像仓库的时间',
        },
        evidence,
      );
    }
    const since = Math.max(age, 0);
    return pass(
      own === undefined
        ? {
            en: `It was built after its base, which is ${since} days old.`,
            zh: `它的构建晚于其基础镜像，后者构建于 ${since} 天前。`,
          }
        : { en: `It was built ${since} days ago.`, zh: `构建于 ${since} 天前。` },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Build it again on the newest base, without the cache, or pull the newer release, and re-create the containers.',
        zh: '基于最新的基础镜像、不用缓存重新构建，或拉取更新的版本，然后重建容器。',
      },
      ['docker build --pull --no-cache .'],
      'rebuild',
    );
  },
});
