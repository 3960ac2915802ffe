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

/** Mounts in the two halves in which a pod writes them: where a container has them, and what they are. */
export function podVolumes(mounts: readonly Mount[]): { volumeMounts: JsonObject[]; volumes: JsonObject[] } {
  const names = new Set<string>();
  const named = mounts.map((mount) => ({ mount, name: volumeName(mount, names) }));
  return {
    volumeMounts: named.map(({ mount, name }) => volumeMount(mount, name)),
    volumes: named.map(({ mount, name }) => volume(mount, name)),
  };
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

function volume({ kind, source, anonymous, options }: Mount, name: string): JsonObject {
  if (kind === 'tmpfs') return { name, emptyDir: compact({ medium: 'Memory', sizeLimit: quantity(options['size']) }) };
  if (kind === 'bind' || kind === 'npipe') return { name, hostPath: { path: source ?? '' } };
  if (kind === 'image') return { name, image: { reference: source ?? '' } };
  return anonymous || source === undefined
    ? { name, emptyDir: {} }
    : { name, persistentVolumeClaim: { claimName: source } };
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
