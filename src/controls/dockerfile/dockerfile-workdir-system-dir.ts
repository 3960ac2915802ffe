import { defineControl } from '../../model/control.ts';
import { type Instruction, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';
import { normalised } from './written-files.ts';

export const dockerfileWorkdirSystemDir = defineControl({
  id: 'dockerfile-workdir-system-dir',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'WORKDIR is no folder of the system', zh: 'WORKDIR 不是系统目录' },
  why: {
    en: "The kernel mounts over some of these folders when the container starts, so files put there are gone, or a process starts inside of the kernel's own interface; in the others they mix with those of the distribution.",
    zh: '容器启动时，其中一些目录会被内核文件系统覆盖，放入的文件随之消失，或进程直接从内核接口目录启动；在另一些目录中，文件会与发行版自身的文件混在一起。',
  },
  how: {
    en: 'Follows WORKDIR through each stage, relative ones and variables resolved. Folders of the kernel and of the boot loader fail with all below them; others that belong to the distribution fail themselves, while a folder of its own below them passes.',
    zh: '沿各阶段解析 WORKDIR（含相对路径与变量）。内核与引导相关目录连同其下所有路径判为未通过；属于发行版的其他目录仅其自身判为未通过，其下的独立子目录通过。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DS-0030'],
    links: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  },
  counterexample: {
    bad: 'FROM debian:13\nWORKDIR /proc/self/fd\n',
    good: 'FROM debian:13\nWORKDIR /srv/web\n',
  },

  judge({ stages, instructions: all, locate }) {
    const folders = stages.flatMap(({ instructions }) => {
      let current: string | undefined = '/';
      return instructionsOf(instructions, ['workdir'], { onbuild: true }).flatMap(({ words: [word] }) => {
        if (!word) return [];
        const written = word.value?.replaceAll('\\', '/');
        if (written === undefined) current = undefined;
        else if (written.startsWith('/')) current = normalised(written);
        else if (current !== undefined) current = normalised(`${current}/${written}`);
        return [{ word, folder: current }];
      });
    });
    const failures = folders.flatMap(({ word, folder }) =>
      folder !== undefined && isSystemFolder(folder)
        ? [
            failAt(
              { en: `${folder} belongs to the system.`, zh: `${folder} 属于系统目录。` },
              locate(word.span),
              folder,
              word.span,
            ),
          ]
        : [],
    );
    if (failures.length > 0) return failures;
    const open = folders.find(({ word, folder }) => folder === undefined && isArgument(word.text, all));
    return open
      ? unknown(
          { en: `Which folder ${open.word.text} is, is not known.`, zh: `无法确定 ${open.word.text} 是哪个目录。` },
          { en: 'a default value for its ARG', zh: '为相应的 ARG 提供默认值' },
          { source: 'file', path: 'WORKDIR', value: open.word.text },
        )
      : pass({ en: 'No WORKDIR is a folder of the system.', zh: '没有 WORKDIR 是系统目录。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Use a folder of its own, as /app or /srv/web, and change the paths that follow it.',
        zh: '使用独立目录（如 /app 或 /srv/web），并相应修改后续路径。',
      },
      [],
      'rebuild',
    );
  },
});

/** It is all that a build argument holds. What a base image sets is a folder of its own making, as `$HOME` is. */
function isArgument(text: string, instructions: readonly Instruction[]): boolean {
  const name = /^\$(?:(\w+)|\{(\w+)[^}]*\})$/.exec(text)?.slice(1).find(Boolean);
  return instructionsOf(instructions, ['arg']).some(({ pairs }) => pairs.some((pair) => pair.name.text === name));
}

function isSystemFolder(folder: string): boolean {
  return (
    /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?:\/|$)/.test(folder) ||
    /^\/(?:etc|bin|sbin|lib|lib32|lib64|libx32|run|var|usr|usr\/(?:bin|sbin|lib|lib64|libexec)|var\/run)$/.test(folder)
  );
}
