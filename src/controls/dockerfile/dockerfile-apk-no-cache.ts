import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { editText } from '../../model/remedy.ts';
import { hasOption, insertOption, uncleanedCalls } from './package-calls.ts';
import { placeOf, verdictsAt } from './places.ts';
import { runsOfTarget } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const places = remembered(findPlaces);

export const dockerfileApkNoCache = defineControl({
  id: 'dockerfile-apk-no-cache',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'apk leaves no cache in the image', zh: 'apk 不在镜像中留下缓存' },
  why: {
    en: 'Without --no-cache the index of the repositories stays in the layer. It makes the image larger and is out of date the next day.',
    zh: '不带 --no-cache 时，软件源索引会留在该层中，使镜像变大，且第二天就已过时。',
  },
  how: {
    en: 'Every apk add of the final image has --no-cache or --no-network, or the same RUN deletes /var/cache/apk behind it, or there is a cache or tmpfs mount at /var/cache/apk or /etc/apk/cache. Stages that the final image is not built on are left alone.',
    zh: '最终镜像中的每个 apk add 都带有 --no-cache 或 --no-network，或同一条 RUN 在其后删除 /var/cache/apk，或在 /var/cache/apk 或 /etc/apk/cache 使用 cache 或 tmpfs 挂载。最终镜像不以其为基础的阶段不作判断。',
  },
  references: {
    aliases: ['image-apk-no-cache', 'DL3019', 'DS-0025', 'DKL-DI-0004'],
    links: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  counterexample: {
    bad: 'FROM alpine:3.22\nRUN apk add curl\n',
    good: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No cache of apk stays in the image.',
      zh: '镜像中没有留下 apk 的缓存。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    return editText(place ? [insertOption(place.call.run, place.span.end, '--no-cache')] : [], {
      en: 'Add --no-cache.',
      zh: '添加 --no-cache。',
    });
  },
});

function findPlaces(dockerfile: Dockerfile) {
  return uncleanedCalls(
    runsOfTarget(dockerfile),
    ['apk'],
    {
      folders: ['/var/cache/apk', '/etc/apk/cache'],
      fills: ({ action }) => action === 'add',
      cleans: () => false,
    },
    { each: true },
  )
    .filter((call) => !hasOption(call, '--no-cache', '--no-network'))
    .map((call) => ({
      call,
      span: call.span,
      value: 'apk add',
      message: {
        en: 'apk add leaves its index in this layer: it has no --no-cache.',
        zh: 'apk add 没有 --no-cache，会在这一层留下索引。',
      },
    }));
}
