import type { ContainerSpec, Device, HealthCheck, RestartPolicy, SecurityOptions } from '../../model/container-spec.ts';
import { shellWord } from '../shell.ts';

// Words that `docker run` and Compose have in common, because both hand them to the engine.

/** Bytes in the engine's notation: `256m`, `1g`; -1 for unlimited. */
export function byteSize(bytes: number): string {
  const units: [string, number][] = [
    ['g', 1024 ** 3],
    ['m', 1024 ** 2],
    ['k', 1024],
  ];
  const unit = units.find(([, size]) => bytes > 0 && bytes % size === 0);
  return unit ? `${bytes / unit[1]}${unit[0]}` : String(bytes);
}

/** Values of `--security-opt` and of `security_opt`. */
export function securityOptions({ security, maskedPaths, readOnlyPaths }: ContainerSpec): string[] {
  // The engine takes no list of paths on a command line, only all of them off at once.
  const unmasked = maskedPaths?.length === 0 || readOnlyPaths?.length === 0;
  return [
    ...(security.noNewPrivileges === undefined ? [] : [`no-new-privileges=${security.noNewPrivileges}`]),
    ...(security.seccomp === undefined ? [] : [`seccomp=${seccompProfile(security)}`]),
    ...(security.appArmor === undefined ? [] : [`apparmor=${security.appArmor}`]),
    ...security.selinux.map((label) => `label=${label}`),
    ...(unmasked ? ['systempaths=unconfined'] : []),
  ];
}

/** A profile by the name of its file: the engine keeps the text alone, and forgets the name. */
export function seccompProfile({ seccomp = '' }: SecurityOptions): string {
  return seccomp.trimStart().startsWith('{') ? 'profile.json' : seccomp;
}

export function restartPolicy({ name, maximumRetries }: RestartPolicy): string | undefined {
  if (maximumRetries === undefined || maximumRetries === 0) return name;
  return name === undefined || name === 'on-failure' ? `on-failure:${maximumRetries}` : name;
}

/** `/dev/a:/dev/b:rwm`, without what the engine supposes anyway. */
export function deviceMapping({ source, target, permissions }: Device): string {
  const all = ['r', 'w', 'm'].every((each) => permissions.includes(each));
  if (permissions !== '' && !all) return `${source}:${target}:${permissions}`;
  return source === target ? source : `${source}:${target}`;
}

/** Devices asked of a driver by the driver's own name for them: `vendor.example/class=name` (CDI). */
export function isQualifiedDevice(request: string): boolean {
  return /^[^/=\s]+\/[^/=\s]+=\S+$/.test(request);
}

/** The check as one line for the container's shell; undefined where the image's own check holds. */
export function healthCommand(check: HealthCheck | undefined): string | undefined {
  const [form, ...words] = check?.test ?? [];
  if (form === undefined || form === 'NONE') return undefined;
  return form === 'CMD-SHELL' ? words.join(' ') : words.map(shellWord).join(' ');
}

/** The network that the container is made in first, then those that it joins besides; none where the default holds. */
export function networksOf({ namespaces, networks }: ContainerSpec): string[] {
  const first = namespaces.network ?? '';
  if (['', 'default', 'private'].includes(first)) return [...networks];
  return [first, ...networks.filter((each) => each !== first)];
}

/** A namespace as the engine names it; a private one is what it gives unasked where it has no word for it. */
export function namespaceMode(mode: string | undefined, hasPrivate = false): string | undefined {
  return mode === '' || (mode === 'private' && !hasPrivate) ? undefined : mode;
}
