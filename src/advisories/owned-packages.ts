import type { Package } from '../model/package.ts';
import { parsePurl } from '../model/purl.ts';

/** How distributions begin and end the names of packages that hold one package of a language. */
const affixes =
  /^(?:python\d*(?:\.\d+)?-|rubygems?-|ruby-|nodejs-|node-|php-|perl-|golang-|rust-|lib)|(?:-(?:java|perl|python|ruby|js|dev|devel|doc|common|whl))+$/g;

/**
 * Whether the distribution's own advisories speak for a package of a language: an installed package of the system owns its files, and
 * holds nothing but it (`python3-requests`, `requests`). What a package bundles is another matter, and its advisories may not tell of it.
 *
 * @param isCovered - whether a package of the system, by its purl, was held against its distribution's advisories
 */
export function ownerSpeaksFor({ ownedBy, name, type }: Package, isCovered: (purl: string) => boolean): boolean {
  if (ownedBy === undefined || !isCovered(ownedBy)) return false;
  const owner = parsePurl(ownedBy);
  if (!owner) return false;
  const [owners, own] = [namesOf(owner.name), namesOf(name)];
  return type !== owner.type && owners.some((each) => own.includes(each));
}

const longestName = 300;

/** As it is, and without what distributions put around it. */
function namesOf(name: string): string[] {
  const plain = name
    .slice(0, longestName)
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replaceAll(/[._+]/g, '-');
  return [plain, plain.replaceAll(affixes, '')].filter((each) => each !== '');
}
