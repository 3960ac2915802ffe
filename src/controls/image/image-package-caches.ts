import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { readableBytes } from '../../model/readable-bytes.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

const kilobyte = 1024;

export const imagePackageCaches = defineControl({
  id: 'image-package-caches',
  subject: 'image',
  severity: 'low',
  looksAt: 'contents',
  title: { en: 'No package manager left its downloads in the image', zh: '镜像中没有软件包管理器留下的下载内容' },
  why: {
    en: 'Lists and downloads make the image larger for everyone who pulls it, and lists that are out of date let a later step install versions that are no longer there or no longer safe. A later layer that deletes them makes it no smaller.',
    zh: '列表和下载内容会增大每次拉取的体积；过期的列表会让后续步骤安装已不存在或不再安全的版本。后续层删除它们并不会缩小镜像。',
  },
  how: {
    en: 'Looks in every layer, also in what a later one deleted, for what apt, apk, dnf, zypper and pacman keep, and package managers of languages. Small remains are left out.',
    zh: '在每一层（包括被后续层删除的内容）中查找 apt、apk、dnf、zypper、pacman 以及各语言软件包管理器的缓存。少量残留不计。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['image-apt-lists-cleared', 'image-apk-no-cache', 'DKL-DI-0004', 'DKL-DI-0005'],
    links: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
  },
  parameters: {
    leastKilobytes: {
      default: 64,
      description: { en: 'Folders with less in them do not count, in KiB.', zh: '内容少于此值（KiB）的文件夹不计。' },
    },
    accepted: acceptedPaths({ en: 'Folders that may be there, with stars.', zh: '允许存在的文件夹，可用星号。' }),
  },
  appliesTo: hasFiles,
  counterexample: {
    contents: {
      ...contentsWith(),
      files: [{ kind: 'package-cache', path: '/var/lib/apt/lists', layer: 0, detail: 'apt lists', size: 19_000_000 }],
    },
  },

  judge(image, { parameters: { accepted, leastKilobytes } }) {
    const found = notableFiles(image.contents, ['package-cache'], accepted).filter(
      ({ size }) => size >= leastKilobytes * kilobyte,
    );
    return judgeFiles(image, {
      found,
      fails: () => {
        const { en, zh } = listed(found.map(({ path, size }) => `${path} (${readableBytes(size)})`));
        return { en: `Downloads were left in it: ${en}.`, zh: `留有下载内容：${zh}。` };
      },
      passes: { en: 'No package manager left its downloads in it.', zh: '没有软件包管理器留下的下载内容。' },
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Mount a cache for the step that installs, or delete the downloads in that very step: a later one does not make the image smaller.',
        zh: '为安装步骤挂载缓存，或在同一步骤中删除下载内容；放在后续步骤删除不会缩小镜像。',
      },
      [
        'RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*',
        'RUN apk add --no-cache curl',
        'RUN --mount=type=cache,target=/root/.npm npm ci',
      ],
      'rebuild',
    );
  },
});
