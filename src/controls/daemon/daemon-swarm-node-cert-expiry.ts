import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { day, onManager } from './swarm-node.ts';

export const daemonSwarmNodeCertExpiry = defineControl({
  id: 'daemon-swarm-node-cert-expiry',
  subject: 'engine',
  severity: 'low',
  title: { en: "Certificates of the swarm's nodes are short-lived", zh: 'Swarm 节点证书的有效期较短' },
  why: {
    en: 'With the certificate of a node that was lost or copied somebody else takes its place until it ends; by default that is 90 days.',
    zh: '节点遗失或证书被复制后，他人可凭证书冒充该节点直到证书到期；默认有效期为 90 天。',
  },
  how: {
    en: 'Asks a manager how long new certificates hold. Nodes renew them by themselves long before the end.',
    zh: '向管理节点查询新证书的有效期。节点会在到期前自行续期。',
  },
  references: {
    cisDocker: ['7.7'],
    nist800190: ['4.3.5'],
    aliases: ['swarm-node-cert-expiry'],
    links: ['https://docs.docker.com/reference/cli/docker/swarm/update/'],
  },
  parameters: {
    days: {
      default: 30,
      description: { en: 'The most days that a certificate may hold.', zh: '证书有效期的最长天数。' },
    },
  },
  engines: ['docker'],

  judge(engine, { parameters }) {
    return onManager(engine, ({ certificateLifetime: lifetime }) => {
      if (!lifetime.known) return unknownFrom(lifetime);
      const days = Math.round((lifetime.value / day) * 10) / 10;
      const evidence = evidenceOf(lifetime, `${days} days`);
      const seen = { en: `Certificates of nodes hold for ${days} days`, zh: `节点证书有效期为 ${days} 天` };
      return lifetime.value <= parameters.days * day
        ? pass({ en: `${seen.en}.`, zh: `${seen.zh}。` }, evidence)
        : fail(
            { en: `${seen.en}, more than ${parameters.days}.`, zh: `${seen.zh}，超过 ${parameters.days} 天。` },
            evidence,
          );
    });
  },

  remedy(_engine, { parameters }) {
    const { days } = parameters;
    return byHand(
      {
        en: `Let new certificates hold for ${days} days; nodes take it over when they next renew theirs.`,
        zh: `将新证书的有效期设为 ${days} 天；节点在下次续期时生效。`,
      },
      [`docker swarm update --cert-expiry ${days * 24}h0m0s`],
      'none',
    );
  },
});
