import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { inSwarm } from './swarm-node.ts';

export const daemonSwarmOverlayEncrypted = defineControl({
  id: 'daemon-swarm-overlay-encrypted',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Overlay networks are encrypted between nodes', zh: 'Overlay 网络在节点之间加密' },
  why: {
    en: 'What containers send to each other on other nodes travels in the clear, and anybody on the network between them can read it and slip in packets of his own.',
    zh: '容器发往其他节点的通信默认为明文，节点之间网络上的任何人都能读取，还能插入自己的数据包。',
  },
  how: {
    en: 'Asks the engine for the options of its overlay networks. The ingress network, which carries what comes from outside, and networks that a site trusts are left out; in a swarm of one node the question does not arise.',
    zh: '查询引擎的 overlay 网络选项。承载外部流量的 ingress 网络以及站点信任的网络不计入；只有一个节点的 swarm 不存在此问题。',
  },
  references: {
    cisDocker: ['7.3'],
    nist800190: ['4.3.3'],
    aliases: ['swarm-overlay-encrypted'],
    links: ['https://docs.docker.com/engine/network/drivers/overlay/'],
  },
  parameters: {
    exceptions: {
      default: [] as string[],
      description: {
        en: 'Overlay networks that may go unencrypted, because what carries them is encrypted or trusted.',
        zh: '可以不加密的 overlay 网络，因为其底层网络已加密或可信。',
      },
    },
  },
  engines: ['docker'],

  judge(engine, { parameters }) {
    return inSwarm(engine, ({ nodes }) => {
      const { networks } = engine;
      if (!networks.known) return unknownFrom(networks);
      const overlays = networks.value.filter(({ driver, ingress }) => driver === 'overlay' && !ingress);
      const open = overlays.filter((each) => !isEncrypted(each) && !parameters.exceptions.includes(each.name));
      const evidence = evidenceOf(
        networks,
        Object.fromEntries(overlays.map((each) => [each.name, isEncrypted(each)])),
        `${networks.path} Options.encrypted`,
      );
      if (overlays.length === 0) {
        return notApplicable(
          { en: 'There is no overlay network but ingress.', zh: '除 ingress 外没有 overlay 网络。' },
          evidence,
        );
      }
      if (open.length > 0 && nodes.known && nodes.value.length === 1) {
        return notApplicable(
          {
            en: 'The swarm has one node: nothing travels between nodes. Encrypt its networks before another one joins.',
            zh: 'swarm 只有一个节点，没有跨节点的通信。其他节点加入之前请先加密网络。',
          },
          [evidence, evidenceOf(nodes, 1, nodes.path)],
        );
      }
      if (open.length === 0) {
        return pass({ en: 'Every overlay network is encrypted.', zh: '所有 overlay 网络均已加密。' }, evidence);
      }
      const list = listed(open.map(({ name }) => name));
      return fail({ en: `Not encrypted: ${list.en}.`, zh: `未加密：${list.zh}。` }, evidence);
    });
  },

  remedy() {
    return byHand(
      {
        en: 'A network cannot be encrypted afterwards: make a new one, move the services to it, and remove the old one. Nodes must let ESP (IP protocol 50) through to each other.',
        zh: '已有网络无法事后加密：请新建加密网络，把服务迁移过去，再删除旧网络。节点之间须放行 ESP（IP 协议号 50）。',
      },
      [
        'docker network create --driver overlay --opt encrypted NEW',
        'docker service update --network-add NEW --network-rm OLD SERVICE',
        'docker network rm OLD',
      ],
    );
  },
});

/** The option alone switches it on; newer engines also take it with a value. */
function isEncrypted({ options }: NetworkFacts): boolean {
  const value = options['encrypted'];
  return value !== undefined && !/^(?:0|f|false)$/i.test(value);
}
