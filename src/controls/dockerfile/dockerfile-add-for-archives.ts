import { defineControl } from '../../model/control.ts';
import { type CopyInstruction, type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { fileName } from './written-files.ts';

export const dockerfileAddForArchives = defineControl({
  id: 'dockerfile-add-for-archives',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'Local archives are unpacked by ADD', zh: '本地归档用 ADD 解包' },
  why: {
    en: 'A copied archive stays in its layer after it is unpacked and deleted by a RUN: the image carries it twice.',
    zh: '复制进来的归档即使被后续 RUN 解包并删除，仍留在其镜像层中：镜像里存了两份。',
  },
  how: {
    en: 'Looks for COPY of a tar archive, compressed or not, that a later RUN of the stage unpacks whole. ADD cannot take single members, strip folders or read zip files, and does not copy from stages: those are left alone.',
    zh: '查找被本阶段后续 RUN 整体解包的 tar 归档（无论是否压缩）的 COPY。ADD 不能只取部分成员、不能去除目录层级、不能读取 zip，也不能从阶段复制，这些情况不作判断。',
  },
  references: {
    aliases: ['DL3010'],
    links: ['https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY web.tar.gz /tmp/\nRUN tar -xzf /tmp/web.tar.gz -C /srv\n',
    good: 'FROM debian:13\nADD web.tar.gz /srv/\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No copied archive is unpacked later.',
      zh: '没有复制后再解包的归档。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Write ADD with the folder that tar unpacks to, and take tar out of the RUN.',
        zh: '改用 ADD，目标为 tar 解包的目录，并从 RUN 中去掉 tar。',
      },
      ['ADD web.tar.gz /srv/'],
      'rebuild',
    );
  },
});

function places({ stages }: Dockerfile): readonly Place[] {
  return stages.flatMap(({ instructions }) => {
    const unpacked = instructionsOf(instructions, ['run'], { onbuild: true }).flatMap((run) =>
      commandsOf(run).flatMap((command) => unpackedBy(command).map((path) => ({ path, start: run.span.start }))),
    );
    if (unpacked.length === 0) return [];
    return instructionsOf(instructions, ['copy'], { onbuild: true }).flatMap((copy) => {
      const found = archivesOf(copy).find((name) =>
        unpacked.some(({ path, start }) => start > copy.span.start && isSameFile(path, name)),
      );
      if (found === undefined) return [];
      return [
        {
          span: copy.keywordSpan,
          value: found,
          message: { en: `${found} is copied, and unpacked by a RUN.`, zh: `${found} 先被复制，再由 RUN 解包。` },
        },
      ];
    });
  });
}

/** The names that the archives have in the image. */
function archivesOf({ sources, destination, from }: CopyInstruction): string[] {
  if (from || !destination) return [];
  const names = sources.map(({ text, value }) => fileName(value ?? text)).filter(isArchive);
  const target = fileName(destination.value ?? destination.text);
  return names.length === 1 && isArchive(target) ? [target] : names;
}

function isArchive(name: string): boolean {
  return /\.(?:tar(?:\.(?:gz|bz2|xz|zst|lzma|lz|z))?|tgz|tbz2?|txz|tzst|tlz|tpz|tz|tb2)$/i.test(name);
}

/** What a command unpacks as a whole: of tar the archive, of a decompressor its files. */
function unpackedBy({ program, words: [, ...words], redirects }: ShellCommand): string[] {
  const texts = words.map(({ text }) => text);
  if (/^(?:gunzip|bunzip2|unxz|unzstd|unlzma|uncompress|zcat|gzcat|bzcat|xzcat)$/.test(program)) {
    const input = redirects.filter(({ operator }) => operator === '<').map(({ target }) => target.text);
    return [...texts.filter((text) => !text.startsWith('-')), ...input];
  }
  if (!/^(?:bsd|g)?tar$/.test(program)) return [];
  const [first = ''] = texts;
  const letters = [...(/^\w+$/.test(first) ? [first] : []), ...texts.filter((text) => /^-\w/.test(text))];
  const extracts = letters.some((each) => each.includes('x')) || texts.some((text) => /^--(?:extract|get)$/.test(text));
  const isPartial = texts.some((text) =>
    /^--(?:strip|transform|xform|exclude|wildcards|files-from|to-stdout|no-same-owner)/.test(text),
  );
  if (!extracts || isPartial) return [];
  const operands = texts.flatMap((text, index) => operandOf(text, texts[index - 1], index));
  const archives = operands.filter(isArchive);
  return archives.length === operands.length ? archives : [];
}

/** An archive or a member; the value of `-C`, and what only says how, are none. */
function operandOf(text: string, before: string | undefined, index: number): string[] {
  const file = /^--file=(.+)$/.exec(text)?.[1];
  if (file !== undefined) return [file];
  if (text.startsWith('-') || (index === 0 && /^[a-zA-Z]+$/.test(text))) return [];
  return before !== undefined && /^(?:-\w*C|--directory|--one-top-level|-I|--use-compress-program)$/.test(before)
    ? []
    : [text];
}

/** A pattern or a variable on one side may mean the other. */
function isSameFile(path: string, name: string): boolean {
  const other = fileName(path);
  if (other === name) return true;
  if (!/[*?$]/.test(other) && !/[*?$]/.test(name)) return false;
  return other.endsWith(fixedEnd(name)) || name.endsWith(fixedEnd(other));
}

/** What is behind the last pattern or variable. */
function fixedEnd(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('*'), name.lastIndexOf('}')) + 1);
}
