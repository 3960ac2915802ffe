import { flagsFor } from '../../model/daemon-setting.ts';
import { type Finding, type Situation, use } from './situation.ts';

/** What the engine sets up its default bridge and its addresses by, once, when it starts. */
const networkKeys = [
  'bip',
  'default-gateway',
  'default-gateway-v6',
  'fixed-cidr',
  'fixed-cidr-v6',
  'icc',
  'ip',
  'ip-masq',
  'ipv6',
  'mtu',
];

/**
 * A daemon that takes over containers leaves the networks that they are in alone: it says so in its log ("There are old
 * running containers, the network config will not take affect"), and the change would wait for a start without them.
 */
export function keptNetworks(situation: Situation): Finding[] {
  const running = situation.containers.filter(({ state }) => state === 'running');
  const isSwarm = situation.info?.swarm === 'active';
  // In a swarm there is no live-restore: containers end with the daemon.
  if (running.length === 0 || isSwarm) return [];
  // One that waits in the file for such a start does no harm, and goes on waiting.
  const { before, after } = situation;
  return networkKeys
    .filter((key) => before[key] !== after[key] && flagsFor(situation.arguments, key).length === 0)
    .map((key) =>
      use(
        [key],
        {
          en: `${key} is about the engine's own network, which stays as it is while containers run (${running.length} do)`,
          zh: `${key} 涉及引擎自身的网络，只要有容器在运行（现有 ${running.length} 个）就保持不变`,
        },
        {
          en: 'Stop the containers, fix again, and start them.',
          zh: '请停止容器后重新修复，再启动容器。',
        },
        ['docker stop $(docker ps --quiet)', 'plimsoll fix --apply'],
      ),
    );
}
