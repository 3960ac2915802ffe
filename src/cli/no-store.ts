import { PlimsollError } from '../model/error.ts';

/** Whoever names a folder means that there is something in it. */
export function noStoreIn(folder: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `there are no advisories in ${folder}`, zh: `${folder} 中没有漏洞公告` },
    {
      en: `Name another folder, or fetch some into it: plimsoll feeds update --data-folder ${folder}`,
      zh: `请指定其他文件夹，或先获取：plimsoll feeds update --data-folder ${folder}`,
    },
  );
}
