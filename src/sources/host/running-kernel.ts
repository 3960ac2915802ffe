import { existsSync } from 'node:fs';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure, readIfPossible } from './file.ts';
import { pathIn } from './rooted-path.ts';

/** The kernel that runs, and what of it lies on the disk. */
export interface RunningKernel {
  readonly release: string;
  /** The version of its package, where the kernel was told it when it was built: an update may wait on the disk under the same release. */
  readonly packageVersion?: string;
  /** Its image and its modules, those that are there; empty where somebody else provides it. */
  readonly files: readonly string[];
}

/** No longer than the kernel allows, and nothing that would lead elsewhere as a part of a path. */
const releaseForm = /^\d[\w.+~-]{0,63}$/;

/** What of the running kernel tells which package it belongs to. */
export function readRunningKernel(release: Fact<string>, root = ''): Fact<RunningKernel> {
  if (!release.known) return release;
  if (!releaseForm.test(release.value)) return fileFailure(release.path, { code: 'EINVAL' });
  const packageVersion = packageVersionIn(
    readIfPossible(`${root}/proc/version`) ?? '',
    readIfPossible(`${root}/proc/version_signature`) ?? '',
  );
  const files = filesOf(release.value).filter((path) => isThere(root, path));
  return known(
    { release: release.value, files, ...(packageVersion === undefined ? {} : { packageVersion }) },
    release.source,
    release.path,
  );
}

/** Which package has them differs: the image is in one, the modules may be in another of the same source. */
function filesOf(release: string): readonly string[] {
  const folders = [`/lib/modules/${release}`, `/usr/lib/modules/${release}`];
  return [
    `/boot/vmlinuz-${release}`,
    `/boot/vmlinux-${release}`,
    ...folders.map((folder) => `${folder}/vmlinuz`),
    ...folders.map((folder) => `${folder}/modules.builtin`),
  ];
}

function isThere(root: string, path: string): boolean {
  try {
    return existsSync(pathIn(root, path));
  } catch {
    return false;
  }
}

/** Debian: `… #1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)`. Ubuntu: `Ubuntu 6.5.0-14.14~22.04.1-generic 6.5.3`. */
export function packageVersionIn(version: string, signature: string): string | undefined {
  return (
    /^Ubuntu (\d\S*?)-[a-z][\w-]*(?: |$)/.exec(signature.slice(0, 300))?.[1] ??
    / Debian (\d\S*) \(\d{4}-\d\d-\d\d\)/.exec(version.slice(0, 1000))?.[1]
  );
}
