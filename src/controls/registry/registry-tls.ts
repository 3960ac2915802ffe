import { defineControl } from '../../model/control.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isInRange, isLoopback } from '../../model/internet-address.ts';
import { hostOf, pulledImages, registriesOf } from './used-images.ts';

export const registryTls = defineControl({
  id: 'registry-tls',
  subject: 'engine',
  severity: 'high',
  title: { en: 'Registries in use prove themselves with TLS', zh: '所用的镜像仓库均以 TLS 证明身份' },
  why: {
    en: 'Only a certificate that is checked tells the registry from somebody on the way who hands out images of his own.',
    zh: '只有经过验证的证书才能区分真正的仓库与途中冒充者，防止镜像被替换。',
  },
  how: {
    en: 'Compares the registries from which images in use were pulled with what the engine demands of each: TLS 1.2 or newer and a certificate that is valid. Of one that is exempt daemon-no-insecure-registries tells. No registry is called.',
    zh: '将所用镜像的来源仓库与引擎对其的要求比较：TLS 1.2 及以上且证书有效。被豁免的仓库由 daemon-no-insecure-registries 报告。不会连接任何仓库。',
  },
  references: {
    cisDocker: ['2.5'],
    nist800190: ['4.2.1'],
    links: ['https://docs.docker.com/engine/security/certificates/'],
  },
  engines: ['docker'],

  judge(engine, { machine }) {
    const { info } = engine;
    const pulled = pulledImages(engine, machine);
    if (!pulled.known) return unknownFrom(pulled);
    const registries = registriesOf(pulled.value);
    const list = listed(registries);
    if (registries.length === 0) {
      return notApplicable(
        { en: 'No image in use was pulled from a registry.', zh: '所用镜像均非从仓库拉取。' },
        evidenceOf(pulled, [], `${pulled.path} RepoDigests`),
      );
    }
    if (!info.known) return unknownFrom(info);
    const exempt = registries.filter((registry) => mayBeExempt(registry, info.value));
    const evidence = evidenceOf(info, info.value.insecureRegistries, `${info.path} RegistryConfig`);
    if (exempt.length === 0) {
      return pass(
        { en: `The engine demands TLS of ${list.en}.`, zh: `引擎要求以下仓库使用 TLS：${list.zh}。` },
        evidence,
      );
    }
    const names = listed(exempt);
    return notApplicable(
      {
        en: `The engine may be told not to demand TLS of ${names.en}: see daemon-no-insecure-registries.`,
        zh: `引擎可能被设为不要求以下仓库使用 TLS：${names.zh}。参见 daemon-no-insecure-registries。`,
      },
      evidence,
    );
  },

  remedy() {
    return byHand({
      en: 'Give the registry a certificate, and put that of a CA of your own into /etc/docker/certs.d/REGISTRY/ca.crt.',
      zh: '为仓库配置证书；若使用自建 CA，将其证书放入 /etc/docker/certs.d/仓库/ca.crt。',
    });
  },
});

/** The engine looks names up before it compares them with ranges: with a range any name may be meant. */
function mayBeExempt(registry: string, { registries, insecureRegistries }: EngineInfo): boolean {
  if (registries[registry] !== undefined) return !registries[registry];
  const host = hostOf(registry);
  return insecureRegistries.some(
    (entry) => !isLoopback(entry) && (entry === registry || isInRange(host, entry) || !isInRange(host, host)),
  );
}
