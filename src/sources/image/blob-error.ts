import { PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';

/** What the file system refused, as an error for people; any other error as it is. `name`: what was read. */
export function unreadableFile(name: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof PlimsollError || typeof code !== 'string' || typeof syscall !== 'string') return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return unreadableImage(name, isFull, makeRoom);
  return unreadableImage(name, { en: `the file system says ${code}`, zh: `文件系统报告 ${code}` });
}

/** An image, or what belongs to one, that cannot be read. */
export function unreadableImage(name: string, why: Text, advice: Text = getAnother): PlimsollError {
  return new PlimsollError(
    'image-unreadable',
    { en: `${name} cannot be read: ${why.en}`, zh: `无法读取 ${name}：${why.zh}` },
    advice,
  );
}

const isFull: Text = {
  en: 'there is no room left on the disk for what is unpacked',
  zh: '磁盘空间不足，无法存放解压内容',
};
const makeRoom: Text = {
  en: 'Make room on the disk, or unpack it somewhere else and scan the unpacked archive.',
  zh: '请释放磁盘空间，或在其他位置解压后扫描解压的归档。',
};
const getAnother: Text = { en: 'See whether it is complete, or save it again.', zh: '请检查其是否完整，或重新导出。' };
