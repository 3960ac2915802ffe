/**
 * Where advisories of a release of Red Hat Enterprise Linux are found.
 *
 * Red Hat's own records name products by their CPE without its beginning, `Red Hat:enterprise_linux:9::appstream`: for each repository one,
 * since release 10 for each minor release one, and beside the main stream what only subscribers to a longer life get. Which repository a
 * package came from does not stand in it, but the same package is in no two of them, so all are asked. Databases that are made from
 * Red Hat's OVAL write `Red Hat:9`.
 *
 * Streams with fixes of an older minor release (`rhel_eus:9.2`) are not asked: whether a system gets them is a matter of its contract.
 */
export function redHatStreams(major: number): readonly string[] {
  return [`Red Hat:${major}`, ...productsOf(major).map((product) => `Red Hat:${product}`)];
}

function productsOf(major: number): readonly string[] {
  const whole = `enterprise_linux:${major}`;
  if (major >= 10) {
    return [whole, ...Array.from({ length: lastMinor + 1 }, (_, minor) => `enterprise_linux:${major}.${minor}`)];
  }
  if (major >= 8) return [whole, ...repositories.map((repository) => `${whole}::${repository}`)];
  // Their only fixes now are those of the longer life.
  return [whole, ...variants.map((variant) => `${whole}::${variant}`), `rhel_els:${major}`];
}

/** Every release so far ended with it. */
const lastMinor = 10;

const repositories = [
  'baseos',
  'appstream',
  'crb',
  'highavailability',
  'hypervisor',
  'nfv',
  'realtime',
  'resilientstorage',
  'sap',
  'sap_hana',
  'supplementary',
];

const variants = ['server', 'client', 'computenode', 'workstation'];
