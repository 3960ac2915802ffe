import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { Text } from '../../model/text.ts';
import { canonicalPath, dataRootOf, type HostMount, hostMounts, isWithin, mountWords } from './host-path.ts';
import { isReadOnly } from './mount-entry.ts';

/** A mount of a sensitive path, or of a directory that holds one. */
export interface SensitiveMount extends HostMount {
  /** For the middle of a sentence: which path, where in the container. */
  readonly words: Text;
}

/** What a site may tune; the same for every control that asks about sensitive paths. */
export const sensitivePathParameters = {
  paths: {
    default: [
      '/bin',
      '/boot',
      '/dev',
      '/etc',
      '/home',
      '/lib',
      '/lib32',
      '/lib64',
      '/libx32',
      '/proc',
      '/root',
      '/run',
      '/sbin',
      '/sys',
      '/usr',
      '/var/lib/containerd',
      '/var/lib/containers',
      '/var/lib/docker',
      '/var/lib/etcd',
      '/var/lib/kubelet',
      '/var/lib/rancher',
      '/var/log',
      '/var/run',
      '/var/spool/cron',
    ],
    description: {
      en: "Host paths that are sensitive, with all that is below them; the engine's data root always is.",
      zh: '敏感的主机路径，包括其下的全部内容；引擎的数据目录始终视为敏感。',
    },
  },
  exceptions: {
    default: [
      '/dev/null',
      '/etc/localtime',
      '/etc/pki/ca-trust',
      '/etc/pki/tls/certs',
      '/etc/ssl/certs',
      '/etc/timezone',
      '/usr/share/ca-certificates',
      '/usr/share/zoneinfo',
    ],
    description: {
      en: 'Host paths that may be mounted all the same, read-only. Links are followed first.',
      zh: '仍允许以只读方式挂载的主机路径；比对前会先解析符号链接。',
    },
  },
};

interface SensitivePaths {
  readonly paths: readonly string[];
  readonly exceptions: readonly string[];
}

/** The mounts that show sensitive host paths to a container. */
export function sensitiveMounts(
  container: ContainerSpec,
  machine: Machine | undefined,
  { paths, exceptions }: SensitivePaths,
): SensitiveMount[] {
  const mounts = hostMounts(container, machine);
  if (mounts.length === 0) return [];
  const sensitive = [...paths, dataRootOf(machine)].map(canonicalPath);
  const allowed = exceptions.map(canonicalPath);
  return mounts.flatMap((each) => {
    const path = canonicalPath(each.path);
    if (allowed.some((exception) => isWithin(path, exception)) && isReadOnly(container, each.mount)) return [];
    const below = sensitive.some((directory) => isWithin(path, directory));
    const held = sensitive.find((directory) => isWithin(directory, path));
    if (!below && held === undefined) return [];
    const named = below || path === '/' || held === undefined ? undefined : held;
    return [{ ...each, words: mountWords(each, named) }];
  });
}
