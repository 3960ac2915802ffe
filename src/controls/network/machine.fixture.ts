import { container, engine, machine } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { known } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { exemplarNetwork } from '../../model/exemplar-host.ts';

/** A running container of this name, on these networks. */
export function member(name: string, networks: readonly string[], change: SpecChange = {}): ContainerSpec {
  const spec = container({ name, networks, namespaces: { network: networks[0] ?? 'none' }, ports: [], ...change });
  return { ...spec, id: name, state: 'running' };
}

/** A bridge that forwards, with the containers that are on it. */
export function bridge(
  name: string,
  containers: readonly ContainerSpec[] = [],
  change: Partial<NetworkFacts> = {},
): NetworkFacts {
  const members = containers
    .filter(({ networks }) => networks.includes(name))
    .map((each) => ({ id: each.id ?? '', name: each.name }));
  return { ...exemplarNetwork, id: `id-${name}`, name, options: {}, members, ...change };
}

/** The exemplary machine with these containers and networks. */
export function connected(containers: readonly ContainerSpec[], networks: readonly NetworkFacts[]): Machine {
  const facts = engine({}, { networks: known(networks, 'engine-api', 'GET /networks') });
  return machine({ containers, engine: facts });
}
