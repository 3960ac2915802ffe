import { existsSync } from 'node:fs';
import { storeFile } from '../feeds/store-file.ts';
import { PlimsollError } from '../model/error.ts';
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

/** Whoever names a folder means that there is something in it. */
function noStoreIn(folder: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `there are no advisories in ${folder}`, zh: `${folder} 中没有漏洞公告` },
    {
      en: `Name another folder, or fetch some into it: plimsoll feeds update --data-folder ${folder}`,
      zh: `请指定其他文件夹，或先获取：plimsoll feeds update --data-folder ${folder}`,
    },
  );
}
