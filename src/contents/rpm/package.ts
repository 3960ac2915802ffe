import type { FoundPackage } from '../cataloger.ts';
import { type RpmHeader, tags } from './header.ts';

/** What rpm keeps imported keys as: no software. */
const keyPackage = 'gpg-pubkey';

/**
 * The package that a header tells of; 'key' for an imported key; undefined without a name or a version.
 *
 * The version has the epoch as rpm prints it, `1:2.3-4`. A purl has it as a qualifier of its own and not in its version. So
 * that a bill of materials can tell modules apart, the module goes into the qualifier `rpmmod`, which Red Hat's advisories use too.
 */
export function packageOf(header: RpmHeader): FoundPackage | 'key' | undefined {
  const name = header.text(tags.name);
  const version = header.text(tags.version);
  if (!name || !version) return undefined;
  if (name === keyPackage) return 'key';
  const release = header.text(tags.release);
  const epoch = header.number(tags.epoch);
  const architecture = header.text(tags.architecture);
  const source = sourceOf(header.text(tags.sourcePackage));
  const modularity = header.text(tags.modularityLabel);
  const vendor = header.text(tags.vendor);
  const license = header.text(tags.license);
  const whole = `${epoch === undefined ? '' : `${epoch}:`}${version}${release ? `-${release}` : ''}`;
  return {
    type: 'rpm',
    name,
    version: whole,
    qualifiers: {
      ...(architecture ? { arch: architecture } : {}),
      ...(epoch === undefined ? {} : { epoch: String(epoch) }),
      ...(modularity ? { rpmmod: modularity } : {}),
    },
    ...(architecture ? { architecture } : {}),
    ...(source ? { source } : {}),
    ...(modularity ? { modularity } : {}),
    ...(vendor ? { vendor } : {}),
    licenses: license ? [license] : [],
    id: `${name}-${whole}${architecture ? `.${architecture}` : ''}`,
  };
}

/** `bash-5.1.8-6.el9.src.rpm`: neither a version nor a release has a hyphen. It never says the source's epoch. */
export function sourceOf(sourcePackage: string | undefined): { name: string; version: string } | undefined {
  const parts = (sourcePackage ?? '').replace(/\.(?:no)?src\.rpm$/, '').split('-');
  if (parts.length < 3) return undefined;
  const name = parts.slice(0, -2).join('-');
  const version = parts.slice(-2).join('-');
  return name === '' || version.length < 2 ? undefined : { name, version };
}
