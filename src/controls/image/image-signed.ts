import { answeredByPerson } from '../answered.ts';
import { defineControl } from '../../model/control.ts';
import { imageDigits } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import { pass } from '../../model/verdict.ts';
import { withoutImages } from './engine-images.ts';
import { inspected, repositoriesOf } from './names-of-image.ts';

const question = {
  en: 'Is the signature of every image verified, by Cosign or Notation and against named signers, before it runs here?',
  zh: '每个镜像在此运行之前，是否都用 Cosign 或 Notation 按指定的签名者校验了签名？',
};

export const imageSigned = defineControl({
  id: 'image-signed',
  subject: 'engine',
  severity: 'medium',
  title: { en: "Images' signatures are verified before they run", zh: '镜像运行前校验签名' },
  why: {
    en: 'A registry can be broken into, and a digest only says that the content is the one that was pushed. A signature by a known key says who made it.',
    zh: '镜像仓库可能被攻破，digest 只能说明内容与推送时一致；已知密钥的签名才能说明由谁制作。',
  },
  how: {
    en: 'Passes where the engine itself says that it verified a signature of every image in use that came from a registry. Else a person answers. DOCKER_CONTENT_TRUST in an environment is no evidence: it binds one shell, and its service ends in December 2026.',
    zh: '若引擎自身记录已校验所有来自镜像仓库的在用镜像的签名，则通过；否则由人回答。环境中的 DOCKER_CONTENT_TRUST 不算证据：它只约束一个 shell，且其服务将于 2026 年 12 月终止。',
  },
  references: {
    cisDocker: ['4.5', '4.12'],
    cisKubernetes: ['5.5.1'],
    nist800190: ['4.1.5'],
    aliases: ['CIS-DI-0005'],
    links: ['https://docs.sigstore.dev/cosign/verifying/verify/', 'https://notaryproject.dev/docs/'],
  },
  question,

  judge(engine, context) {
    const used = (context.machine?.images ?? []).filter(({ usedBy }) => usedBy.length > 0);
    const pulled = used.filter((image) => repositoriesOf(image).length > 0);
    // An image that could not be read may be one without a signature.
    const known = new Set(used.map(({ id }) => imageDigits(id)));
    const isComplete = (context.machine?.containers ?? []).every(({ image }) => known.has(imageDigits(image.id ?? '')));
    if (isComplete && pulled.length > 0 && pulled.every(({ origin }) => origin?.signed)) {
      return pass(
        { en: 'The engine verified a signature of every image in use.', zh: '引擎已校验所有在用镜像的签名。' },
        inspected(
          'Identity.Signature',
          pulled.map(({ tags, id }) => tags[0] ?? id),
        ),
      );
    }
    return withoutImages(engine) ?? answeredByPerson(context, question);
  },

  remedy() {
    return byHand(
      {
        en: 'Sign images where they are built, and verify them where they are pulled: in the job that deploys, or by an admission policy of the cluster.',
        zh: '在构建处为镜像签名，在拉取处校验：由部署任务或集群的准入策略执行。',
      },
      [
        'cosign verify --certificate-identity SIGNER --certificate-oidc-issuer ISSUER registry.example/shop/web@sha256:…',
      ],
    );
  },
});
