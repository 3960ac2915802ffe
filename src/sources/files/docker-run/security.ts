import type { Device, SecurityOptions } from '../../../model/container-spec.ts';
import { commaFields, nameAndValue, splitAround } from '../../../syntax/docker-run/split.ts';
import { booleanOf, type Given } from './given.ts';

export interface Confinement {
  readonly security: SecurityOptions;
  /** Empty: nothing is masked. */
  readonly maskedPaths?: readonly string[];
  readonly readOnlyPaths?: readonly string[];
}

/** The values of `--security-opt`: `name=value`, or the older `name:value`. */
export function confinementOf(given: Given): Confinement {
  const selinux: string[] = [];
  const security: { noNewPrivileges?: boolean; seccomp?: string; appArmor?: string } = {};
  let unmasked = false;
  for (const option of given.all('security-opt')) {
    const [, name = option.value, value = ''] = /^([a-z-]+)[=:]([\s\S]*)$/.exec(option.value) ?? [];
    if (name === 'no-new-privileges') {
      const on = value === '' ? true : booleanOf(value);
      given.place('security.noNewPrivileges', option);
      if (on === undefined) given.unreadable(option, 'security.noNewPrivileges');
      else security.noNewPrivileges = on;
    } else if (name === 'seccomp') {
      given.place('security.seccomp', option);
      security.seccomp = value;
    } else if (name === 'apparmor') {
      given.place('security.appArmor', option);
      security.appArmor = value;
    } else if (name === 'label' || name === 'disable') {
      given.place(`security.selinux[${selinux.length}]`, option);
      selinux.push(name === 'disable' ? name : value);
    } else if (
      (name === 'systempaths' && value === 'unconfined') ||
      (name === 'unmask' && value.toUpperCase() === 'ALL')
    ) {
      given.place('maskedPaths', option);
      given.place('readOnlyPaths', option);
      unmasked = true;
    }
  }
  return { security: { ...security, selinux }, ...(unmasked ? { maskedPaths: [], readOnlyPaths: [] } : {}) };
}

export interface Devices {
  readonly devices: readonly Device[];
  readonly deviceRequests: readonly string[];
}

/** Devices of the host, and those that are asked of a driver. */
export function devicesOf(given: Given, commas: boolean): Devices {
  const devices: Device[] = [];
  const deviceRequests: string[] = [];
  for (const option of given.all('device', 'gpus')) {
    for (const value of option.name === 'device' && commas ? commaFields(option.value) : [option.value]) {
      const isRequest = option.name === 'gpus' || isQualified(value);
      if (value === '') continue;
      if (isRequest) {
        given.place(`deviceRequests[${deviceRequests.length}]`, option);
        deviceRequests.push(option.name === 'gpus' ? gpuRequest(value) : value);
      } else {
        given.place(`devices[${devices.length}]`, option);
        devices.push(deviceOf(value));
      }
    }
  }
  return { devices, deviceRequests };
}

/** The driver's own name for a device (CDI): `vendor.example/class=name`. */
function isQualified(value: string): boolean {
  return /^[^/=\s]+\/[^/=\s]+=\S+$/.test(value);
}

/** `/dev/a`, `/dev/a:/dev/b`, `/dev/a:/dev/b:rw`, `/dev/a:r`. */
function deviceOf(value: string): Device {
  const [source = '', second, third] = splitAround(value, ':');
  if (second !== undefined && third === undefined && /^[rwm]+$/.test(second)) {
    return { source, target: source, permissions: second };
  }
  return { source, target: second || source, permissions: third || 'rwm' };
}

/** The driver, or the devices, or the capabilities that are asked for; `all` and a number ask for any GPU. */
function gpuRequest(value: string): string {
  const fields = commaFields(value).map((field) => nameAndValue(field));
  const field = (name: string) => fields.find(([key]) => key === name)?.[1] || undefined;
  const capabilities = field('capabilities');
  return field('driver') ?? field('device') ?? (capabilities === undefined ? 'gpu' : `gpu,${capabilities}`);
}
