import { posix } from 'node:path';
import type { Device, Mount } from '../../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../../../model/json.ts';
import { entriesOf, type PodSource } from './pod-source.ts';
import { quantityOf } from './quantity.ts';

export interface PlacedMount {
  readonly mount: Mount;
  /** Which of the container's `volumeMounts`. */
  readonly index: number;
}

const propagations: ReadonlyMap<string, string> = new Map([
  ['None', 'rprivate'],
  ['HostToContainer', 'rslave'],
  ['Bidirectional', 'rshared'],
]);

/** Volumes that the kubelet always mounts read-only. */
const readOnlyVolumes = new Set(['configMap', 'downwardAPI', 'image', 'projected', 'secret']);

/** What the container mounts, in its own order. */
export function podMounts(source: PodSource): PlacedMount[] {
  const mounts = entriesOf(source.entry.value.volumeMounts);
  if (mounts.length === 0) return [];
  const volumes = volumesOf(source);
  return mounts.map(({ value, index }) => {
    const name = textIn(value, 'name') ?? '';
    return { index, mount: mountOf(value, name, volumes.get(name)) };
  });
}

/** Block devices of volumes, in the container's own order. */
export function podDevices(source: PodSource): { readonly device: Device; readonly index: number }[] {
  const devices = entriesOf(source.entry.value.volumeDevices);
  if (devices.length === 0) return [];
  const volumes = volumesOf(source);
  return devices.map(({ value, index }) => {
    const name = textIn(value, 'name') ?? '';
    const claim = textIn(volumes.get(name)?.settings, 'claimName');
    return { index, device: { source: claim ?? name, target: textIn(value, 'devicePath') ?? '', permissions: 'rwm' } };
  });
}

interface PodVolume {
  /** The key that says what it is: `hostPath`, `emptyDir`. */
  readonly type: string;
  readonly settings: JsonObject;
}

function volumesOf({ pod, object }: PodSource): Map<string, PodVolume> {
  const volumes = entriesOf(pod.spec.volumes).map(({ value }): [string, PodVolume] => [
    textIn(value, 'name') ?? '',
    volumeOf(value),
  ]);
  // A StatefulSet makes a claim for each of its pods, which mounts it by the template's name.
  const claims = entriesOf(objectIn(object.value, 'spec').volumeClaimTemplates).map(
    ({ value }): [string, PodVolume] => {
      const name = textIn(objectIn(value, 'metadata'), 'name') ?? '';
      return [name, { type: 'persistentVolumeClaim', settings: { claimName: name } }];
    },
  );
  return new Map([...volumes, ...claims]);
}

/** A volume that does not say what it is, is an emptyDir. */
function volumeOf(value: JsonObject): PodVolume {
  const [type, settings] = Object.entries(value).find(([key, inner]) => key !== 'name' && isObject(inner)) ?? [];
  return { type: type ?? 'emptyDir', settings: isObject(settings) ? settings : {} };
}

function mountOf(written: JsonObject, name: string, volume: PodVolume | undefined): Mount {
  const { type = '', settings = {} } = volume ?? {};
  const readOnly = written.readOnly === true || settings.readOnly === true || readOnlyVolumes.has(type);
  const propagation = propagations.get(textIn(written, 'mountPropagation') ?? '');
  const subPath = textIn(written, 'subPath');
  return {
    ...kindOf(type, settings, name, subPath),
    target: textIn(written, 'mountPath') ?? '',
    readOnly,
    // Clusters before 1.30 cannot say it: only who asks for writable mounts below is taken at the word.
    readOnlyNonRecursive: (readOnly && written.recursiveReadOnly === 'Disabled') || undefined,
    propagation,
  };
}

type VolumeHalf = Pick<Mount, 'kind' | 'options' | 'source' | 'hostPath' | 'driver'>;

/**
 * A volume that is no directory of the node carries its type as a driver, so that no control takes it for one of the
 * engine's own. All of them have the name that the pod gives them: none is anonymous.
 */
function kindOf(type: string, settings: JsonObject, name: string, subPath?: string): VolumeHalf {
  const options: Record<string, string> = subPath === undefined ? {} : { subpath: subPath };
  if (type === 'hostPath') {
    const path = textIn(settings, 'path') ?? '';
    const whole = subPath === undefined || path === '' ? path : posix.join(path, subPath);
    return { kind: 'bind', source: whole, hostPath: whole, options: {} };
  }
  if (type === 'emptyDir' && settings.medium === 'Memory') {
    const size = sizeOption(settings.sizeLimit);
    return { kind: 'tmpfs', options: { ...options, ...(size === undefined ? {} : { size }) } };
  }
  if (type === 'image') return { kind: 'image', source: textIn(settings, 'reference') ?? '', options };
  const source = textIn(settings, sourceFields.get(type) ?? '') ?? name;
  return { kind: 'volume', source, driver: type === '' ? 'unknown' : type, options };
}

/** Where volumes name the object that they are. */
const sourceFields: ReadonlyMap<string, string> = new Map([
  ['configMap', 'name'],
  ['persistentVolumeClaim', 'claimName'],
  ['secret', 'secretName'],
]);

/** As the kernel reads the option of a tmpfs: `64m`. */
function sizeOption(value: JsonValue | undefined): string | undefined {
  const bytes = quantityOf(value);
  if (bytes === undefined || bytes <= 0) return undefined;
  const units: readonly (readonly [string, number])[] = [
    ['g', 1024 ** 3],
    ['m', 1024 ** 2],
    ['k', 1024],
  ];
  const unit = units.find(([, size]) => bytes % size === 0);
  return unit ? `${bytes / unit[1]}${unit[0]}` : String(Math.ceil(bytes));
}
