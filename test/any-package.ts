import { type Arbitrary, array, constant, constantFrom, nat, oneof, option, record, string } from 'fast-check';
import { purlOf } from '../src/contents/purl.ts';
import type { Package } from '../src/model/package.ts';
import { hostileTexts } from './sample-report.ts';

/** Whatever somebody may have called something; no half surrogates, which no document can hold. */
export const anyText: Arbitrary<string> = oneof(
  string({ unit: 'binary', maxLength: 20 }),
  constantFrom(...hostileTexts.map((text) => text.toWellFormed())),
  constantFrom('1:2.36-9+deb12u7~x^y', '@scope/name', 'a/b/c', '%41', 'a@b?c=d#e', '..', '日本語', 'MIT OR Apache-2.0'),
);

const anyType = oneof(constantFrom('deb', 'apk', 'rpm', 'npm', 'golang', 'maven', 'pypi', 'composer'), anyText);
const optional = option(anyText, { nil: undefined });
const filled = option(
  anyText.filter((text) => text !== ''),
  { nil: undefined },
);

const anyFields = record({
  type: anyType,
  namespace: filled,
  name: anyText,
  version: anyText,
  architecture: optional,
  distro: optional,
  source: option(record({ name: anyText, version: anyText }), { nil: undefined }),
  modularity: optional,
  vendor: optional,
  licenses: array(oneof(anyText, constantFrom('MIT', 'GPL-2.0-or-later WITH Classpath-exception-2.0')), {
    maxLength: 3,
  }),
  state: constantFrom('installed', 'declared'),
  development: option(constant(true as const), { nil: undefined }),
  path: anyText,
  layer: nat(2),
  cataloger: anyText,
  ownedBy: optional,
});

/** A package of an image of three layers, with every field of it that there is. */
export const anyPackage: Arbitrary<Package> = anyFields.map(({ distro, ...fields }) => {
  const { type, namespace, name, version, architecture = '' } = fields;
  const identity = { type, name, version, qualifiers: { arch: architecture, distro: distro ?? '' } };
  const purl = purlOf(namespace === undefined ? identity : { ...identity, namespace });
  const said = Object.entries({ purl, ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as Package;
});
