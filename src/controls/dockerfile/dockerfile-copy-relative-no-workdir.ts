import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type Stage } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { isAbsolutePath } from './written-path.ts';

export const dockerfileCopyRelativeNoWorkdir = defineControl({
  id: 'dockerfile-copy-relative-no-workdir',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Files are copied to a folder that the file names', zh: '文件复制到 Dockerfile 中写明的目录' },
  why: {
    en: 'Without a WORKDIR a relative destination depends on the base image: it is the root of the file system in most, and another folder after an update.',
    zh: '没有 WORKDIR 时，相对目标取决于基础镜像：多数情况下是文件系统根目录，更新后又可能是别的目录。',
  },
  how: {
    en: 'Reads COPY and ADD in all stages. A destination that is a relative path needs a WORKDIR above it, in its stage or in one that the stage is built from. Where a variable without a value begins it, nothing is said.',
    zh: '检查所有阶段的 COPY 与 ADD。相对目标之前须有 WORKDIR，可在本阶段或其所基于的阶段中。以无值变量开头的不作判断。',
  },
  references: {
    aliases: ['DL3045'],
    links: ['https://docs.docker.com/reference/dockerfile/#destination'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY web.conf .\n',
    good: 'FROM debian:13\nWORKDIR /srv/web\nCOPY web.conf .\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every relative destination has a WORKDIR above it.',
      zh: '所有相对目标之前都有 WORKDIR。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Set the WORKDIR above it, or write the destination from the root on.',
        zh: '在其之前设置 WORKDIR，或写出从根开始的目标路径。',
      },
      [],
      'rebuild',
    );
  },
});

function places({ stages }: Dockerfile): readonly Place[] {
  const withWorkdir = new Set<Stage>();
  return stages.flatMap((stage) => {
    if (stage.base.kind === 'stage' && withWorkdir.has(stage.base.stage)) withWorkdir.add(stage);
    return instructionsOf(stage.instructions, ['workdir', 'copy', 'add'], { onbuild: true }).flatMap(
      (each): Place[] => {
        if ('words' in each) {
          withWorkdir.add(stage);
          return [];
        }
        const { destination, keyword } = each;
        if (!destination || withWorkdir.has(stage) || isAbsolutePath(destination) !== false) return [];
        const message = {
          en: `${keyword.toUpperCase()} to ${destination.text}, and no WORKDIR is set.`,
          zh: `${keyword.toUpperCase()} 的目标是 ${destination.text}，但未设置 WORKDIR。`,
        };
        return [{ span: destination.span, value: destination.text, message }];
      },
    );
  });
}
