import { dirname } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import { isFullDisk } from '../../model/full-disk.ts';

/** An error of the file system in words for people; any other error as it is. */
export function fileSystemFailure(error: unknown, file: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof PlimsollError || code === undefined || syscall === undefined) return error;
  const folder = dirname(file);
  if (isFullDisk(error)) {
    return new PlimsollError(
      'file-unreadable',
      { en: `no room is left in ${folder}`, zh: `${folder} 所在磁盘空间不足` },
      {
        en: 'What was there before is still in use. Make room, or name another folder with --data-folder.',
        zh: '原有数据仍在使用。请腾出空间，或用 --data-folder 指定其他文件夹。',
      },
    );
  }
  return new PlimsollError(
    'file-unreadable',
    { en: `${file} cannot be written: ${code}`, zh: `无法写入 ${file}：${code}` },
    {
      en: 'Make its folder writable, or name another one with --data-folder.',
      zh: '请使其所在文件夹可写，或用 --data-folder 指定其他文件夹。',
    },
  );
}
