import { defineControl } from '../../model/control.ts';
import { type Dockerfile, type Instruction, instructionsOf, type Word } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';
import { instructionsBefore } from './run-instructions.ts';
import { normalised } from './written-files.ts';
import { isAbsolutePath } from './written-path.ts';

export const dockerfileWorkdirAbsolute = defineControl({
  id: 'dockerfile-workdir-absolute',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'WORKDIR is an absolute path', zh: 'WORKDIR 为绝对路径' },
  why: {
    en: 'A relative path goes on from the WORKDIR above it, or from the one of the base image. When either changes, everything below moves to another folder.',
    zh: '相对路径从上一个 WORKDIR 或基础镜像的工作目录继续。其中任何一个变化，后续内容都会落到别的目录。',
  },
  how: {
    en: 'Every WORKDIR begins with a slash, a backslash or a drive, once variables are replaced. Where a variable without a value begins it, nothing is said.',
    zh: '替换变量后，每个 WORKDIR 以斜杠、反斜杠或盘符开头。以无值变量开头的不作判断。',
  },
  references: {
    aliases: ['DL3000', 'DS-0009', 'CKV_DOCKER_10'],
    links: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  },
  counterexample: {
    bad: 'FROM debian:13\nWORKDIR /srv\nWORKDIR web\n',
    good: 'FROM debian:13\nWORKDIR /srv\nWORKDIR /srv/web\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every WORKDIR is an absolute path.',
      zh: '所有 WORKDIR 均为绝对路径。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const folder = place && folderOf(dockerfile, place.instruction);
    return folder !== undefined && /^\/[\w./-]*$/.test(folder)
      ? editText([{ ...failure.span, start: failure.span?.start ?? 0, end: failure.span?.end ?? 0, text: folder }], {
          en: `Write ${folder}.`,
          zh: `改为 ${folder}。`,
        })
      : byHand({ en: 'Write the path from its root on.', zh: '写出从根开始的完整路径。' }, [], 'rebuild');
  },
});

function places({ instructions }: Dockerfile): readonly (Place & { readonly instruction: Instruction })[] {
  return instructionsOf(instructions, ['workdir'], { onbuild: true }).flatMap((instruction) => {
    const [word] = instruction.words;
    if (!word || isAbsolutePath(word) !== false) return [];
    return [
      {
        instruction,
        span: word.span,
        value: word.text,
        message: { en: `${word.text} is a relative path.`, zh: `${word.text} 是相对路径。` },
      },
    ];
  });
}

/** The folder that it means, where only this file decides and no variable can change it. */
function folderOf(dockerfile: Dockerfile, instruction: Instruction): string | undefined {
  if (instruction.onbuild) return undefined;
  const words = instructionsOf([...instructionsBefore(dockerfile, instruction), instruction], ['workdir']).flatMap(
    ({ words: [word] }) => (word ? [word] : []),
  );
  const base = words.findLastIndex((word) => word.text.startsWith('/'));
  const chain = words.slice(base);
  if (base < 0 || !chain.every(isPlain)) return undefined;
  return normalised(chain.map(({ text }) => text).join('/'));
}

function isPlain({ text, variable }: Word): boolean {
  return !variable && /^[\w./-]+$/.test(text);
}
