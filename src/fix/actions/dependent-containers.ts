import type { ContainerSpec } from '../../model/container-spec.ts';
import { type JsonObject, textIn } from '../../model/json.ts';
import { nameOf } from '../made-by-fix.ts';

/** Names of containers that use the network namespace of another. */
export function joinedBy(containers: readonly ContainerSpec[], inspected: JsonObject): string[] {
  return containers.filter(({ namespaces }) => isOf(namespaces.network, inspected)).map(({ name }) => name);
}

/**
 * Names of containers that hold on to another one itself, and not to its name: its namespaces, links to it, and volumes
 * that they take from it by its id.
 */
export function dependentsOf(containers: readonly ContainerSpec[], inspected: JsonObject): string[] {
  const own = nameOf(inspected);
  return containers
    .filter(({ name, namespaces, links = [], volumesFrom = [] }) => {
      if (name === own) return false;
      const { network, pid, ipc } = namespaces;
      return (
        [network, pid, ipc].some((mode) => isOf(mode, inspected)) ||
        links.some((link) => isMeant(link.split(':')[0] ?? '', inspected)) ||
        volumesFrom.some((source) => isIdOf(source.split(':')[0] ?? '', inspected))
      );
    })
    .map(({ name }) => name);
}

function isOf(mode: string | undefined, inspected: JsonObject): boolean {
  const prefix = 'container:';
  return mode?.startsWith(prefix) === true && isMeant(mode.slice(prefix.length), inspected);
}

function isMeant(reference: string, inspected: JsonObject): boolean {
  return reference === nameOf(inspected) || isIdOf(reference, inspected);
}

function isIdOf(reference: string, inspected: JsonObject): boolean {
  return /^[0-9a-f]{6,64}$/.test(reference) && (textIn(inspected, 'Id') ?? '').startsWith(reference);
}
