import type { Cataloger } from './cataloger.ts';
import { catalogerKeys } from './catalogers/keys.ts';
import type { AnalyserKey } from './layer-part.ts';
import { notableVersion } from './notable/version.ts';
import { secretsVersion } from './secrets/version.ts';

/** Raised with the layout of the listing. */
const treeVersion = 1;

export const treeKey: AnalyserKey = `tree@${treeVersion}`;
export const notableKey: AnalyserKey = `notable@${notableVersion}`;

/** Who searched packages' own files too found more. */
export function secretsKeyOf(thorough: boolean): AnalyserKey {
  return `${thorough ? 'all-secrets' : 'secrets'}@${secretsVersion}`;
}

export function keyOf({ id, version }: Pick<Cataloger, 'id' | 'version'>): AnalyserKey {
  return `${id}@${version}`;
}

/** Everybody who looks at a layer. */
export function analyserKeys(thorough: boolean): readonly AnalyserKey[] {
  return [treeKey, secretsKeyOf(thorough), notableKey, ...catalogerKeys];
}
