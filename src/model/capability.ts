/** Linux capabilities in bit order, as in the kernel's `include/uapi/linux/capability.h` (Linux 6.x: 41). */
export const capabilityNames = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const;

/** The 14 capabilities that Docker gives a container unless told otherwise. */
export const defaultCapabilities: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** `cap_net_raw`, `CAP_NET_RAW` and `net_raw` are all `NET_RAW`. */
export function normaliseCapability(name: string): string {
  return name.trim().toUpperCase().replace(/^CAP_/, '');
}

/** The names in a capability mask, as in `CapEff` of `/proc/PID/status`. Bits that have no name yet appear as `CAP_41`. */
export function capabilitiesOf(mask: bigint): string[] {
  const names: string[] = [];
  for (let bit = 0n; mask >> bit > 0n; bit += 1n) {
    if ((mask >> bit) & 1n) names.push(capabilityNames[Number(bit)] ?? `CAP_${bit}`);
  }
  return names;
}

/** What adding and dropping yields, resolved as the engine does: with `ALL` added, only drops count. */
export function resolveCapabilities(add: readonly string[], drop: readonly string[], privileged: boolean): Set<string> {
  if (privileged) return new Set(capabilityNames);
  const added = add.map(normaliseCapability);
  const dropped = new Set(drop.map(normaliseCapability));
  if (added.includes('ALL')) return new Set(capabilityNames.filter((name) => !dropped.has(name)));
  if (dropped.has('ALL')) return new Set(added);
  return new Set([...defaultCapabilities.filter((name) => !dropped.has(name)), ...added]);
}
