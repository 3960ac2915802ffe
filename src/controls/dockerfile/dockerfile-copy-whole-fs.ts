import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileCopyWholeFs = defineControl({
  id: 'dockerfile-copy-whole-fs',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'No whole file system is copied from another stage', zh: '不从其他阶段复制整个文件系统' },
  why: {
    en: 'All of a stage is its tools, caches and credentials too, and it overwrites accounts and libraries of the image that it is copied into. What several stages were made for is lost.',
    zh: '整个阶段也包含其工具、缓存和凭据，并会覆盖目标镜像的账户与库。分阶段构建也就失去了意义。',
  },
  how: {
    en: 'No COPY with --from has the root of the file system both as a source and as its destination.',
    zh: '带 --from 的 COPY 不同时以文件系统根目录为来源和目标。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DL3067'],
    links: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  counterexample: {
    bad: 'FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build / /\n',
    good: 'FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build /go/bin/web /usr/local/bin/web\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No whole file system is copied.',
      zh: '没有复制整个文件系统。',
    });
  },

  remedy() {
    return byHand(
      { en: 'Copy only the files that the image needs.', zh: '只复制镜像所需的文件。' },
      ['COPY --from=build /go/bin/web /usr/local/bin/web'],
      'rebuild',
    );
  },
});

function places({ instructions }: Dockerfile): readonly Place[] {
  return instructionsOf(instructions, ['copy'], { onbuild: true }).flatMap(({ from, sources, destination }) => {
    const source = sources.find(({ value, text }) => /^\/+(?:\.\/*|\*)?$/.test(value ?? text));
    if (!from || !source || !destination || !/^\/+\.?$/.test(destination.value ?? destination.text)) return [];
    return [
      {
        span: source.span,
        value: `${source.text} ${destination.text}`,
        message: { en: `It copies all of ${from.text}.`, zh: `复制了 ${from.text} 的全部内容。` },
      },
    ];
  });
}
