import { isDeepStrictEqual } from 'node:util';
import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';

/**
 * A change of a live container as a change of what it was made from. A change replaces lists as a whole, and those of the
 * live container are not those that were written: the engine and the image have added to them, and the sources of volumes
 * have other names. So only what the change takes away, adds and alters is carried over. Undefined where it alters a
 * mount that is not written there.
 */
export function rebasedChange(change: SpecChange, live: ContainerSpec, written: ContainerSpec): SpecChange | undefined {
  const { capabilities, groups, devices, deviceRules, deviceRequests, ulimits, mounts, ...others } = change;
  const after = applySpecChange(live, change);
  const rebasedMounts = mounts ? mountsOf(live.mounts, after.mounts, written.mounts) : [];
  if (rebasedMounts === undefined) return undefined;
  return {
    ...others,
    ...(capabilities
      ? {
          capabilities: {
            ...(capabilities.add ? { add: capabilitiesOf('add', live, after, written) } : {}),
            ...(capabilities.drop ? { drop: capabilitiesOf('drop', live, after, written) } : {}),
          },
        }
      : {}),
    ...(groups ? { groups: carried(live.groups, after.groups, written.groups, itself) } : {}),
    ...(devices ? { devices: carried(live.devices, after.devices, written.devices, ({ source }) => source) } : {}),
    ...(deviceRules ? { deviceRules: carried(live.deviceRules, after.deviceRules, written.deviceRules, itself) } : {}),
    ...(deviceRequests
      ? { deviceRequests: carried(live.deviceRequests, after.deviceRequests, written.deviceRequests, itself) }
      : {}),
    ...(ulimits ? { ulimits: carried(live.ulimits, after.ulimits, written.ulimits, ({ name }) => name) } : {}),
    ...(mounts ? { mounts: rebasedMounts } : {}),
  };
}

function itself(text: string): string {
  return text;
}

function capabilitiesOf(
  direction: 'add' | 'drop',
  live: ContainerSpec,
  after: ContainerSpec,
  written: ContainerSpec,
): string[] {
  const list = ({ capabilities }: ContainerSpec) => capabilities[direction];
  const result = carried(list(live), list(after), list(written), normaliseCapability);
  const dropsAll = direction === 'drop' && result.some((each) => normaliseCapability(each) === 'ALL');
  // With all of them dropped there is no more to say.
  return dropsAll
    ? result.filter((each) => normaliseCapability(each) === 'ALL' || list(written).includes(each))
    : result;
}

/** What is written, without what goes and with what comes; an entry that is altered takes the place of the old one. */
function carried<T>(before: readonly T[], after: readonly T[], written: readonly T[], keyOf: (each: T) => string): T[] {
  const old = new Map(before.map((each) => [keyOf(each), each]));
  const next = new Map(after.map((each) => [keyOf(each), each]));
  const kept = written
    .filter((each) => next.has(keyOf(each)) || !old.has(keyOf(each)))
    .map((each) => {
      const altered = next.get(keyOf(each));
      return altered === undefined || isDeepStrictEqual(altered, old.get(keyOf(each))) ? each : altered;
    });
  const there = new Set(kept.map(keyOf));
  // What the live container has and nobody wrote is the engine's or the image's.
  const added = [...next].filter(([key, each]) => !there.has(key) && !isDeepStrictEqual(each, old.get(key)));
  return [...kept, ...added.map(([, each]) => each)];
}

/** Mounts are told apart by their place in the container. */
function mountsOf(
  before: readonly Mount[],
  after: readonly Mount[],
  written: readonly Mount[],
): readonly Mount[] | undefined {
  const old = new Map(before.map((mount) => [placeOf(mount), mount]));
  const next = new Map(after.map((mount) => [placeOf(mount), mount]));
  const known = new Set(written.map(placeOf));
  const altered = [...next].filter(([place, mount]) => {
    const live = old.get(place);
    return live !== undefined && !isDeepStrictEqual(live, mount);
  });
  if (altered.some(([place]) => !known.has(place))) return undefined;
  const kept = written
    .filter((mount) => next.has(placeOf(mount)) || !old.has(placeOf(mount)))
    .map((mount) => {
      const [live, wanted] = [old.get(placeOf(mount)), next.get(placeOf(mount))];
      return live && wanted ? alteredMount(mount, live, wanted) : mount;
    });
  const added = [...next].filter(([place]) => !old.has(place) && !known.has(place)).map(([, mount]) => mount);
  return [...kept, ...added];
}

/** The written mount with every field that differs between the two others. */
function alteredMount(written: Mount, live: Mount, wanted: Mount): Mount {
  const fields = new Set([...Object.keys(live), ...Object.keys(wanted)]) as Set<keyof Mount>;
  const result: Partial<Record<keyof Mount, unknown>> = { ...written };
  for (const field of fields) {
    if (isDeepStrictEqual(live[field], wanted[field])) continue;
    if (wanted[field] === undefined) delete result[field];
    else result[field] = wanted[field];
  }
  return result as unknown as Mount;
}

function placeOf({ target }: Mount): string {
  return target.length > 1 ? target.replace(/\/+$/, '') : target;
}
