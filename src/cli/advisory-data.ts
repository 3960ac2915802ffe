import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';
import { advisoryFolder } from './advisory-folder.ts';
import { cacheFolder } from './user-folders.ts';

/** Options of every verb that asks advisories. */
export interface AdvisoryDataOptions {
  readonly dataFolder?: string;
  /** A bundle to be asked in place of what is on this machine. */
  readonly data?: string;
  /** A file with the public key by which the bundle must be signed. */
  readonly verifyKey?: string;
  /** `false`: nothing is kept unpacked. */
  readonly cache?: boolean;
  readonly cacheFolder?: string;
}

/** The advisories that are asked, until it is disposed of. */
export interface AdvisoryData extends Disposable {
  /** Their folder; `undefined` where there are none on this machine. */
  readonly folder: string | undefined;
}

/**
 * The advisories that the options name: those of a bundle and nothing else, or those of a data folder.
 *
 * @throws PlimsollError where they are not there, are not what they should be, or the options contradict each other
 */
export async function openAdvisoryData(options: AdvisoryDataOptions): Promise<AdvisoryData> {
  const { data, verifyKey } = options;
  if (data === undefined) {
    if (verifyKey !== undefined) throw new PlimsollError('usage', keyWithoutData);
    return { folder: advisoryFolder(options), [Symbol.dispose]: () => {} };
  }
  if (options.dataFolder !== undefined) throw new PlimsollError('usage', twoSources, nameOne);
  // Nobody who has none waits for what reads bundles.
  const { unpackedBundle } = await import('../feeds/bundle/unpacked-bundle.ts');
  const { folder, close } = await unpackedBundle(data, {
    ...(verifyKey === undefined ? {} : { verifyKey }),
    ...(options.cache === false ? {} : { cache: cacheFolder(options) }),
  });
  return { folder, [Symbol.dispose]: close };
}

const keyWithoutData: Text = {
  en: '--verify-key is for the bundle of --data, and there is none',
  zh: '--verify-key 用于验证 --data 指定的离线包，而未指定',
};
const twoSources: Text = {
  en: '--data and --data-folder both say which advisories are asked',
  zh: '--data 与 --data-folder 都用于指定漏洞公告，不能同时使用',
};
const nameOne: Text = { en: 'Name one of them.', zh: '请只指定其一。' };
