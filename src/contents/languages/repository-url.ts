/**
 * Where a package was taken from in place of its registry, for the purl's `vcs_url`: `git+https://host/owner/project@commit`.
 * A name and a password that stand in the address are left out, and so is what follows its path.
 *
 * @returns no qualifiers for what is no address
 */
export function vcsQualifiers(address: string, commit: string | undefined): Readonly<Record<string, string>> {
  const place = placeOf(address.slice(0, 2048));
  if (!place) return {};
  const { scheme, host, path } = place;
  return { vcs_url: `git+${scheme}://${host}${path}${commit === undefined ? '' : `@${commit}`}` };
}

/** Host and path of a repository, without what its address ends in by habit: `github.com/owner/project`. */
export function repositoryPath(address: string): string | undefined {
  const place = placeOf(address.slice(0, 2048));
  return place && `${place.host.toLowerCase()}${place.path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}

interface Place {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

function placeOf(address: string): Place | undefined {
  const [plain = ''] = address.replace(/^(?:git|hg|svn|bzr|registry|sparse|url)\+/, '').split(/[?#]/, 1);
  const withScheme = /^([a-z][a-z\d.+-]*):\/\/(?:[^/]*@)?([^/@]+)(\/.*)?$/i.exec(plain);
  if (withScheme) {
    const [, scheme = '', host = '', path = ''] = withScheme;
    return { scheme: scheme.toLowerCase(), host, path };
  }
  const hosted = /^(github|gitlab|bitbucket):([\w.-]+\/[\w.-]+)$/.exec(plain);
  if (hosted)
    return {
      scheme: 'https',
      host: `${hosted[1]}.${hosted[1] === 'bitbucket' ? 'org' : 'com'}`,
      path: `/${hosted[2]}`,
    };
  // `git@host:owner/project`, as ssh has it.
  const [, host, path] = /^(?:[^@/:]*@)?([\w.-]+):(?!\/\/)([^:@]+)$/.exec(plain) ?? [];
  return host === undefined || path === undefined
    ? undefined
    : { scheme: 'ssh', host, path: `/${path.replace(/^\/+/, '')}` };
}
