import { existsSync } from 'node:fs';
import { storeFile } from '../feeds/store-file.ts';
import { noStoreIn } from './no-store.ts';
import { dataFolder } from './user-folders.ts';

/**
 * The folder of the advisories; `undefined` where there are none on this machine.
 *
 * @throws PlimsollError where one was named that has none
 */
export function advisoryFolder(options: { readonly dataFolder?: string }): string | undefined {
  const folder = dataFolder(options);
  if (existsSync(storeFile(folder))) return folder;
  if (options.dataFolder !== undefined) throw noStoreIn(folder);
  return undefined;
}
