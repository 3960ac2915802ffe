import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { PlimsollError } from '../model/error.ts';

/** Writes a document to standard output, or to a file: whole, or not at all. */
export function writeDocument(text: string, file: string | undefined): Promise<void> {
  if (file !== undefined) return Promise.resolve(writeWhole(file, text));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // Whoever reads has seen enough: `plimsoll audit | head`.
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(error);
    });
  });
}

function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `--output ${file} cannot be written: ${code}`, zh: `--output ${file} 无法写入：${code}` },
      { en: 'Name a file in a folder that exists and may be written.', zh: '请指定位于已存在且可写目录中的文件。' },
    );
  }
}
