/** Where a channel is known by its name alone. */
const ownHosts: ReadonlySet<string> = new Set(['conda.anaconda.org', 'repo.anaconda.com', 'repo.continuum.io']);

const plainName = /^[\w.+-]+(?:\/[\w.+-]+)*$/;

const platform = /^(?:noarch|(?:linux|osx|win|freebsd|zos|emscripten|wasi)-[a-z\d_]+)$/;

/**
 * What a purl calls a channel of conda, whether a name is written or an address: `conda-forge`, `main` for `pkgs/main`,
 * `pytorch/label/nightly`; the address of one that is at home elsewhere, without the platform at its end. The name, the password and
 * the token (`/t/…`) with which it was asked are left out.
 *
 * @returns undefined for what is neither
 */
export function channelName(written: string): string | undefined {
  if (written.length > 2048) return undefined;
  const address = URL.parse(written);
  if (address === null) return plainName.test(written) ? namedBy(segmentsOf(written)) : undefined;
  const isOnDisk = address.protocol === 'file:';
  const segments = segmentsOf(address.pathname, isOnDisk);
  if (segments.length === 0) return undefined;
  if (ownHosts.has(address.host)) return namedBy(segments);
  return address.host !== '' || isOnDisk ? `${address.protocol}//${address.host}/${segments.join('/')}` : undefined;
}

function segmentsOf(path: string, isOnDisk = false): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (platform.test(segments.at(-1) ?? '')) segments.pop();
  const mark = isOnDisk ? -1 : segments.indexOf('t');
  return mark < 0 || mark === segments.length - 1 ? segments : segments.toSpliced(mark, 2);
}

/** Anaconda's own channels stand in a folder. */
function namedBy(segments: readonly string[]): string | undefined {
  return (segments[0] === 'pkgs' ? segments.slice(1) : segments).join('/') || undefined;
}
