/**
 * The source package that a deb is built from, by its name, where it has been the same in every release of Debian and Ubuntu that made a
 * package of that name, and has the same version. For debs that do not tell it: libraries, whose names come and go with their ABI, have
 * their advisories under names that they never have.
 */
export function usualSourceOfDeb(name: string, version: string): string | undefined {
  // Of Ubuntu 24.04 and Debian 13: https://wiki.debian.org/ReleaseGoals/64bit-time
  const written = name.slice(0, longestName).replace(/t64(?=$|-)/, '');
  const numbered = (ofJava.exec(written) ?? ofPython.exec(written))?.[1];
  if (numbered !== undefined) return numbered;
  if (ofCompiler.test(written)) {
    const [, major] = /^([5-9]|\d\d)[.-]/.exec(version) ?? [];
    return major === undefined ? undefined : `gcc-${major}`;
  }
  if (ofOwnName.has(written)) return written;
  const source = sources.find(([, names]) => names.test(written))?.[0];
  // Up to Debian 7 and Ubuntu 14.04 it was another.
  return source === 'glibc' && /^2\.1\d/.test(version) ? undefined : source;
}

const longestName = 100;

/** Ubuntu has its 10 and 11 from `openjdk-lts`. */
const ofJava = /^(openjdk-(?:8|1[2-9]|2\d))-(?:jdk|jre|source)(?:-(?:headless|zero))?$/;

/** The runtime libraries come with the newest compiler of a release, and have its version. Before 5 its name has the minor too. */
const ofCompiler =
  /^(?:gcc-\d{1,2}-base|libgcc-s1|libstdc\+\+6|libgomp1|libatomic1|libgfortran5|libquadmath0|libitm1)$/;

const ofPython = /^(?:lib)?(python3\.\d{1,2})(?:-(?:minimal|stdlib|dev|venv|dbg))?$/;

/** Whose source has the same name, whether or not any advisory names it. */
const ofOwnName: ReadonlySet<string> = new Set([
  'adduser',
  'base-files',
  'base-passwd',
  'bash',
  'bzip2',
  'ca-certificates',
  'ca-certificates-java',
  'curl',
  'dash',
  'debconf',
  'debianutils',
  'diffutils',
  'distro-info-data',
  'dpkg',
  'gawk',
  'git',
  'grep',
  'gzip',
  'hostname',
  'init-system-helpers',
  'jq',
  'less',
  'libcap2',
  'libgcrypt20',
  'libtasn1-6',
  'libxml2',
  'mawk',
  'media-types',
  'netbase',
  'nginx',
  'nodejs',
  'openssl',
  'patch',
  'perl',
  'rsync',
  'sed',
  'sqlite3',
  'sudo',
  'tar',
  'tzdata',
  'unzip',
  'wget',
  'xz-utils',
  'zip',
]);

const sources: readonly (readonly [source: string, names: RegExp])[] = [
  ['acl', /^libacl1$/],
  ['apr', /^libapr1$/],
  ['apr-util', /^libaprutil1$/],
  ['apt', /^libapt-pkg\d\.\d$/],
  ['attr', /^libattr1$/],
  ['audit', /^libaudit(?:1|-common)$/],
  ['brotli', /^libbrotli1$/],
  ['bzip2', /^libbz2-1\.0$/],
  ['c-ares', /^libc-ares2$/],
  ['curl', /^libcurl(?:4|3-gnutls)$/],
  ['cyrus-sasl2', /^libsasl2-(?:2|modules(?:-db)?)$/],
  ['db5.3', /^libdb5\.3$/],
  ['e2fsprogs', /^(?:libcom-err2|libss2|libext2fs2|logsave)$/],
  ['elfutils', /^lib(?:elf1|dw1|asm1)$/],
  ['expat', /^libexpat1$/],
  ['fontconfig', /^(?:libfontconfig1|fontconfig-config)$/],
  ['file', /^libmagic(?:1|-mgc)$/],
  ['freetype', /^libfreetype6$/],
  ['gdbm', /^libgdbm\d$/],
  ['glib2.0', /^libglib2\.0-(?:0|bin|data)$/],
  ['glibc', /^(?:libc6|libc-bin|libc-dev-bin|libc6-dev|libc6-dbg|nscd)$/],
  ['gmp', /^libgmp10$/],
  ['gnupg2', /^(?:gpg|gpgconf|dirmngr)$/],
  ['gnutls28', /^libgnutls30$/],
  ['icu', /^libicu\d\d$/],
  ['jemalloc', /^libjemalloc2$/],
  ['jq', /^libjq1$/],
  ['keyutils', /^libkeyutils1$/],
  ['krb5', /^(?:libkrb5-3|libgssapi-krb5-2|libk5crypto3|libkrb5support0)$/],
  ['libarchive', /^libarchive13$/],
  ['libbsd', /^libbsd0$/],
  ['libcap-ng', /^libcap-ng0$/],
  ['libedit', /^libedit2$/],
  ['libevent', /^libevent(?:-core|-extra|-openssl|-pthreads)?-2\.1-\d$/],
  ['libffi', /^libffi\d$/],
  ['libgd2', /^libgd3$/],
  ['libgpg-error', /^libgpg-error0$/],
  ['libidn2', /^libidn2-0$/],
  ['libjpeg-turbo', /^(?:libjpeg-turbo8|libjpeg62-turbo)$/],
  ['libksba', /^libksba8$/],
  ['libmd', /^libmd0$/],
  ['libonig', /^libonig5$/],
  ['libpng1.6', /^libpng16-16$/],
  ['libpsl', /^libpsl5$/],
  ['libseccomp', /^libseccomp2$/],
  ['libselinux', /^libselinux1$/],
  ['libsemanage', /^libsemanage(?:1|2|-common)$/],
  ['libsepol', /^libsepol[12]$/],
  ['libsodium', /^libsodium23$/],
  ['libssh', /^libssh-(?:4|gcrypt-4)$/],
  ['libssh2', /^libssh2-1$/],
  ['libtirpc', /^libtirpc(?:3|-common)$/],
  ['libunistring', /^libunistring\d$/],
  ['libunwind', /^libunwind8$/],
  ['libwebp', /^libwebp\d$/],
  ['libx11', /^libx11-(?:6|data)$/],
  ['libxcb', /^libxcb1$/],
  ['libxcrypt', /^libcrypt1$/],
  ['libxslt', /^libxslt1\.1$/],
  ['libyaml', /^libyaml-0-2$/],
  ['libzstd', /^(?:libzstd1|zstd)$/],
  ['lz4', /^liblz4-1$/],
  ['ncurses', /^(?:lib(?:ncursesw?|tinfo)[56]|ncurses-(?:base|bin|term))$/],
  ['nettle', /^lib(?:nettle|hogweed)\d$/],
  ['nghttp2', /^libnghttp2-14$/],
  ['npth', /^libnpth0$/],
  ['openldap', /^libldap(?:-2\.[456]-[02]|2|-common)$/],
  ['openssl', /^libssl(?:3|1\.1)$/],
  ['p11-kit', /^libp11-kit0$/],
  ['pam', /^(?:libpam0g|libpam-(?:modules|modules-bin|runtime))$/],
  ['pcre2', /^libpcre2-(?:8-0|16-0|32-0|posix[123])$/],
  ['pcre3', /^libpcre3$/],
  ['perl', /^(?:perl-base|perl-modules-5\.\d\d|libperl5\.\d\d)$/],
  ['readline', /^(?:libreadline8|readline-common)$/],
  ['rtmpdump', /^librtmp1$/],
  ['shadow', /^(?:passwd|uidmap)$/],
  ['sqlite3', /^libsqlite3-0$/],
  ['systemd', /^(?:libsystemd0|libudev1|libsystemd-shared|libnss-systemd|libpam-systemd|systemd-sysv|udev)$/],
  ['tiff', /^libtiff[56]$/],
  ['tzdata', /^tzdata-legacy$/],
  ['util-linux', /^(?:libuuid1|libblkid1|libmount1|libsmartcols1|libfdisk1|mount|uuid-runtime|fdisk)$/],
  ['xz-utils', /^liblzma5$/],
  ['zlib', /^zlib1g$/],
];
