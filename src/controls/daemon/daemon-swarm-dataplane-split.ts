import { answeredByPerson } from '../answered.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { inSwarm } from './swarm-node.ts';

const question: Text = {
  en: "Does containers' traffic between nodes take another network than the one on which the swarm is managed?",
  zh: '节点之间的容器流量是否走与 swarm 管理流量不同的网络？',
};

export const daemonSwarmDataplaneSplit = defineControl({
  id: 'daemon-swarm-dataplane-split',
  subject: 'engine',
  severity: 'low',
  title: {
    en: "Management of the swarm and containers' traffic use different networks",
    zh: 'Swarm 的管理流量与容器流量使用不同的网络',
  },
  why: {
    en: 'On one network a container that floods or listens reaches what steers all nodes, and no filter can tell the two apart by their interface.',
    zh: '若共用一个网络，容器的流量洪泛或窃听会波及控制所有节点的流量，而过滤规则也无法按网卡区分两者。',
  },
  how: {
    en: 'The engine does not show which address the traffic of containers takes, so that a person has to answer. Outside of a swarm the question does not arise.',
    zh: '引擎不展示容器流量所用的地址，因此须由人回答。未加入 swarm 时不存在此问题。',
  },
  references: {
    cisDocker: ['7.9'],
    nist800190: ['4.3.3'],
    aliases: ['swarm-dataplane-split'],
    links: ['https://docs.docker.com/reference/cli/docker/swarm/init/'],
  },
  question,
  engines: ['docker'],

  judge(engine, context) {
    return inSwarm(engine, () => answeredByPerson(context, question));
  },

  remedy() {
    return byHand(
      {
        en: 'The address for data can be chosen only when a node joins: let each leave and join again with --data-path-addr.',
        zh: '数据通道地址只能在加入时指定：请让各节点依次退出，再用 --data-path-addr 重新加入。',
      },
      ['docker swarm join --token TOKEN --advertise-addr ADDRESS --data-path-addr OTHER_ADDRESS MANAGER:2377'],
    );
  },
});
