import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, lineage } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileCopyAllContext = defineControl({
  id: 'dockerfile-copy-all-context',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'The image takes named files of the build context', zh: '镜像只复制构建上下文中指明的文件' },
  why: {
    en: 'All of the build context is often more than was meant: .git, .env, keys and local settings come along unless .dockerignore names them.',
    zh: '整个构建上下文往往超出本意：除非 .dockerignore 排除，.git、.env、密钥和本地设置都会被带入。',
  },
  how: {
    en: 'In the stages that the image is made of, no COPY or ADD takes the whole context. What .dockerignore leaves out is not known here, and stages that only build may copy all.',
    zh: '在构成镜像的各阶段中，COPY 与 ADD 不复制整个上下文。此处无法得知 .dockerignore 排除了什么；仅用于构建的阶段可以复制全部。',
  },
  references: {
    nist800190: ['4.1.4'],
    links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  },
  counterexample: {
    bad: 'FROM node:22\nWORKDIR /srv/web\nCOPY . .\n',
    good: 'FROM node:22\nWORKDIR /srv/web\nCOPY package.json server.js ./\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'The whole context is not copied.',
      zh: '没有复制整个上下文。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Copy the files and folders that the image needs, or keep a .dockerignore that leaves everything else out and accept this finding.',
        zh: '只复制镜像所需的文件和目录；或维护一份排除其余内容的 .dockerignore，并豁免此项。',
      },
      ['COPY package.json package-lock.json ./', 'COPY src/ src/'],
      'rebuild',
    );
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return lineage(dockerfile)
    .toReversed()
    .flatMap(({ instructions }) => instructionsOf(instructions, ['copy', 'add'], { onbuild: true }))
    .flatMap(({ from, sources, destination }) => {
      const source = sources.find(({ value, text }) => /^(?:\.?\/*|\.?\/?\*|\.\/+\.)$/.test(value ?? text));
      if (from || !source || !destination) return [];
      return [
        {
          span: source.span,
          value: `${source.text} ${destination.text}`,
          message: { en: 'It copies the whole build context.', zh: '复制了整个构建上下文。' },
        },
      ];
    });
}
