import { defineControl } from '../../model/control.ts';
import { type CopyInstruction, instructionsOf } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { kindOfSource } from './remote-source.ts';
import { fileName } from './written-files.ts';

/** Flags that only ADD knows: whoever writes them wants ADD. */
const addOnly = new Set(['checksum', 'keep-git-dir', 'unpack']);

export const dockerfileCopyNotAdd = defineControl({
  id: 'dockerfile-copy-not-add',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Local files are copied with COPY', zh: '本地文件使用 COPY 复制' },
  why: {
    en: 'ADD also downloads and unpacks. Where a plain copy is meant, a file that happens to be an archive is taken apart, and a reader cannot tell what was intended.',
    zh: 'ADD 还会下载和解包。本意只是复制时，恰好是归档的文件会被解开，读者也看不出真实意图。',
  },
  how: {
    en: 'Looks in all stages for ADD whose sources are all files and folders of the build context, none of them an archive by its name. URLs, git repositories, and names that may stand for an archive are left to ADD.',
    zh: '在所有阶段查找来源全部为构建上下文中文件或目录、且按名称均非归档的 ADD。URL、git 仓库以及可能代表归档的名称保留 ADD。',
  },
  references: {
    cisDocker: ['4.9'],
    nist800190: ['4.1.2'],
    aliases: ['image-add-vs-copy', 'DL3020', 'DS-0005', 'CKV_DOCKER_4', 'CIS-DI-0009'],
    links: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  },
  counterexample: {
    bad: 'FROM debian:13\nADD . /srv/web/\n',
    good: 'FROM debian:13\nCOPY . /srv/web/\n',
  },

  judge({ instructions, locate }) {
    const failures = instructionsOf(instructions, ['add'], { onbuild: true })
      .filter(isPlainCopy)
      .map(({ keywordSpan }) =>
        failAt({ en: 'It adds local files.', zh: '用 ADD 复制本地文件。' }, locate(keywordSpan), 'ADD', keywordSpan),
      );
    return failures.length > 0 ? failures : pass({ en: 'No ADD is a plain copy.', zh: '没有仅用于复制的 ADD。' });
  },

  remedy({ instructions, text }, _context, { span }) {
    const add = instructionsOf(instructions, ['add'], { onbuild: true }).find(
      ({ keywordSpan }) => keywordSpan.start === span?.start,
    );
    if (!span || !add || mayBeArchive(add)) {
      return byHand(
        {
          en: 'Write COPY, unless the source is an archive that is to be unpacked.',
          zh: '改用 COPY，除非来源是需要解包的归档。',
        },
        [],
        'rebuild',
      );
    }
    const isLower = text.slice(span.start, span.end) === 'add';
    return editText([{ ...span, text: isLower ? 'copy' : 'COPY' }], { en: 'Write COPY.', zh: '改用 COPY。' });
  },
});

function isPlainCopy({ sources, heredocs, destination, flags }: CopyInstruction): boolean {
  if (!destination || sources.length + heredocs.length === 0) return false;
  if (flags.some(({ name }) => addOnly.has(name))) return false;
  return sources.every(({ text, value }) => kindOfSource(value ?? text) === 'local');
}

/** A root file system is sometimes kept in an archive whose name does not say so; a pattern may match one. */
function mayBeArchive({ sources, destination }: CopyInstruction): boolean {
  const isRoot = destination?.text === '/';
  return sources.some(({ text, variable }) => {
    const name = fileName(text);
    return /[*?]$/.test(name) || variable || (isRoot && /^[\w-]+$/.test(name) && !text.endsWith('/'));
  });
}
