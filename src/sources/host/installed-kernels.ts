import { existsSync, readdirSync, statSync } from 'node:fs';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure } from './file.ts';
import { pathIn } from './rooted-path.ts';

/** Where distributions keep a kernel's modules; mostly two names of one folder. */
const moduleFolders = ['/lib/modules', '/usr/lib/modules'];

/**
 * Releases of the kernels that could be started: those with an image. A folder of modules outlives its kernel when a
 * program left something in it, and headers make one too, so that it only counts where no image bears a release.
 * In a container there mostly are none.
 */
export function readInstalledKernels(root = ''): Fact<readonly string[]> {
  const boot = listed('/boot', root);
  const folders = moduleFolders.map((path) => listed(path, root));
  const modules = folders.flatMap(({ place, names }) => names.map((name) => ({ name, path: `${place}/${name}` })));
  const images = [
    ...boot.names.flatMap((name) => /^(?:vmlinu[xz]|kernel)-(\d.*)$/.exec(name)?.[1] ?? []),
    ...modules.filter(({ path }) => existsSync(`${path}/vmlinuz`)).map(({ name }) => name),
  ].filter(isRelease);
  const shipped = modules.filter(({ name, path }) => isRelease(name) && existsSync(`${path}/modules.builtin`));
  const releases = images.length > 0 ? images : shipped.map(({ name }) => name);
  const failure = folders[0]?.failure ?? boot.failure;
  if (releases.length === 0 && failure !== undefined) return fileFailure('/lib/modules, /boot', failure);
  return known([...new Set(releases)].toSorted(), 'file', images.length > 0 ? '/boot, /lib/modules' : '/lib/modules');
}

/** `6.1.0-18-amd64`; not `0-rescue-…`, which is a copy of one of the others, nor `linux-lts`. */
function isRelease(name: string): boolean {
  return /^\d+\.\d/.test(name);
}

interface Listing {
  /** Where this process finds it, links followed. */
  readonly place: string;
  readonly names: readonly string[];
  /** Why it could not be listed, where it is there. */
  readonly failure?: unknown;
}

function listed(path: string, root: string): Listing {
  let place = root + path;
  try {
    place = pathIn(root, path);
    return { place, names: readdirSync(place) };
  } catch (error) {
    const failure = (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : { failure: error };
    return { place, names: [], ...failure };
  }
}

/** What packages leave where a reboot is due: Debian's mark, and SUSE's. */
const marks = ['/run/reboot-required', '/run/reboot-needed'];

/**
 * Since when a reboot is asked for, milliseconds since 1970. Each package that asks for one writes the mark again, which
 * moves the time of its change: where the file system knows when it was made, that counts, and not later than the list
 * of the packages was last added to.
 */
export function readRebootRequest(root = ''): Fact<number | null> {
  for (const path of marks) {
    try {
      const since = beginningOf(root + path);
      if (since !== undefined) return known(Math.min(since, beginningOf(`${root}${path}.pkgs`) ?? since), 'file', path);
    } catch (error) {
      return fileFailure(path, error);
    }
  }
  // It lives in memory: a disk only has the folder that it is laid over, be it empty or not. Where it is the system's
  // own, the kernel is in sight too.
  const needed = [`${root}/run`, `${root}/proc/stat`];
  const missing = needed.find((path) => !existsSync(path));
  return missing === undefined ? known(null, 'file', marks.join(', ')) : fileFailure(missing, { code: 'ENOENT' });
}

/** When a file was made, or else changed: what was copied keeps the older time of its change. */
function beginningOf(path: string): number | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  const { birthtimeMs, mtimeMs } = status;
  return birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
}
