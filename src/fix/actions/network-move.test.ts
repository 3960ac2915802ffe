import { describe, expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { networkNoDefaultBridge } from '../../controls/network/network-no-default-bridge.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Step } from '../../model/plan.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { markLabel } from '../made-by-fix.ts';
import type { Failure } from '../planning.ts';
import { contextOf, failure, id, inspected, rootless, type Situation } from './container-plan.fixture.ts';
import { planNetworkMove } from './network-move.ts';

describe('moving off the default bridge', () => {
  const onBridge = { ...container({ networks: ['bridge'] }), state: 'running' } as const;
  const bridged = (name: string, change: SpecChange = {}): ContainerSpec => ({
    ...onBridge,
    ...container({ networks: ['bridge'], ...change }),
    state: 'running',
    name,
    id: 'd'.repeat(64),
  });

  async function moved(situation: Situation = {}, subject: ContainerSpec = onBridge) {
    const fails: Failure = {
      control: networkNoDefaultBridge,
      subject: { kind: 'container', id: 'container/web', value: subject },
    };
    return planNetworkMove([fails, failure(rootless)], contextOf(situation));
  }

  test('it joins a network of its own before it leaves the bridge', async () => {
    const { actions, refused } = await moved({ others: [bridged('db')] });
    expect(refused).toEqual([]);
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({
      id: 'network-move/web',
      answers: [{ control: 'network-no-default-bridge', subject: 'container/web' }],
      disruption: 'none',
      diff: '- --network=bridge\n+ --network=web-net\n',
      steps: [
        { kind: 'existence', what: 'network', name: 'web-net', body: { Labels: { [markLabel]: 'web-net' } } },
        { kind: 'membership', network: 'web-net', container: 'web', before: null, after: {} },
        { kind: 'membership', network: 'bridge', container: 'web', before: {}, after: null },
      ],
    });
    const affects = actions[0]?.affects ?? [];
    expect(affects.map((each) => each.container)).toEqual(['web', 'db']);
    expect(affects[1]?.why.en).toContain('192.0.2.3');
  });

  test('what the daemon sets for the default bridge alone is set for the new network, too', async () => {
    const bridge = {
      EnableIPv6: true,
      Options: {
        'com.docker.network.bridge.name': 'br-lan',
        'com.docker.network.bridge.default_bridge': 'true',
        'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1',
        'com.docker.network.bridge.enable_ip_masquerade': 'true',
        'com.docker.network.driver.mtu': '1400',
      },
    };
    const { actions } = await moved({ answers: { '/networks/bridge': bridge } });
    const kept = {
      'com.docker.network.driver.mtu': '1400',
      'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1',
    };
    expect(actions[0]?.steps[0]).toMatchObject({ body: { Options: kept } });
    const made = actions[0]?.steps[0] as Extract<Step, { kind: 'existence' }> | undefined;
    expect(made?.body['Options']).toEqual(kept);
    expect(actions[0]?.diff).toContain('+ network option com.docker.network.driver.mtu=1400\n');
    const whys = actions[0]?.affects.map(({ why }) => why.en).join('\n');
    expect(whys).toContain('loses its IPv6 address');
    expect(whys).toContain('br-lan');
  });

  test('one that is stopped stays so, and nobody can have reached it', async () => {
    const answer = inspected({
      State: { Status: 'exited', Running: false },
      NetworkSettings: { Networks: { bridge: { IPAddress: '' } } },
    });
    const { actions } = await moved({ answer, others: [bridged('db')] });
    expect(actions[0]?.summary.en).toContain('stays stopped');
    expect(actions[0]?.affects.map((each) => each.container)).toEqual(['web']);
  });

  test('a name that is taken is not used', async () => {
    const { actions } = await moved({ answers: { '/networks/web-net': { Name: 'web-net' } } });
    expect(actions[0]?.steps[0]).toMatchObject({ name: 'web-net-2' });
  });

  test('one that shares its network moves along, and is told so', async () => {
    const side = bridged('side', { namespaces: { network: `container:${id}` }, networks: [] });
    const { actions } = await moved({ others: [side] });
    expect(actions[0]?.affects.at(-1)).toMatchObject({ container: 'side', effect: 'may-break' });
  });

  test.each<[string, Situation, ContainerSpec, string]>([
    ['gone', { answer: null }, onBridge, 'no longer there'],
    ['of Podman', { podman: true }, onBridge, 'Podman'],
    ['of Compose', {}, { ...onBridge, owner: { kind: 'compose' } }, 'Compose'],
    ['of a service', {}, { ...onBridge, owner: { kind: 'swarm' } }, 'Swarm'],
    ['of a pod', {}, { ...onBridge, owner: { kind: 'kubernetes' } }, 'Kubernetes'],
    ['in the network of another', { answer: inspected({}, { NetworkMode: 'container:db' }) }, onBridge, 'another'],
    ['not there any more', { answer: inspected({ NetworkSettings: { Networks: {} } }) }, onBridge, 'any more'],
    ['linked to another', { answer: inspected({}, { Links: ['/db:/web/database'] }) }, onBridge, 'linked with db'],
    ['linked from another', { others: [bridged('api', { links: ['web:www'] })] }, onBridge, 'linked with api'],
  ])('one that is %s is refused', async (_, situation, subject, reason) => {
    const { actions, refused } = await moved(situation, subject);
    expect(actions).toEqual([]);
    expect(refused.map((each) => each.reason.en)).toEqual([expect.stringContaining(reason)]);
  });
});
