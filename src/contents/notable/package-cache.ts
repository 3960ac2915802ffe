import { byFolder } from '../by-folder.ts';
import { defineNotable } from '../notable-reader.ts';

interface Cache {
  readonly name: string;
  /** Its first group is the folder that is told. */
  readonly pattern: RegExp;
}

/** What most folders do not have in them, so that only few are looked at closely. */
const worthALook = byFolder((folder) =>
  /(?<!__py)cache|\/lists\/|distfiles|\.m2\/|cargo\/|\/pkgs?\/|\.nuget\/|[Ss]tore|NuGet|\/dnf\//.test(folder),
);

const caches: readonly Cache[] = [
  { name: 'apt', pattern: /^(var\/cache\/apt)\/(?:archives\/(?:partial\/)?[^/]+\.deb|(?:src)?pkgcache\.bin)$/ },
  { name: 'apt lists', pattern: /^(var\/lib\/apt\/lists)\/(?!lock$|auxfiles\/).+$/ },
  { name: 'apk', pattern: /^(var\/cache\/apk|etc\/apk\/cache|lib\/apk\/cache)\/.+$/ },
  {
    name: 'dnf',
    pattern:
      /^(var\/cache\/(?:dnf|libdnf5|microdnf|yum)|var\/lib\/dnf\/(?:repos|yumdb)|var\/cache\/PackageKit)\/.+\.(?:rpm|xml|gz|xz|zst|solv|solvx|sqlite|bz2|zck|drpm)$/,
  },
  { name: 'zypper', pattern: /^(var\/cache\/zypp)\/.+$/ },
  { name: 'pacman', pattern: /^(var\/cache\/pacman\/pkg)\/.+$/ },
  { name: 'portage', pattern: /^(var\/cache\/(?:distfiles|binpkgs)|usr\/portage\/distfiles)\/.+$/ },
  { name: 'xbps', pattern: /^(var\/cache\/xbps)\/.+$/ },
  { name: 'pip', pattern: /^((?:.+\/)?\.cache\/pip)\/.+$/ },
  { name: 'uv', pattern: /^((?:.+\/)?\.cache\/uv)\/.+$/ },
  { name: 'poetry', pattern: /^((?:.+\/)?\.cache\/(?:pypoetry|pdm|pipenv|hatch))\/(?!virtualenvs\/).+$/ },
  {
    name: 'conda',
    pattern: /^((?:.+\/)?(?:(?:mini|ana|micro)?conda\d?|miniforge\d?|mambaforge|micromamba)\/pkgs)\/.+$/,
  },
  { name: 'npm', pattern: /^((?:.+\/)?\.npm\/_cacache|(?:.+\/)?\.cache\/(?:npm|node-gyp)(?:\/_cacache)?)\/.+$/ },
  { name: 'yarn', pattern: /^((?:.+\/)?\.cache\/yarn|(?:.+\/)?\.yarn\/berry\/cache|(?:.+\/)?\.yarn-cache)\/.+$/ },
  {
    name: 'pnpm',
    pattern: /^((?:.+\/)?\.cache\/pnpm|(?:.+\/)?\.pnpm-store|(?:.+\/)?(?:\.local\/share\/)?pnpm\/store)\/.+$/,
  },
  { name: 'bun', pattern: /^((?:.+\/)?\.bun\/install\/cache)\/.+$/ },
  { name: 'cargo', pattern: /^((?:.+\/)?\.?cargo\/(?:registry|git))\/.+$/ },
  { name: 'go', pattern: /^((?:.+\/)?\.cache\/go-build|(?:(?:.+\/)?go\/)pkg\/mod|(?:.+\/)?gopath\/pkg\/mod)\/.+$/ },
  {
    name: 'gem',
    pattern:
      /^((?:.+\/)?(?:lib\/ruby\/gems|\.gem\/ruby|var\/lib\/gems)\/[^/]+\/cache|usr\/local\/bundle\/cache|(?:.+\/)?\.bundle\/cache)\/.+$/,
  },
  { name: 'composer', pattern: /^((?:.+\/)?\.composer\/cache|(?:.+\/)?\.cache\/composer)\/.+$/ },
  { name: 'maven', pattern: /^((?:.+\/)?\.m2\/repository)\/.+$/ },
  { name: 'gradle', pattern: /^((?:.+\/)?\.gradle\/caches)\/.+$/ },
  { name: 'ivy', pattern: /^((?:.+\/)?\.ivy2\/cache|(?:.+\/)?\.cache\/coursier)\/.+$/ },
  {
    name: 'nuget',
    pattern: /^((?:.+\/)?\.nuget\/packages|(?:.+\/)?(?:\.local\/share\/)?NuGet\/(?:v3-cache|http-cache))\/.+$/,
  },
  { name: 'bazel', pattern: /^((?:.+\/)?\.cache\/bazel)\/.+$/ },
  { name: 'ccache', pattern: /^((?:.+\/)?\.cache\/ccache|(?:.+\/)?\.ccache)\/.+$/ },
];

/** A hostile path may be of any length; real ones are not. */
const longestPath = 1024;

/** What package managers keep of what they downloaded: told by folder. */
export const packageCache = defineNotable({
  id: 'package-cache',
  entry({ path, kind, size }) {
    if (kind !== 'file' || size === 0 || path.length > longestPath || !worthALook(path)) return undefined;
    for (const { name, pattern } of caches) {
      const folder = pattern.exec(path)?.[1];
      if (folder !== undefined) return { kind: 'package-cache', detail: name, folder };
    }
    return undefined;
  },
});
