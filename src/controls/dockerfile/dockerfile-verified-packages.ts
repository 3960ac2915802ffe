import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { runCommands } from './run-commands.ts';
import { type Bypass, bypassesOf } from './verification-bypass.ts';
import { switchedOffBy, switchedOffIn } from './verification-settings.ts';

export const dockerfileVerifiedPackages = defineControl({
  id: 'dockerfile-verified-packages',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'Downloads and packages are verified', zh: '下载内容与软件包均经过校验' },
  why: {
    en: 'With the check of certificates or signatures switched off, anyone on the way to the server can put a program of their own into the image, and nothing shows it.',
    zh: '关闭证书或签名校验后，通往服务器途中的任何人都能把自己的程序放进镜像，而且不会留下任何痕迹。',
  },
  how: {
    en: 'Looks in all stages for options, settings and variables that switch the checks of curl, wget, git, pip, npm, yarn, gem, go, apk, apt, yum, dnf, rpm, zypper and others off, in RUN, ENV, ARG and in configuration that is written. Requests to the same machine pass. A bypass that a later step takes back is one all the same.',
    zh: '在所有阶段的 RUN、ENV、ARG 以及写入的配置中，查找关闭 curl、wget、git、pip、npm、yarn、gem、go、apk、apt、yum、dnf、rpm、zypper 等校验的选项、设置与变量。访问本机的请求不算。后续步骤再恢复的同样算作绕过。',
  },
  references: {
    cisDocker: ['4.11'],
    nist800190: ['4.1.5'],
    aliases: [
      'dockerfile-tls-verify-off-curl-wget',
      'dockerfile-tls-verify-off-pip',
      'dockerfile-tls-verify-off-env',
      'dockerfile-tls-verify-off-yum',
      'dockerfile-unsigned-apk',
      'dockerfile-unsigned-apt',
      'dockerfile-unsigned-rpm',
      'CKV2_DOCKER_2',
      'CKV2_DOCKER_3',
      'CKV2_DOCKER_4',
      'CKV2_DOCKER_5',
      'CKV2_DOCKER_6',
      'CKV2_DOCKER_7',
      'CKV2_DOCKER_8',
      'CKV2_DOCKER_9',
      'CKV2_DOCKER_10',
      'CKV2_DOCKER_11',
      'CKV2_DOCKER_12',
      'CKV2_DOCKER_13',
      'CKV2_DOCKER_14',
      'CKV2_DOCKER_15',
      'CKV2_DOCKER_16',
    ],
    links: ['https://docs.docker.com/build/building/best-practices/'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN curl -fsSLk https://shop.example/web.deb -o web.deb\n',
    good: 'FROM debian:13\nRUN curl -fsSL https://shop.example/web.deb -o web.deb\n',
  },

  judge({ instructions, locate }) {
    const variables = instructionsOf(instructions, ['env', 'arg'], { onbuild: true }).flatMap(({ pairs }) =>
      pairs.flatMap(({ name, value, span }): Bypass[] => {
        const off = switchedOffBy(name.text, value?.value ?? value?.text ?? '');
        return off ? [{ span, what: name.text, lost: off }] : [];
      }),
    );
    const files = instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap(
      ({ heredocs, destination }) =>
        heredocs.flatMap(({ content, span }): Bypass[] => {
          const off = switchedOffIn(content);
          return off ? [{ span, what: destination?.text ?? '', lost: off }] : [];
        }),
    );
    const commands = runCommands(instructions).flatMap(({ command }) => bypassesOf(command));
    const failures = distinct([...variables, ...files, ...commands]).map(({ span, what, lost }) =>
      failAt({ en: `By ${what}, ${lost.en}.`, zh: `${what} 导致${lost.zh}。` }, locate(span), what, span),
    );
    return failures.length > 0
      ? failures
      : pass({ en: 'No check of certificates or signatures is switched off.', zh: '没有关闭证书或签名校验。' });
  },

  remedy() {
    return byHand(
      {
        en: "Take the bypass out. Where a check then fails, install ca-certificates, or add the certificate or signing key of your own server to the image's trust store.",
        zh: '移除绕过选项。若校验随之失败，请安装 ca-certificates，或把自有服务器的证书或签名公钥加入镜像的信任库。',
      },
      ['COPY company-ca.crt /usr/local/share/ca-certificates/', 'RUN update-ca-certificates'],
      'rebuild',
    );
  },
});

/** What one command hands on to another is found twice; of two stretches, one in the other, the inner one says more. */
function distinct(bypasses: readonly Bypass[]): Bypass[] {
  return bypasses.filter(
    ({ span }, index) =>
      !bypasses.some(
        (other, at) =>
          other.span.start >= span.start &&
          other.span.end <= span.end &&
          (at < index || other.span.start > span.start || other.span.end < span.end) &&
          !(at > index && other.span.start === span.start && other.span.end === span.end),
      ),
  );
}
