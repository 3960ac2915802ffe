import type { KubernetesVersion } from '../../model/kubernetes.ts';
import { notApplicable, type Verdict } from '../../model/verdict.ts';

/**
 * Whether the standards of a version have what came with 1.`minor`. Without a version the newest is meant. The standards
 * themselves have versions: a cluster judges by those of the version that a namespace names.
 */
export function since(version: KubernetesVersion | undefined, minor: number): boolean {
  if (!version) return true;
  return version.major > 1 || (version.major === 1 && version.minor >= minor);
}

/** The verdict in a version that does not have the rule yet. */
export function notYet(version: KubernetesVersion | undefined, minor: number): Verdict | undefined {
  if (since(version, minor)) return undefined;
  return notApplicable({
    en: `The standards have this rule from version 1.${minor} on.`,
    zh: `Pod 安全标准自 1.${minor} 版起才有此规则。`,
  });
}
