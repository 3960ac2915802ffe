import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { day, onManager } from './swarm-node.ts';

export const daemonSwarmCaRotation = defineControl({
  id: 'daemon-swarm-ca-rotation',
  subject: 'engine',
  severity: 'low',
  title: {
    en: "The swarm's authority is renewed long before its certificate ends",
    zh: 'Swarm 根 CA 在证书到期前及早轮换',
  },
  why: {
    en: 'Every node proves itself with a certificate of this authority. Once that ends no node trusts another, and the swarm has to be made anew.',
    zh: '所有节点都凭该 CA 签发的证书证明身份。CA 证书一旦到期，节点之间不再信任，swarm 只能重建。',
  },
  how: {
    en: 'Asks a manager for the certificate of the authority that issues, and compares its end with today. A rotation that is under way passes.',
    zh: '向管理节点查询当前签发 CA 的证书，将其到期日与今天比较。正在进行轮换的视为通过。',
  },
  references: {
    cisDocker: ['7.8'],
    nist800190: ['4.3.5'],
    aliases: ['swarm-ca-rotation'],
    links: ['https://docs.docker.com/reference/cli/docker/swarm/ca/'],
  },
  parameters: {
    days: {
      default: 90,
      description: { en: 'Days before the end by which it must be renewed.', zh: '须在到期前多少天完成轮换。' },
    },
  },
  engines: ['docker'],

  judge(engine, { parameters, now }) {
    return onManager(engine, ({ authorityEnds: ends, authorityRotates }) => {
      if (!ends.known) return unknownFrom(ends);
      const date = new Date(ends.value).toISOString().slice(0, 10);
      const evidence = evidenceOf(ends, date);
      if (authorityRotates) {
        return pass({ en: 'A new authority is taking over.', zh: '新的 CA 正在接替。' }, evidence);
      }
      const left = Math.floor((ends.value - now.getTime()) / day);
      if (left >= parameters.days) {
        return pass({ en: `The authority holds until ${date}.`, zh: `CA 证书有效期至 ${date}。` }, evidence);
      }
      return left < 0
        ? fail({ en: `The authority ended on ${date}.`, zh: `CA 证书已于 ${date} 到期。` }, evidence)
        : fail(
            {
              en: `The authority ends on ${date}, in ${left} days.`,
              zh: `CA 证书将于 ${date} 到期，仅剩 ${left} 天。`,
            },
            evidence,
          );
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Make a new authority. Nodes get new certificates one after the other; join tokens change with it.',
        zh: '轮换 CA。各节点将依次获得新证书，加入令牌也随之改变。',
      },
      ['docker swarm ca --rotate'],
      'none',
    );
  },
});
