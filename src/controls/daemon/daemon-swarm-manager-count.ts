import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { onManager } from './swarm-node.ts';

export const daemonSwarmManagerCount = defineControl({
  id: 'daemon-swarm-manager-count',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The swarm has a small odd number of managers', zh: 'Swarm 管理节点的数量为较小的奇数' },
  why: {
    en: 'Every manager holds the keys and the secrets of the swarm, so that each one more is one more to protect. An even number can lose no more of them than one fewer, and a single manager takes the control of all nodes with it.',
    zh: '每个管理节点都持有 swarm 的密钥和机密，多一个就多一处需要保护。偶数个管理节点的容错能力并不高于少一个时；仅有一个管理节点时，它一旦失效便失去对所有节点的控制。',
  },
  how: {
    en: 'Asks a manager for the list of nodes and counts those with the role of a manager. One is enough for a swarm of fewer than three nodes.',
    zh: '向管理节点查询节点列表，统计角色为 manager 的节点。节点少于三个的 swarm 有一个管理节点即可。',
  },
  references: {
    cisDocker: ['7.1'],
    nist800190: ['4.3.5'],
    aliases: ['swarm-manager-count'],
    links: ['https://docs.docker.com/engine/swarm/admin_guide/'],
  },
  parameters: {
    minimum: {
      default: 3,
      description: { en: 'The fewest managers in a swarm of that many nodes.', zh: '节点数足够时管理节点的最少数量。' },
    },
    maximum: { default: 7, description: { en: 'The most managers.', zh: '管理节点的最多数量。' } },
  },
  engines: ['docker'],

  judge(engine, { parameters }) {
    return onManager(engine, ({ nodes }) => {
      if (!nodes.known) return unknownFrom(nodes);
      const count = nodes.value.filter(({ role }) => role === 'manager').length;
      const { minimum, maximum } = parameters;
      const least = nodes.value.length < minimum ? 1 : minimum;
      const evidence = evidenceOf(nodes, count, `${nodes.path} Spec.Role=manager`);
      const seen = {
        en: `${count} of ${nodes.value.length} nodes are managers`,
        zh: `${nodes.value.length} 个节点中有 ${count} 个管理节点`,
      };
      if (count < least) {
        return fail({ en: `${seen.en}, fewer than ${least}.`, zh: `${seen.zh}，少于 ${least} 个。` }, evidence);
      }
      if (count > maximum) {
        return fail({ en: `${seen.en}, more than ${maximum}.`, zh: `${seen.zh}，多于 ${maximum} 个。` }, evidence);
      }
      if (count % 2 === 0) {
        return fail({ en: `${seen.en}, an even number.`, zh: `${seen.zh}，为偶数。` }, evidence);
      }
      return pass({ en: `${seen.en}.`, zh: `${seen.zh}。` }, evidence);
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Promote or demote nodes until their number is odd and within the limits, on machines that fail independently.',
        zh: '提升或降级节点，使管理节点数量为奇数且在限度之内，并分布在互不影响的机器上。',
      },
      ['docker node ls', 'docker node promote NODE', 'docker node demote NODE'],
    );
  },
});
