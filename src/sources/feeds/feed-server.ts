import type { Text } from '../../model/text.ts';
import { type Chance, oddAnswerOf, type RequestFailure, type ServerKind } from '../http/failure.ts';

/** How failures speak of whoever has feeds. */
export const feedServer: ServerKind = {
  codes: { unreachable: 'feeds-unreachable', tls: 'feeds-tls', answer: 'feeds-answer' },
  advice: {
    en: 'See whether the server and the network between here and there work, and run again: it goes on where it was.',
    zh: '请检查服务器以及到它的网络是否正常，然后重新运行，将从中断处继续。',
  },
  withoutTls: (host) => ({
    en: `Check the port. Without TLS a server is asked only where the address says so: --mirror http://${host}`,
    zh: `请检查端口。只有地址中写明时才会不经 TLS 访问：--mirror http://${host}`,
  }),
  untrusted: () => ({
    en: 'Give the authority that signed it with --ca. A proxy that looks into TLS has one of its own.',
    zh: '请用 --ca 指定签发它的 CA。会解密 TLS 的代理使用自己的 CA。',
  }),
  redirected: {
    en: 'It is not followed there. Fetch the file in another way and read it: plimsoll feeds import FOLDER',
    zh: '该重定向未被跟随。请用其他方式下载文件后导入：plimsoll feeds import FOLDER',
  },
};

/** The server said something that is not an answer to what was asked. */
export function oddAnswer(host: string, what: Text, chance?: Chance, advice?: Text): RequestFailure {
  return oddAnswerOf(feedServer, host, what, advice, chance);
}
