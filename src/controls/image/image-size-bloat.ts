import { defineControl } from '../../model/control.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { readableBytes } from '../../model/readable-bytes.ts';
import { hasFiles, notOpened, unseenPart } from './inside.ts';

const megabyte = 1024 ** 2;

export const imageSizeBloat = defineControl({
  id: 'image-size-bloat',
  subject: 'image',
  severity: 'low',
  looksAt: 'contents',
  title: { en: 'The image carries little that a later layer deleted', zh: '镜像中被后续层删除的内容很少' },
  why: {
    en: 'What a later layer deletes or writes anew is pulled and stored all the same, and whoever has the image can still take it out.',
    zh: '被后续层删除或重写的内容仍会被拉取和存储，拿到镜像的人也仍能取出。',
  },
  how: {
    en: 'Adds up the bytes of files that are hidden in the end, and holds them against all bytes of the image. A few megabytes are never too much.',
    zh: '累计最终不可见文件的字节数，与镜像总字节数相比。少量（数 MB）不计。',
  },
  references: {
    cisDocker: ['4.3'],
    links: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  parameters: {
    wastedPercent: {
      default: 20,
      description: { en: 'As much of the image may be wasted, in percent.', zh: '允许浪费的比例（百分比）。' },
    },
    leastMegabytes: {
      default: 10,
      description: { en: 'Less than this never counts, in MiB.', zh: '少于此值（MiB）不计。' },
    },
  },
  appliesTo: hasFiles,
  counterexample: { contents: { ...exemplarContents, wastedBytes: 30_000_000 } },

  judge({ contents }, { parameters: { wastedPercent, leastMegabytes } }) {
    if (!contents) return notOpened();
    const { bytes, wastedBytes } = contents;
    const percent = bytes + wastedBytes === 0 ? 0 : Math.round((wastedBytes / (bytes + wastedBytes)) * 100);
    const size = readableBytes(wastedBytes);
    const evidence: Evidence = { source: 'file', path: '/', value: { bytes, wastedBytes } };
    if (wastedBytes >= leastMegabytes * megabyte && percent > wastedPercent) {
      return fail(
        {
          en: `${percent} % of it is wasted: ${size} that a later layer deleted or replaced.`,
          zh: `浪费了 ${percent}%：${size} 被后续层删除或替换。`,
        },
        evidence,
        'contents.wastedBytes',
      );
    }
    const unseen = unseenPart(contents);
    if (unseen) return unknownFrom(unseen);
    return pass({ en: `${percent} % of it is wasted: ${size}.`, zh: `浪费了 ${percent}%：${size}。` }, evidence);
  },

  remedy() {
    return byHand(
      {
        en: 'Delete what is not needed in the step that made it, set owner and mode when copying instead of afterwards, or build in one stage and copy the result into another.',
        zh: '在产生文件的同一步骤中删除不需要的内容，复制时直接设置属主和权限而非事后修改，或在一个阶段构建再复制到另一阶段。',
      },
      ['COPY --chown=10001 --chmod=0755 web /usr/bin/web'],
      'rebuild',
    );
  },
});
