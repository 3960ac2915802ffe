/** How the version of one program is told from its bytes. */
export interface KnownProgram {
  /** As reports and purls call it. */
  readonly name: string;
  /** Names of the files that it is in: itself, and its library where that holds the program. */
  readonly files: RegExp;
  /** Stands near the version; what it is searched for by. Of the file's name where the expression has a group. */
  readonly near: string | ((file: RegExpExecArray) => string);
  /** Of a text with `near` in it, zero bytes included: the first group is the version. */
  readonly version: RegExp;
  /** Digits may follow the version directly: it is the longest beginning that also stands somewhere by itself. */
  readonly isRunTogether?: true;
}

/**
 * Programs that images often hold without a package manager: built from source, or unpacked from an archive. Each expression was tried
 * on a program as Debian 12 builds it, Node.js on the one that nodejs.org gives out too.
 */
export const knownPrograms: readonly KnownProgram[] = [
  {
    name: 'node',
    files: /^(?:node|nodejs|node\.exe|libnode\.so\.\d+)$/,
    near: 'https://nodejs.org/download/release/v',
    version: /release\/v(\d+\.\d+\.\d+)\/node-v/,
  },
  {
    name: 'python',
    files: /^(?:lib)?python(3\.\d+|2\.7)[a-z]{0,2}(?:\.so\.\d+\.\d+)?$/,
    near: ([, minor = '']) => `${minor}.`,
    version: /(?<=\0)(\d\.\d+\.\d+(?:(?:a|b|rc)\d+)?\+?)(?=\0)/,
  },
  {
    name: 'ruby',
    files: /^(?:ruby|ruby\d\.\d|libruby(?:-\d\.\d)?\.so\.\d\.\d(?:\.\d+)?)$/,
    near: ' revision ',
    version: /(?<=\0)ruby (\d+\.\d+\.\d+(?:p\d+|(?:preview|rc)\d+|dev)?) \(\d{4}-\d\d-\d\d(?: \S{1,64})? revision /,
  },
  {
    name: 'php',
    files: /^(?:php|php\d|php\d\.\d|php-fpm|php-fpm\d\.\d|php-cgi|php-cgi\d\.\d|libphp\d?(?:\.\d)?\.so)$/,
    near: 'X-Powered-By: PHP/',
    version: /X-Powered-By: PHP\/(\d+\.\d+\.\d+(?:(?:alpha|beta|RC)\d+|-dev)?)/,
  },
  {
    name: 'perl',
    files: /^(?:perl|perl5\.\d+\.\d+|libperl\.so(?:\.5(?:\.\d+)*)?)$/,
    near: 'v5.',
    version: /(?<=\0)v(5\.\d+\.\d+)(?=\0)/,
  },
  {
    name: 'lua',
    files: /^(?:lua|luac|lua5\.\d|luac5\.\d|liblua(?:5\.\d)?\.so(?:\.5\.\d(?:\.\d+)?)?)$/,
    near: '$LuaVersion: Lua ',
    version: /\$LuaVersion: Lua (\d+\.\d+\.\d+) /,
  },
  { name: 'nginx', files: /^nginx$/, near: 'nginx version: nginx/', version: /: nginx\/(\d+\.\d+\.\d+)/ },
  {
    name: 'httpd',
    files: /^(?:httpd|apache2)$/,
    near: 'Apache/',
    version: /(?<=\0)Apache\/(\d+\.\d+\.\d+)(?: \([^)\0]{1,40}\))?(?=\0)/,
  },
  { name: 'lighttpd', files: /^lighttpd$/, near: 'lighttpd/', version: /lighttpd\/(\d+\.\d+\.\d+)/ },
  {
    name: 'haproxy',
    files: /^haproxy$/,
    near: ', released ',
    version: / version (\d+\.\d+[\w.+~-]{0,60}), released \d{4}\/\d\d\/\d\d/,
  },
  { name: 'varnish', files: /^varnishd$/, near: 'varnish-', version: /(?<=\0)\(?varnish-(\d+\.\d+\.\d+) revision / },
  { name: 'squid', files: /^squid$/, near: 'squid/', version: /(?<=\0)squid\/(\d+\.\d+(?:\.\d+)*)(?=\0)/ },
  {
    name: 'redis',
    files: /^redis-(?:server|sentinel|check-rdb|check-aof|cli|benchmark)$/,
    // The build's id: version, host and time, whether the sources were changed, and their revision, all in one.
    near: '000000000\0',
    version: /(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})[\w.-]*\d{10}000000000(?=\0)/,
    isRunTogether: true,
  },
  { name: 'memcached', files: /^memcached$/, near: 'memcached ', version: /(?<=\0)memcached (\d+\.\d+\.\d+)/ },
  {
    name: 'postgresql',
    files: /^postgres$/,
    near: 'postgres (PostgreSQL) ',
    version: /postgres \(PostgreSQL\) (\d+(?:\.\d+){1,2}|\d+(?:beta|rc)\d+)/,
  },
  {
    name: 'mariadb',
    files: /^(?:mariadbd|mysqld)$/,
    near: '-MariaDB',
    version: /(?<=\0)(?:5\.5\.5-)?(\d+\.\d+\.\d+)-MariaDB/,
  },
  { name: 'pgbouncer', files: /^pgbouncer$/, near: 'PgBouncer ', version: /(?<=\0)PgBouncer (\d+\.\d+\.\d+)/ },
  { name: 'busybox', files: /^busybox(?:\.static)?$/, near: 'BusyBox v', version: /BusyBox v(\d+\.\d+\.\d+)/ },
  { name: 'bash', files: /^bash$/, near: '@(#)Bash version ', version: /Bash version (\d+\.\d+\.\d+)\(/ },
  {
    name: 'openssl',
    files: /^(?:openssl|lib(?:crypto|ssl)(?:-[\da-f]{8})?\.so\.[\d.]+)$/,
    near: 'OpenSSL ',
    version: /OpenSSL (\d+\.\d+\.\d+[a-z]{0,2})(?:-[a-z\d]+)? +\d{1,2} [A-Z][a-z]{2} \d{4}/,
  },
  {
    name: 'curl',
    files: /^(?:curl|libcurl(?:-[\da-f]{8})?(?:-gnutls|-nss)?\.so\.[\d.]+)$/,
    near: 'curl/',
    version: /(?<=\0)(?:lib)?curl\/(\d+\.\d+\.\d+)/,
  },
  {
    name: 'zlib',
    files: /^libz(?:-[\da-f]{8})?\.so\.[\d.]+$/,
    near: ' inflate ',
    version: / inflate (\d+\.\d+(?:\.\d+)*) Copyright/,
  },
  { name: 'openssh', files: /^sshd$/, near: 'OpenSSH_', version: /OpenSSH_(\d+\.\d+(?:\.\d+)?p\d+)/ },
  { name: 'proftpd', files: /^proftpd$/, near: 'ProFTPD Version ', version: /ProFTPD Version (\d+\.\d+\.\d+[a-z]?)/ },
  { name: 'unbound', files: /^unbound$/, near: 'unbound ', version: /(?<=\0)unbound (\d+\.\d+\.\d+)(?=\0)/ },
  { name: 'coturn', files: /^turnserver$/, near: 'Coturn-', version: /Coturn-(\d+\.\d+\.\d+)/ },
  {
    name: 'tini',
    files: /^tini(?:-static|-amd64|-arm64)?$/,
    near: 'tini version ',
    version: /tini version (\d+\.\d+\.\d+)/,
  },
];
