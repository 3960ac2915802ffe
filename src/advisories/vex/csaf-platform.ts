import { parsePurl } from '../../model/purl.ts';

/**
 * The release of a distribution that a CPE means, as purls have it in their `distro`: `rhel-9.2`, `sles-15.5`. CSAF of
 * Red Hat and SUSE names what a package is a component of by CPE alone, and says another thing of each release.
 *
 * @param cpe of version 2.2 (`cpe:/o:redhat:enterprise_linux:9::baseos`) or 2.3
 * @param purl of the package
 * @returns undefined for platforms that are no distribution, or none that is known
 */
export function distributionOfCpe(cpe: string, purl: string): string | undefined {
  const { vendor, product, version, update, edition } = partsOf(cpe);
  if (vendor === 'redhat') {
    if (redHatLinux.test(product)) return version === '' ? undefined : `rhel-${version}`;
    // Of other products built for a release, a package counts by its version only.
    const [, release] = /^el(\d{1,2})$/.exec(edition) ?? [];
    return release !== undefined && parsePurl(purl)?.version !== undefined ? `rhel-${release}` : undefined;
  }
  if (vendor === 'suse' && product.startsWith('sle') && version !== '') {
    const pack = /^sp(\d{1,2})$/.exec(update)?.[1];
    return pack === undefined ? `sles-${version}` : `sles-${version}.${pack}`;
  }
  if (vendor === 'opensuse' && product === 'leap' && version !== '') return `opensuse-leap-${version}`;
  return vendor === 'opensuse' && product === 'tumbleweed' ? 'opensuse-tumbleweed' : undefined;
}

const redHatLinux = /^(?:enterprise_linux(?:_[a-z]+)?|rhel_(?:aus|e4s|els|eus|eus_long_life|tus))$/;

interface CpeParts {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly update: string;
  readonly edition: string;
}

function partsOf(cpe: string): CpeParts {
  const fields = cpe
    .slice(0, 300)
    .toLowerCase()
    .replace(/^cpe:(?:\/|2\.3:)/, '')
    .split(':');
  const [, vendor = '', product = '', version = '', update = '', edition = ''] = fields.map((field) =>
    field === '*' || field === '-' ? '' : field,
  );
  return { vendor, product, version, update, edition };
}
