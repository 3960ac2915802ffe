import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { askedOfOwnRegistries } from './own-registries.ts';

const question: Text = {
  en: 'Do the private registries in use refuse clients without a certificate or a token, for pulling as well as for pushing?',
  zh: '所用私有仓库是否拒绝没有证书或令牌的客户端，拉取和推送均如此？',
};

export const registryClientCert = defineControl({
  id: 'registry-client-cert',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The registry serves only clients that prove who they are', zh: '镜像仓库只为已验明身份的客户端服务' },
  why: {
    en: 'From a registry that asks nobody for a certificate or a token anyone who reaches it pulls your images, and what is in them; where writing is open too, anyone replaces them.',
    zh: '若仓库不要求证书或令牌，任何能访问它的人都能拉取镜像及其内容；若写入也开放，还能替换镜像。',
  },
  how: {
    en: 'Only a call to the registry without credentials would show it, and an audit makes no calls over the network. A person is asked where images in use come from a private registry.',
    zh: '只有不带凭据访问仓库才能得知，而审计不发起网络访问。所用镜像来自私有仓库时，须由人回答。',
  },
  references: { nist800190: ['4.2.3'], links: ['https://distribution.github.io/distribution/about/configuration/'] },
  question,

  judge(engine, context) {
    return askedOfOwnRegistries(engine, context, question);
  },

  remedy() {
    return byHand({
      en: 'Switch authentication on in the registry, and give this host a token of its own that may only pull, or a certificate in /etc/docker/certs.d/REGISTRY.',
      zh: '在仓库中启用认证，并为本机配置仅可拉取的专用令牌，或在 /etc/docker/certs.d/仓库 中放置客户端证书。',
    });
  },
});
