import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type Word } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';

export const dockerfileCopyDestSlash = defineControl({
  id: 'dockerfile-copy-dest-slash',
  subject: 'dockerfile',
  severity: 'low',
  title: {
    en: 'The destination of several sources ends with a slash',
    zh: '复制多个来源时，目标以斜杠结尾',
  },
  why: {
    en: 'Several sources need a folder as their destination. Without the slash some builders refuse the line, and a reader takes the destination for a file.',
    zh: '多个来源需要以目录为目标。缺少斜杠时，部分构建工具会拒绝该行，读者也会把目标误认为文件。',
  },
  how: {
    en: 'Reads COPY and ADD with two sources or more, here-documents included, in either form. Where a variable without a value ends the destination, nothing is said.',
    zh: '检查有两个及以上来源（含 here-document）的 COPY 与 ADD，两种写法均检查。目标以无值变量结尾的不作判断。',
  },
  references: {
    aliases: ['DL3021', 'DS-0011'],
    links: ['https://docs.docker.com/reference/dockerfile/#destination'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY web.conf shop.conf /srv/web\n',
    good: 'FROM debian:13\nCOPY web.conf shop.conf /srv/web/\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every destination of several sources ends with a slash.',
      zh: '多个来源的目标均以斜杠结尾。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const { text } = dockerfile;
    const { span } = failure;
    if (!span || placeOf(places(dockerfile), failure)?.isShell) {
      return byHand({ en: 'Take out what only a shell understands.', zh: '去掉只有 shell 才能理解的部分。' });
    }
    const isQuoted = /["']/.test(text[span.end - 1] ?? '');
    const at = isQuoted ? span.end - 1 : span.end;
    return editText([{ start: at, end: at, text: '/' }], { en: 'Add the slash.', zh: '添加斜杠。' });
  },
});

/** `isShell`: operators of a shell stand among the sources, which COPY takes for files. */
function places({ instructions }: Dockerfile): readonly (Place & { readonly isShell: boolean })[] {
  return instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap(
    ({ sources, heredocs, destination, keyword }) => {
      const count = sources.length + heredocs.length;
      if (!destination || count < 2 || mayBeFolder(destination)) return [];
      return [
        {
          span: destination.span,
          isShell: sources.some((source) => /^(?:\|\||&&|;|\d?>)/.test(source.text)),
          value: destination.text,
          message: {
            en: `${keyword.toUpperCase()} has ${count} sources, and ${destination.text} does not end with a slash.`,
            zh: `${keyword.toUpperCase()} 有 ${count} 个来源，而 ${destination.text} 不以斜杠结尾。`,
          },
        },
      ];
    },
  );
}

function mayBeFolder({ text, value }: Word): boolean {
  const written = value ?? text;
  return /[/\\]$/.test(written) || /[/\\]$/.test(text) || (value === undefined && /\$\w+$|\}$/.test(written));
}
