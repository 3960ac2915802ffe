import { placeOfFile } from '../secrets/place.ts';

const inPackage = /(?:^|\/)(?:node_modules|(?:site|dist)-packages|pkg\/mod|gems)\/|(?:^|\/)\.?cache\//;

/**
 * Software as everybody can download it, and what is there to be tried or shown: nobody's secret, nobody's workplace. What has the form of a key
 * even so is told with the secrets, by how much it is worth there.
 */
export function isPublishedPlace(path: string): boolean {
  const { purpose } = placeOfFile(path);
  return purpose !== undefined || inPackage.test(path);
}

/** The same, and all folders of the system that packages fill. */
export function isOfOthers(path: string): boolean {
  return placeOfFile(path).isVendored || isPublishedPlace(path);
}
