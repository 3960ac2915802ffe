import type { ContainerSpec } from './container-spec.ts';
import type { NetworkFacts } from './network.ts';

/** Whether a network lets its members talk to each other, as far as the network itself decides it. */
export function forwardsBetweenMembers({ driver, options }: NetworkFacts): boolean {
  switch (driver) {
    case 'bridge':
      return !isFalse(options['com.docker.network.bridge.enable_icc']);
    case 'macvlan':
      return (options['macvlan_mode'] ?? options['mode']) !== 'private';
    case 'ipvlan':
      return options['ipvlan_flag'] !== 'private';
    case 'host':
    case 'null':
      return false;
    default:
      return true;
  }
}

/** The network that takes in whoever names none. */
export function isDefaultNetwork({ name, driver, options }: NetworkFacts, engine: 'docker' | 'podman'): boolean {
  if (engine === 'podman') return name === 'podman';
  return driver === 'bridge' && (name === 'bridge' || options['com.docker.network.bridge.default_bridge'] === 'true');
}

/** The container that a mode such as `container:db` names, if it is there. */
export function joinedContainer(
  mode: string | undefined,
  containers: readonly ContainerSpec[],
): ContainerSpec | undefined {
  const other = /^container:(.+)$/.exec(mode ?? '')?.[1];
  return other === undefined ? undefined : containers.find(({ id, name }) => id === other || name === other);
}

/** What the engine's own language takes for false. */
function isFalse(value: string | undefined): boolean {
  return value !== undefined && ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value);
}
