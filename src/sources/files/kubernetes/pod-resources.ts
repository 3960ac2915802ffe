import type { Resources } from '../../../model/container-spec.ts';
import { isObject, type JsonObject, type KeyPath, objectIn, textIn } from '../../../model/json.ts';
import { entriesOf, ownPath, podPath, type PodSource } from './pod-source.ts';
import { quantityOf } from './quantity.ts';

type Half = 'limits' | 'requests';

/** Bytes, processors and weights. What the container does not limit, the pod's own limit bounds for all of them. */
export function podResources(source: PodSource): Resources {
  const memory = amount(source, 'limits', 'memory');
  const memoryReservation = amount(source, 'requests', 'memory');
  const cpus = amount(source, 'limits', 'cpu');
  const share = amount(source, 'requests', 'cpu');
  return {
    memory: memory === undefined ? undefined : Math.ceil(memory),
    memoryReservation: memoryReservation === undefined ? undefined : Math.ceil(memoryReservation),
    cpus,
    // As the kubelet counts: 1024 for a processor, and never less than 2.
    cpuShares: share ? Math.max(2, Math.floor(share * 1024)) : undefined,
  };
}

function amount({ entry, pod }: PodSource, half: Half, name: string): number | undefined {
  return quantityOf(written(entry.value, half, name) ?? written(pod.spec, half, name));
}

function written(owner: JsonObject, half: Half, name: string) {
  return objectIn(owner.resources, half)[name];
}

/** The container's own, or the pod's; the container's where nobody sets it. */
export function resourcePath(source: PodSource, half: Half, name: string): KeyPath {
  const { entry, pod } = source;
  const own = written(entry.value, half, name) ?? undefined;
  const isShared = own === undefined && (written(pod.spec, half, name) ?? undefined) !== undefined;
  return isShared ? podPath(source, 'resources', half, name) : ownPath(source, 'resources', half, name);
}

/**
 * What a device plugin hands out: resources of a vendor's name, of which some is asked for, and claims. Amounts that
 * the kubelet itself counts are no devices, nor are network interfaces. `keys` lead to it from the `resources`.
 */
export function deviceRequests({ entry }: PodSource): { readonly request: string; readonly keys: KeyPath }[] {
  const { resources } = entry.value;
  if (!isObject(resources)) return [];
  const vendors = (['limits', 'requests'] as const).flatMap((half) =>
    Object.entries(objectIn(resources, half))
      .filter(([name, value]) => isVendors(name) && (quantityOf(value) ?? 1) > 0)
      .map(([request]) => ({ request, keys: [half, request] })),
  );
  const claims = entriesOf(resources.claims).flatMap(({ value, index }) => {
    const request = textIn(value, 'name');
    return request === undefined ? [] : [{ request, keys: ['claims', index] }];
  });
  // Limits and requests of such a resource are the same: one of them is enough.
  return [...new Map([...vendors, ...claims].toReversed().map((each) => [each.request, each])).values()].toReversed();
}

function isVendors(name: string): boolean {
  return name.includes('/') && !/^(?:[^/]*\.)?kubernetes\.io\/|^vpc\.amazonaws\.com\//.test(name);
}
