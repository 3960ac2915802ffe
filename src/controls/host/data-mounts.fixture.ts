import { engine, host, info, machine } from '../../../test/subjects.ts';
import type { Machine } from '../../model/control.ts';
import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { HostFacts, HostMount } from '../../model/host.ts';

/** A mount of a device at a place. */
export function mount(target: string, device: string, ...options: string[]): HostMount {
  return {
    target,
    device,
    options: ['rw', ...options],
    propagation: [],
    fileSystem: 'ext4',
    source: `/dev/${device}`,
    superOptions: ['rw'],
  };
}

export function mounted(...mounts: readonly HostMount[]): HostFacts {
  return host({ mounts: known(mounts, 'kernel', '/proc/1/mountinfo') });
}

export function keeping(change: Partial<EngineInfo>, facts: Partial<EngineFacts> = {}): { readonly machine: Machine } {
  return { machine: machine({ engine: engine({}, { info: info(change), ...facts }) }) };
}

/** An engine that keeps its images with containerd. */
export const imageStore = keeping({ storageStatus: [['driver-type', 'io.containerd.snapshotter.v1']] });
