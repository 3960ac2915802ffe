/** Package managers, one name for each family of options: `pip3` and `python -m pip` are pip, `dnf5` is dnf. */
export type PackageManager =
  | 'apt-get'
  | 'apt'
  | 'aptitude'
  | 'apk'
  | 'yum'
  | 'dnf'
  | 'microdnf'
  | 'tdnf'
  | 'zypper'
  | 'pip'
  | 'uv'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'gem'
  | 'go'
  | 'cargo';

/** How the arguments of one are read. */
export interface ArgumentGrammar {
  /** Actions that install packages, as written. */
  readonly installs: readonly string[];
  /** Words that are only the first half of an action: `group install`. */
  readonly prefixes?: readonly string[];
  /** Options that take the next word as their value when none is attached. */
  readonly valued: readonly string[];
  /** The same, where another set holds in front of the action. */
  readonly valuedBefore?: readonly string[];
  /** `-tags x` is one option, not a row of letters. */
  readonly singleDash?: boolean;
  /** What follows `--` is for a compiler, not a list of packages. */
  readonly endsAtDashes?: boolean;
}

const apt: ArgumentGrammar = {
  installs: ['install', 'reinstall'],
  valued: words(
    `-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P --build-profiles
    --with-source -S --snapshot --solver --planner`,
  ),
};

const rpmFamily: ArgumentGrammar = {
  installs: ['install', 'in', 'localinstall', 'reinstall', 'rei', 'install-n', 'install-na', 'install-nevra'],
  prefixes: ['group', 'groups', 'grp', 'module', 'environment'],
  valued: words(
    `-c --config --releasever --setopt --enablerepo --enable-repo --disablerepo --disable-repo --repo --repoid
    --repofrompath --installroot -x --exclude --excludepkgs --disableplugin --enableplugin --disableexcludes
    --disableexcludepkgs -d --debuglevel -e --errorlevel --rpmverbosity -R --randomwait --color --comment --destdir
    --downloaddir --advisory --advisories --bz --bzs --cve --cves --sec-severity --secseverity --forcearch --arch
    --releasever-major --releasever-minor`,
  ),
};

const pipOptions = words(
  `-r --requirement --requirements -c --constraint --constraints -b --build-constraint --build-constraints -e --editable -t --target
  --platform --python-version --implementation --abi --root --prefix --src --upgrade-strategy -C --config-settings
  --config-setting --global-option --install-option --build-option --no-binary --only-binary --progress-bar
  --root-user-action --report -i --index-url --pypi-url --extra-index-url -f --find-links --group --python --log
  --log-file --proxy --retries --resume-retries --timeout --default-timeout --exists-action --trusted-host --cert
  --client-cert --cache-dir --keyring-provider --use-feature --use-deprecated --build --requirements-from-script`,
);

/** Each manager's arguments, from its manual. */
export const packageManagers: Readonly<Record<PackageManager, ArgumentGrammar>> = {
  'apt-get': apt,
  apt,
  aptitude: { ...apt, valued: [...apt.valued, ...words('-w --width -F --display-format -O --sort --user-tag')] },
  apk: {
    installs: ['add'],
    valued: words(
      `-p --root -X --repository --keys-dir --repositories-file --cache-dir --cache-max-age --arch --wait --progress-fd
      --timeout -t --virtual --repository-config`,
    ),
  },
  yum: rpmFamily,
  dnf: rpmFamily,
  microdnf: rpmFamily,
  tdnf: rpmFamily,
  zypper: {
    installs: ['install', 'in'],
    valuedBefore: words(
      `-c --config --userdata -D --reposd-dir -C --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir -p
      --plus-repo --plus-content -R --root --installroot --releasever`,
    ),
    valued: words('-r --repo --from -t --type --download -p --plus-repo --plus-content -R --root --name --priority'),
  },
  pip: { installs: ['install'], valued: pipOptions },
  uv: {
    installs: ['pip install', 'tool install', 'add'],
    prefixes: ['pip', 'tool'],
    valued: [
      ...pipOptions.filter((name) => !['-b', '-t'].includes(name)),
      ...words(
        `-p --index --default-index --index-strategy --allow-insecure-host --override --overrides --link-mode --extra
        --project --directory --config-file --with --exclude-newer --resolution --prerelease -o --output-file
        --optional --tag --branch --rev --refresh-package --reinstall-package -P --upgrade-package`,
      ),
    ],
  },
  npm: {
    installs: words('install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install install-clean'),
    valued: words(
      `--prefix -C --registry --cache --loglevel -w --workspace --userconfig --globalconfig --omit --include --tag
      --fetch-retries --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout --install-strategy --location
      --script-shell --otp --scope --network-timeout --maxsockets --before --cafile --ca --proxy --https-proxy
      --target_arch --target_platform --cpu --os --libc --arch --platform --only --depth --python`,
    ),
  },
  yarn: {
    // Alone it installs what package.json lists.
    installs: ['', 'install', 'add', 'global add'],
    prefixes: ['global'],
    valued: words(
      `--cwd --registry --cache-folder --modules-folder --global-folder --prefix --network-timeout --network-concurrency
      --mutex --use-yarnrc --preferred-cache-folder --proxy --https-proxy --link-folder --mode`,
    ),
  },
  pnpm: {
    installs: ['install', 'i', 'add'],
    valued: words(
      `-C --dir -F --filter --filter-prod --registry --store-dir --virtual-store-dir --reporter --loglevel --global-dir
      --global-bin-dir --prefix --network-concurrency --modules-dir --lockfile-dir --cpu --os --libc`,
    ),
  },
  gem: {
    installs: ['install', 'i'],
    endsAtDashes: true,
    valued: words(
      `-v --version -i --install-dir -n --bindir --build-root --platform -P --trust-policy -s --source --without -B
      --bulk-threshold --target-rbconfig --config-file`,
    ),
  },
  go: {
    installs: ['install', 'get'],
    singleDash: true,
    valued: words(
      `-C -o -p -tags -ldflags -gcflags -asmflags -gccgoflags -mod -modfile -overlay -pkgdir -toolexec -compiler -buildmode
      -installsuffix -pgo -covermode -coverpkg -exec`,
    ),
  },
  cargo: {
    installs: ['install', 'binstall'],
    valued: words(
      `--version --vers --git --branch --tag --rev --path --index --registry --root -F --features --target --target-dir
      --profile -j --jobs --message-format --color --config -Z -C --bin --example --manifest-path --install-path
      --strategies --targets --pkg-url --pkg-fmt --bin-dir --rate-limit --log-level`,
    ),
  },
};

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
