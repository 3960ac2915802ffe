import { randomBytes } from 'node:crypto';
import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';

/** Writes a document to standard output, or to a file: whole, or not at all. */
export function writeDocument(text: string, file: string | undefined): Promise<void> {
  if (file !== undefined) return Promise.resolve(writeWhole(file, text));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // Whoever reads has seen enough: `plimsoll audit | head`.
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(unwritable('standard output', '标准输出', error, undefined));
    });
  });
}

/** Puts a text in the place of a file's content: whole, or not at all. */
export function writeWhole(file: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = existsSync(file) ? realpathSync(file) : file;
    // A device or a pipe is written to; only a file can be put in the place of another.
    if (existsSync(target) && !statSync(target).isFile()) {
      writeFileSync(target, text);
      return;
    }
    temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o666;
    writeFileSync(temporary, text, { flag: 'wx', mode });
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(file, file, error, otherFile);
  }
}

const otherFile = {
  en: 'Name a file in a folder that exists and may be written.',
  zh: '请指定位于已存在且可写目录中的文件。',
};

function unwritable(en: string, zh: string, error: unknown, advice: Text | undefined): PlimsollError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const text = { en: `${en} cannot be written: ${code}`, zh: `${zh} 无法写入：${code}` };
  return new PlimsollError('file-unreadable', text, advice);
}
