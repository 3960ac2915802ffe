import { capabilitiesOf, normaliseCapability, resolveCapabilities } from '../../model/capability.ts';
import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { type Evidence, evidenceOf, type KnownFact } from '../../model/fact.ts';
import { remembered } from '../../model/remembered.ts';
import type { SpecChange } from '../../model/spec-change.ts';

export interface Capabilities {
  readonly names: ReadonlySet<string>;
  readonly evidence: readonly Evidence[];
}

/**
 * The capabilities that a process in the container holds or can come to hold. The bounding set counts too: a
 * setuid program obtains what is in it, unless no_new_privs is set. Where the kernel cannot be asked, what the
 * specification gives.
 */
export function obtainableCapabilities(container: ContainerSpec): Capabilities {
  const { capabilities, noNewPrivileges } = container.effective ?? {};
  if (!capabilities?.known) return declaredCapabilities(container);
  const { effective, permitted, bounding } = capabilities.value;
  const sealed = noNewPrivileges?.known === true && noNewPrivileges.value;
  const names = capabilitiesOf(effective | permitted | (sealed ? 0n : bounding));
  const sets = evidenceOf(capabilities, names, statusPath(capabilities, sealed ? 'CapPrm' : 'CapBnd'));
  return { names: new Set(names), evidence: sealed ? [sets, evidenceOf(noNewPrivileges)] : [sets] };
}

/**
 * The upper limit for every process of the container. One that is started in it later, by `docker exec` as
 * root, has all of it at once, whatever user and no_new_privs the first process has.
 */
export function boundingCapabilities(container: ContainerSpec): Capabilities {
  const { capabilities } = container.effective ?? {};
  if (!capabilities?.known) return declaredCapabilities(container);
  const names = capabilitiesOf(capabilities.value.bounding | capabilities.value.permitted);
  return { names: new Set(names), evidence: [evidenceOf(capabilities, names, statusPath(capabilities, 'CapBnd'))] };
}

const declaredCapabilities = remembered((container: ContainerSpec): Capabilities => {
  const { add, drop } = container.capabilities;
  return {
    names: resolveCapabilities(add, drop, container.privileged),
    evidence: [
      ...(container.privileged ? [configured(container, 'privileged', true)] : []),
      configured(container, 'capabilities.add', add),
      configured(container, 'capabilities.drop', drop),
    ],
  };
});

function statusPath({ path }: KnownFact<unknown>, field: string): string {
  return path.replace(/ \w+$/, ` ${field}`);
}

/** The field that gives one of these capabilities; `otherwise` when none of them was added by name. */
export function fieldGiving(container: ContainerSpec, names: readonly string[], otherwise: string): string {
  if (container.privileged) return 'privileged';
  const index = container.capabilities.add
    .map(normaliseCapability)
    .findIndex((name) => name === 'ALL' || names.includes(name));
  return index < 0 ? otherwise : `capabilities.add[${index}]`;
}

/**
 * Takes capabilities away: they are no longer added, and are dropped where the engine's default would give
 * them. `ALL` goes with the first of them.
 */
export function withoutCapabilities(container: ContainerSpec, names: readonly string[]): SpecChange {
  const { drop } = container.capabilities;
  const add = container.capabilities.add.filter((written) => {
    const name = normaliseCapability(written);
    return name !== 'ALL' && !names.includes(name);
  });
  const stillGiven = resolveCapabilities(add, drop, false);
  const toDrop = names.filter((name) => stillGiven.has(name));
  return {
    ...(container.privileged ? { privileged: false } : {}),
    capabilities: { add, ...(toDrop.length > 0 ? { drop: [...drop, ...toDrop] } : {}) },
  };
}
