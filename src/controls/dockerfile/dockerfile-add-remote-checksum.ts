import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { secretFormat } from '../container/secret-rules.ts';
import { kindOfSource } from './remote-source.ts';

export const dockerfileAddRemoteChecksum = defineControl({
  id: 'dockerfile-add-remote-checksum',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'ADD from a URL names the checksum', zh: '用 ADD 下载 URL 时指明校验和' },
  why: {
    en: 'Whatever the server sends goes into the image. A checksum makes the build stop when the file is not the one that was reviewed.',
    zh: '服务器返回什么，镜像里就是什么。写明校验和后，文件与审查过的不一致时构建会中止。',
  },
  how: {
    en: 'Looks in all stages for ADD with an http or https source and without --checksum. Sources that are git repositories are not meant.',
    zh: '在所有阶段查找来源为 http 或 https 且没有 --checksum 的 ADD。git 仓库来源不在此列。',
  },
  references: { nist800190: ['4.1.5'], links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'] },
  counterexample: {
    bad: 'FROM debian:13\nADD https://shop.example/web-1.2.3.bin /usr/local/bin/web\n',
    good: `FROM debian:13\nADD --checksum=sha256:${'0123456789abcdef'.repeat(4)} https://shop.example/web-1.2.3.bin /usr/local/bin/web\n`,
  },

  judge({ instructions, locate }) {
    const failures = instructionsOf(instructions, ['add'], { onbuild: true }).flatMap(({ sources, flags }) => {
      if (flags.some(({ name, value }) => name === 'checksum' && value !== undefined && value.text !== '')) return [];
      const remote = sources.filter(({ text, value }) => kindOfSource(value ?? text) === 'remote');
      return remote.map(({ text, value, span }) =>
        failAt(
          { en: 'Nothing checks what is downloaded.', zh: '下载的内容未经校验。' },
          locate(span),
          secretFormat(value ?? text) === undefined ? text : 'URL',
          span,
        ),
      );
    });
    return failures.length > 0
      ? failures
      : pass({ en: 'Every download by ADD has a checksum, or there is none.', zh: '没有 ADD 下载，或均带有校验和。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Download the file, review it, and write its SHA-256 into the instruction. This needs BuildKit.',
        zh: '下载并审查文件，然后把其 SHA-256 写入指令。该功能需要 BuildKit。',
      },
      ['curl -fsSL URL | sha256sum', 'ADD --checksum=sha256:HASH URL DESTINATION'],
      'rebuild',
    );
  },
});
