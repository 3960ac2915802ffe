import type { Text } from '../../../model/text.ts';
import { type Chance, oddAnswerOf, type RequestFailure, type ServerKind } from '../../http/failure.ts';

export const seeRegistry: Text = {
  en: 'See whether the registry and the network between here and there work, and run again.',
  zh: '请检查镜像仓库以及到它的网络是否正常，然后重试。',
};

/** How failures speak of a registry. */
export const registryServer: ServerKind = {
  codes: { unreachable: 'registry-unreachable', tls: 'registry-tls', answer: 'registry-answer' },
  advice: seeRegistry,
  withoutTls: (host) => ({
    en: `Check the port. A registry without TLS is asked only if you say so, with --registry-insecure ${host}.`,
    zh: `请检查端口。只有用 --registry-insecure ${host} 明确允许，才会不经 TLS 访问。`,
  }),
  untrusted: (host) => ({
    en: `Give the authority that signed it with --registry-ca, or put it into /etc/docker/certs.d/${host}/ca.crt.`,
    zh: `请用 --registry-ca 指定签发它的 CA，或将其放入 /etc/docker/certs.d/${host}/ca.crt。`,
  }),
  redirected: {
    en: 'See where the registry sends its clients: it is not followed there.',
    zh: '请检查镜像仓库将客户端重定向到何处：该重定向未被跟随。',
  },
};

/** The registry said something that is not an answer to what was asked. */
export function oddAnswer(host: string, what: Text, advice?: Text, chance?: Chance): RequestFailure {
  return oddAnswerOf(registryServer, host, what, advice, chance);
}
