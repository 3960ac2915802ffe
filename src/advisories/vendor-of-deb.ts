import type { Package } from '../model/package.ts';
import { splitEcosystem } from './package-name.ts';
import { debianCodenames, ubuntuCodenames } from '../model/release-names.ts';

/**
 * Whether a deb comes from somebody else than the distribution. Debian has a thousand maintainers and no field that says where a package
 * came from, so only what is known of others counts: how they number their versions, where their maintainers have their
 * addresses, and names that distributions do not have.
 *
 * @param ecosystem - one of its distribution: `Debian:12`
 */
export function isThirdPartyDeb({ name, version, source, vendor }: Package, ecosystem: string): boolean {
  const distribution = splitEcosystem(ecosystem)[0];
  if (isNumberedByOthers(version, distribution) || names.test(name)) return true;
  if (source && source.version !== version && isNumberedByOthers(source.version, distribution)) return true;
  if (source && source.name !== name && names.test(source.name)) return true;
  return vendor !== undefined && isAddressOfOthers(vendor);
}

function isNumberedByOthers(version: string, distribution: string): boolean {
  const written = version.slice(0, 300);
  if (usual.test(written)) return false;
  return versions.test(written) || (distribution === 'Debian' && /\dubuntu\d/.test(written));
}

/** Most versions of Debian: nobody's mark is in them, which is soon seen. */
const usual = /^[\d.:-]*(?:\+dfsg[\d.]*-?[\d.]*)?(?:[+~]deb\d+u\d+)?(?:\+b\d+)?$/;

/** By the last address; a name may be anything. */
function isAddressOfOthers(maintainer: string): boolean {
  const written = maintainer.slice(-300).toLowerCase();
  const address = written.slice(written.lastIndexOf('<') + 1).replace(/>\s*$/, '');
  if (addresses.has(address)) return true;
  let domain = address.slice(address.lastIndexOf('@') + 1);
  if (domain.length === address.length) return false;
  while (!domains.has(domain)) {
    const dot = domain.indexOf('.');
    if (dot < 0) return false;
    domain = domain.slice(dot + 1);
  }
  return true;
}

/** Since Debian 9 and Ubuntu 18.04: before, the distributions' own repairs had the codename too, `1.6.0-12+etch2`. */
const codenames = [
  ...debianCodenames.slice(debianCodenames.indexOf('stretch')),
  ...ubuntuCodenames.slice(ubuntuCodenames.indexOf('bionic')),
].join('|');

const versions = new RegExp(
  [
    // NodeSource, Sury's PHP, PostgreSQL, MariaDB, Raspberry Pi, Proxmox, Kali; personal archives of Launchpad.
    String.raw`nodesource`,
    String.raw`\+deb\.sury\.org`,
    String.raw`\+0~20\d{6}\.\d{1,6}\+(?:debian|ubuntu)`,
    String.raw`[.~+]pgdg`,
    String.raw`\+maria`,
    String.raw`\+(?:rpt|rpi|pmx)\d`,
    String.raw`-pve\d`,
    String.raw`[\d+~-]kali\d`,
    String.raw`(?:^|[\d.+~-])ppa\d`,
    // Docker: `5:24.0.7-1~ubuntu.22.04~jammy`.
    String.raw`~(?:debian|raspbian|ubuntu)\.\d`,
    // What is built for several releases: nginx (`1.25.3-1~bookworm`), Redis (`6:7.2.4-1rl1~jammy1`), deadsnakes (`3.12.1-1+jammy1`).
    String.raw`[~+](?:${codenames})\d{0,4}(?:\.\d{1,4})?$`,
  ].join('|'),
  'i',
);

/** Of those who make packages of their own software, or of others', for several distributions. */
const domains: ReadonlySet<string> = new Set([
  'amazon.com',
  'azul.com',
  'bell-sw.com',
  'cloudflare.com',
  'confluent.io',
  'couchbase.com',
  'dan.cx',
  'datadoghq.com',
  'docker.com',
  'eclipse.org',
  'elastic.co',
  'erlang-solutions.com',
  'f5.com',
  'gitlab.com',
  'grafana.com',
  'hashicorp.com',
  'influxdata.com',
  'kubernetes.io',
  'microsoft.com',
  'newrelic.com',
  'nginx.com',
  'nodesource.com',
  'oracle.com',
  'percona.com',
  'redis.com',
  'redis.io',
  'tailscale.com',
  'zabbix.com',
]);

/** Of large companies, whose people maintain packages of Debian as well. */
const addresses: ReadonlySet<string> = new Set([
  'cudatools@nvidia.com',
  'gc-team@google.com',
  'linux-packages-keymaster@google.com',
]);

const names =
  /^(?:containerd\.io|docker-(?:buildx-plugin|ce(?:-cli|-rootless-extras)?|compose-plugin|model-plugin)|google-chrome-\w{1,20}|google-cloud-(?:cli|sdk)|kube(?:adm|ctl|let)|mongodb-(?:database-tools|mongosh|org(?:-\w{1,20})?)|mssql-(?:server|tools\d{0,2})|msodbcsql\d{2}|nvidia-container-toolkit|powershell)$/;
