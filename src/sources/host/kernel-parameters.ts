import { existsSync, readFileSync } from 'node:fs';
import { known } from '../../model/fact.ts';
import type { KernelFacts } from '../../model/host.ts';
import { fileFailure } from './file.ts';
import type { Standpoint } from './standpoint.ts';

/** Kernel parameters that a control asks about. */
const names = [
  'fs.protected_fifos',
  'fs.protected_hardlinks',
  'fs.protected_regular',
  'fs.protected_symlinks',
  'fs.suid_dumpable',
  'kernel.apparmor_restrict_unprivileged_userns',
  'kernel.dmesg_restrict',
  'kernel.kptr_restrict',
  'kernel.modules_disabled',
  'kernel.perf_event_paranoid',
  'kernel.randomize_va_space',
  'kernel.unprivileged_bpf_disabled',
  'kernel.unprivileged_userns_clone',
  'kernel.yama.ptrace_scope',
  'net.bridge.bridge-nf-call-ip6tables',
  'net.bridge.bridge-nf-call-iptables',
  'net.core.bpf_jit_harden',
  'net.ipv4.ip_forward',
  'user.max_user_namespaces',
  'vm.unprivileged_userfaultfd',
] as const;

/**
 * Those parameters that the kernel has; those that this user may not read are named apart. A network namespace has its
 * own of the network, so that in another one than the host's those are not seen.
 */
export function readParameters(
  root = '',
  { network }: Standpoint = {},
): Pick<KernelFacts, 'parameters' | 'hiddenParameters'> {
  const folder = '/proc/sys';
  if (!existsSync(`${root}${folder}/kernel`)) return { parameters: fileFailure(folder, { code: 'ENOENT' }) };
  const values: Record<string, string> = {};
  const hidden: string[] = [];
  for (const name of names) {
    if (network && name.startsWith('net.')) {
      hidden.push(name);
      continue;
    }
    try {
      values[name] = readFileSync(`${root}${folder}/${name.replaceAll('.', '/')}`, 'utf8').trim();
    } catch (error) {
      if (!isAbsent(error)) hidden.push(name);
    }
  }
  return { parameters: known(values, 'kernel', folder), ...(hidden.length > 0 ? { hiddenParameters: hidden } : {}) };
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
