import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { secretFormat } from '../container/secret-rules.ts';
import { type Download, downloadsOf } from './downloads.ts';
import { verdictsAt } from './places.ts';
import { runsOf } from './run-instructions.ts';
import { checksDownloads } from './verified-downloads.ts';
import { fileName } from './written-files.ts';

export const dockerfileDownloadIntegrity = defineControl({
  id: 'dockerfile-download-integrity',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'Nobody can exchange a download on its way', zh: '下载内容在传输途中不会被替换' },
  why: {
    en: 'Over plain HTTP anyone on the way to the server can put a file of their own into the image. TLS ends that, and a checksum also notices when the server itself sends something else than what was reviewed.',
    zh: '使用明文 HTTP 时，通往服务器途中的任何人都能把自己的文件放进镜像。TLS 可以避免这一点；校验和还能发现服务器本身返回了与审查时不同的内容。',
  },
  how: {
    en: 'Looks in RUN of all stages for files that curl and wget fetch over plain HTTP, and keep or hand to a program such as tar, where no checksum or signature is compared in the same RUN, or in a later one that names the file. Where checksums are required, downloads over HTTPS need one too. Keys and signatures, what a shell is fed, and requests to the same machine are left to other controls or left alone; so is ADD.',
    zh: '在所有阶段的 RUN 中查找 curl、wget 通过明文 HTTP 下载并保存、或交给 tar 等程序的文件，且同一 RUN 或后续提及该文件的 RUN 中没有比对校验和或签名。要求校验和时，通过 HTTPS 下载的文件同样需要。密钥与签名、交给 shell 执行的内容、访问本机的请求以及 ADD 由其他控制项负责或不作判断。',
  },
  references: { nist800190: ['4.1.5'], links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'] },
  parameters: {
    requireChecksum: {
      default: false,
      description: { en: 'Require a checksum of downloads over HTTPS too.', zh: '通过 HTTPS 下载的文件也要求校验和。' },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN curl -fsSLo /opt/web.tar.gz http://shop.example/web-1.2.3.tar.gz\n',
    good: 'FROM debian:13\nRUN curl -fsSLo /opt/web.tar.gz https://shop.example/web-1.2.3.tar.gz\n',
  },

  judge(dockerfile, { parameters: { requireChecksum } }) {
    const runs = runsOf(dockerfile.instructions);
    const open = runs
      .flatMap(downloadsOf)
      .filter((download) => (isPlain(download) || requireChecksum) && isAsked(download))
      .filter((download) => !isChecked(download, runs, dockerfile));
    return verdictsAt(
      dockerfile,
      open.map((download) => ({
        span: download.word.span,
        value: isPrivate(download) ? 'URL' : download.word.text.replace(/\?.*$/s, ''),
        message: isPlain(download)
          ? {
              en: `${download.program} downloads it over plain HTTP, and nothing checks it.`,
              zh: `${download.program} 通过明文 HTTP 下载，且未经校验。`,
            }
          : {
              en: `Nothing checks what ${download.program} downloads.`,
              zh: `${download.program} 下载的内容未经校验。`,
            },
      })),
      { en: 'No download stays unprotected.', zh: '没有不受保护的下载。' },
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Download over HTTPS, review the file, and compare its SHA-256 with one that is kept in the Dockerfile before it is used.',
        zh: '通过 HTTPS 下载并审查文件，使用前与 Dockerfile 中保存的 SHA-256 比对。',
      },
      [
        'RUN curl -fsSLo /tmp/web.tar.gz https://shop.example/web-1.2.3.tar.gz && echo "HASH  /tmp/web.tar.gz" | sha256sum -c',
      ],
      'rebuild',
    );
  },
});

function isPlain({ url }: Download): boolean {
  return /^http:/i.test(url);
}

/** The value shown must not hold a password; a query, which may hold a token, is cut off. */
function isPrivate({ url, word }: Download): boolean {
  return [url, word.text].some((text) => secretFormat(text) !== undefined || /^\w+:\/\/[^/]*@/.test(text));
}

const keys = /keyrings?\/|trusted\.gpg|rpm-gpg|\/apk\/keys\/|\.(?:gpg|asc|key|pub|sig|sign|minisig)$/i;
const checksums =
  /\.(?:sha\d+(?:sums?)?|md5(?:sums?)?|b2|digest)(?:\.txt)?$|(?:sha\d+|md5)sums?(?:\.txt)?$|checksums?(?:\.txt)?$/i;
const repositories = /\.repo$|\/sources\.list\.d\//;

/** Other files are checked with keys and checksums; a list of repositories changes, and a package manager checks what is in them. */
function isAsked(download: Download): boolean {
  const names = [download.url.replace(/[?#].*$/s, ''), download.file ?? ''];
  if (names.some((name) => keys.test(name) || checksums.test(name))) return false;
  return isPlain(download) || !names.some((name) => repositories.test(name));
}

function isChecked({ run, url, file }: Download, runs: readonly RunInstruction[], { text }: Dockerfile): boolean {
  if (checksDownloads(run)) return true;
  const name = fileName(file ?? url);
  return runs.some(
    (later) =>
      later.stage === run.stage &&
      later.span.start > run.span.start &&
      name !== '' &&
      text.slice(later.span.start, later.span.end).includes(name) &&
      checksDownloads(later),
  );
}
