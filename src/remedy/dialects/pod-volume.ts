import type { Mount } from '../../model/container-spec.ts';
import type { JsonObject } from '../../model/json.ts';
import { compact } from '../difference.ts';

const propagations: Readonly<Record<string, string>> = {
  private: 'None',
  rprivate: 'None',
  slave: 'HostToContainer',
  rslave: 'HostToContainer',
  shared: 'Bidirectional',
  rshared: 'Bidirectional',
};

/** The volumes that a pod has so far: its containers may use the same ones. */
export interface PodVolumes {
  readonly names: Set<string>;
  /** Names by what the volume is. */
  readonly shared: Map<string, string>;
}

export function noVolumes(): PodVolumes {
  return { names: new Set(), shared: new Map() };
}

/**
 * Mounts in the two halves in which a pod writes them: where a container has them, and what they are. Volumes that the pod
 * has already are not among them again.
 */
export function podVolumes(
  mounts: readonly Mount[],
  known: PodVolumes = noVolumes(),
): { volumeMounts: JsonObject[]; volumes: JsonObject[] } {
  const volumes: JsonObject[] = [];
  const volumeMounts = mounts.map((mount) => {
    const body = volumeBody(mount);
    const identity = isShareable(mount) ? JSON.stringify([mount.driver, mount.source, body]) : undefined;
    const before = identity === undefined ? undefined : known.shared.get(identity);
    if (before !== undefined) return volumeMount(mount, before);
    const name = volumeName(mount, known.names);
    if (identity !== undefined) known.shared.set(identity, name);
    volumes.push({ name, ...body });
    return volumeMount(mount, name);
  });
  return { volumeMounts, volumes };
}

/** What has a name, or a place on the node, is one and the same wherever it is mounted. */
function isShareable({ kind, source, anonymous }: Mount): boolean {
  return kind !== 'tmpfs' && !anonymous && source !== undefined;
}

function volumeMount(mount: Mount, name: string): JsonObject {
  return compact({
    name,
    mountPath: mount.target,
    subPath: mount.options['subpath'],
    readOnly: mount.readOnly || undefined,
    recursiveReadOnly: mount.readOnly && mount.readOnlyNonRecursive ? 'Disabled' : undefined,
    mountPropagation: propagations[mount.propagation ?? ''],
  });
}

function volumeBody({ kind, source, anonymous, options, driver }: Mount): JsonObject {
  if (kind === 'tmpfs') return { emptyDir: compact({ medium: 'Memory', sizeLimit: quantity(options['size']) }) };
  if (kind === 'bind' || kind === 'npipe') return { hostPath: { path: source ?? '' } };
  if (kind === 'image') return { image: { reference: source ?? '' } };
  if (anonymous || source === undefined) return { emptyDir: {} };
  switch (driver) {
    // Kinds of Kubernetes' own, as a pod's volumes are read.
    case 'emptyDir':
      return { emptyDir: {} };
    case 'configMap':
      return { configMap: { name: source } };
    case 'secret':
      return { secret: { secretName: source } };
    case 'downwardAPI':
    case 'projected':
      return { [driver]: {} };
    default:
      // Whatever else keeps data is asked for by a claim.
      return { persistentVolumeClaim: { claimName: source } };
  }
}

/** `64m` as the kernel writes it is `64Mi`. */
function quantity(size: string | undefined): string | undefined {
  return size?.replace(/^(\d+)([kmg])$/i, (_, digits: string, unit: string) =>
    unit.toLowerCase() === 'k' ? `${digits}Ki` : `${digits}${unit.toUpperCase()}i`,
  );
}

/** A name that a pod accepts, from the volume's own or from where it is mounted, and no name twice. */
function volumeName({ kind, source, target, anonymous }: Mount, taken: Set<string>): string {
  const wish = kind === 'volume' && source && !anonymous ? source : target;
  const base =
    wish
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 56)
      .replace(/^-+|-+$/g, '') || 'volume';
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  taken.add(name);
  return name;
}
