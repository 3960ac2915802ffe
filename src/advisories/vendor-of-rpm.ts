import type { Package } from '../model/package.ts';
import { splitEcosystem } from './package-name.ts';

/**
 * Whether an rpm comes from somebody else than the distribution: by its vendor, where it names one, and by what repositories write into
 * releases. Without a vendor it counts as the distribution's own, since bills rarely tell it.
 *
 * @param ecosystem - one of its distribution: `Red Hat:9`
 * @param isRebuilt - the distribution is CentOS or of its kind, and only asks there
 */
export function isThirdPartyRpm({ version, vendor = '' }: Package, ecosystem: string, isRebuilt: boolean): boolean {
  const [name] = splitEcosystem(ecosystem);
  if (hasOthersMark(version, name)) return true;
  const written = vendor.trim().replace(/^(?:organization|person):\s*/i, '');
  if (written === '' || /^\(?none\)?$|^noassertion$/i.test(written)) return false;
  const own = isRebuilt ? rebuilders : vendors.get(name);
  return own !== undefined && !own.test(written.slice(0, 300).toLowerCase());
}

/** How the tag `VENDOR` begins, in lower case: what other tools say instead is the packager's address. */
const vendors: ReadonlyMap<string, RegExp> = new Map([
  ['AlmaLinux', /^almalinux\b/],
  ['Azure Linux', /^(?:microsoft corporation|azure linux|cbl-mariner)\b/],
  ['Mageia', /^mageia\b/],
  ['Photon OS', /^(?:vmware|broadcom|photon)\b/],
  ['Red Hat', /^red hat\b/],
  ['Rocky Linux', /^(?:rocky\b|resf\b|release engineering <releng@rockylinux)/],
  ['SUSE', /^(?:suse\b|https?:\/\/(?:www\.)?suse\.com)/],
  ['openEuler', /^(?:(?:https?:\/\/)?(?:www\.)?openeuler\b)/],
  // Since 15.3 Leap has the packages of SUSE themselves.
  ['openSUSE', /^(?:opensuse\b|suse\b|https?:\/\/(?:bugs\.opensuse\.org|www\.suse\.com|(?:www\.)?opensuse\.org))/],
]);

const rebuilders = /^(?:centos|scientific linux)\b/;

/**
 * Remi, PostgreSQL, NodeSource, nginx, ELRepo, IUS, Webtatic, Atomic, RPMforge, GhettoForge, Percona, TuxCare, Packman. Of Fedora's extra
 * packages for others (EPEL) only the vendor tells.
 */
const others =
  /\.(?:remi|ngx|elrepo|ius|w\d|art|rf|gf|percona|tuxcare|plesk|codeit|nux|kng|puias)(?=$|[.\d_~+])|(?:\d|\.)pgdg(?=$|[.\d_~+])|nodesource|\.pm\.\d/i;

/** What distributions write into the releases of their packages. */
const marks: readonly (readonly [mark: RegExp, ecosystems: readonly string[]])[] = [
  [/\.fc\d{1,3}(?=$|[.+~_])/, []],
  [/\.amzn\d{1,4}(?=$|[.+~_])/, []],
  [/\.mga\d{1,2}(?=$|[.+~_])/, ['Mageia']],
  [/\.(?:azl|cm)\d{1,2}(?=$|[.+~_])/, ['Azure Linux']],
  [/\.ph\d{1,2}(?=$|[.+~_])/, ['Photon OS']],
  [/\.oe\d{1,4}(?:sp\d{1,2})?(?=$|[.+~_])/, ['openEuler']],
  [/\.el\d{1,2}(?=$|[.+~_])/, ['Red Hat', 'Rocky Linux', 'AlmaLinux']],
];

function hasOthersMark(version: string, ecosystem: string): boolean {
  // A release is short; what is longer is cut, as nobody's mark stands there.
  const release = version.slice(version.lastIndexOf('-') + 1).slice(0, 200);
  return others.test(release) || marks.some(([mark, own]) => mark.test(release) && !own.includes(ecosystem));
}
