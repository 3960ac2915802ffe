import { answeredByPerson } from '../answered.ts';
import { type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { notApplicable, unknownFrom } from '../../model/verdict.ts';

const question: Text = {
  en: 'Are accounts, certificates, roles, sessions, image signing and scanning of the Mirantis control plane and registry set up as its vendor advises?',
  zh: 'Mirantis 控制平面与镜像仓库的账户、证书、角色、会话、镜像签名和扫描是否按厂商建议配置？',
};

export const daemonLegacyUcpDtr = defineControl({
  id: 'daemon-legacy-ucp-dtr',
  subject: 'engine',
  severity: 'info',
  title: {
    en: 'A Mirantis (once Docker Enterprise) control plane is set up as its vendor advises',
    zh: 'Mirantis（原 Docker Enterprise）控制平面按厂商建议配置',
  },
  why: {
    en: 'Universal Control Plane and Trusted Registry bring accounts, certificates and roles of their own, which the rules for the engine below do not see.',
    zh: 'Universal Control Plane 与 Trusted Registry 自带账户、证书和角色，针对底层引擎的规则无法覆盖。',
  },
  how: {
    en: 'Looks whether the engine is the paid edition or runs containers of these products. Only then a person is asked: on the community edition the question does not arise.',
    zh: '检查引擎是否为付费版本，或是否运行这些产品的容器；只有此时才须由人回答。社区版不存在此问题。',
  },
  references: {
    aliases: ['engine-legacy-ucp-dtr', '8.1.1', '8.1.2', '8.1.3', '8.1.4', '8.1.5', '8.1.6', '8.1.7', '8.2.1'],
    links: ['https://docs.mirantis.com/'],
  },
  question,
  engines: ['docker'],

  judge({ info }, context) {
    if (!info.known) return unknownFrom(info);
    const product = info.value.product ?? '';
    const isThere =
      /mirantis|enterprise|license status/i.test(product) || (context.machine?.containers ?? []).some(isOfProduct);
    if (isThere) return answeredByPerson(context, question);
    return notApplicable(
      { en: 'This is Docker Engine without UCP and DTR.', zh: '这是不含 UCP 与 DTR 的 Docker Engine。' },
      evidenceOf(info, product, `${info.path} ProductLicense`),
    );
  },

  remedy() {
    return byHand({
      en: "Follow the vendor's guide to hardening of the version in use.",
      zh: '按照所用版本的厂商加固指南进行配置。',
    });
  },
});

/** Images of the products under the names of both vendors. */
function isOfProduct({ image }: ContainerSpec): boolean {
  const repository = parseImageReference(image.reference ?? '')?.repository ?? '';
  return /^(?:docker|mirantis)\/(?:ucp|dtr|msr)(?:-|$)/.test(repository);
}
