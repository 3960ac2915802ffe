import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { securityOption } from './security-option.ts';

/** Whether, by what is configured, uid 0 of the container is an ordinary user of the host. */
export function mapsRoot(container: ContainerSpec, machine: Machine | undefined): boolean {
  const mode = container.namespaces.user ?? '';
  // A namespace of its own: Podman's `auto` and `keep-id`, a pod without the host's users.
  if (mode !== '' && mode !== 'host' && !/^(container|ns):/.test(mode)) return true;
  if (!machine) return false;
  return lists(machine, 'rootless') || (lists(machine, 'userns') && mode !== 'host');
}

function lists({ engine }: Machine, name: string): boolean {
  const option = securityOption(engine, name);
  return option.known && option.value !== undefined;
}
