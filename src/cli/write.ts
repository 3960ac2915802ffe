import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';

/** Writes a document to standard output, or to a file: whole, or not at all. */
export function writeDocument(text: string, file: string | undefined): Promise<void> {
  if (file !== undefined) return Promise.resolve(writeWhole(file, text, `--output ${file}`));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // Whoever reads has seen enough: `plimsoll audit | head`.
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(unwritable('standard output', '标准输出', error, undefined));
    });
  });
}

/** Puts a text in the place of a file's content: whole, or not at all. `name` is what an error calls it. */
export function writeWhole(file: string, text: string, name = file): void {
  let temporary: string | undefined;
  try {
    const target = existsSync(file) ? realpathSync(file) : file;
    const before = statSync(target, { throwIfNoEntry: false });
    // A device or a pipe is written to; only a file can be put in the place of another.
    if (before && !before.isFile()) {
      writeFileSync(target, text);
      return;
    }
    // Whoever may write in a folder may replace what is in it, but a file that is read-only is meant to stay.
    if (before) accessSync(target, constants.W_OK);
    // Unique enough: a file of this name that is there already is an error, and not overwritten.
    temporary = `${target}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
    writeFileSync(temporary, text, { flag: 'wx', mode: before ? before.mode & 0o777 : 0o666 });
    if (before) takeOver(temporary, before);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(name, name, error, otherFile);
  }
}

/** Throws as `writeWhole` would, before anything is written. */
export function checkWritable(file: string): void {
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw unwritable(file, file, error, writableFile);
  }
}

/** The owner and the mode of the file that is replaced, as far as the user may give them. */
function takeOver(file: string, { mode, uid, gid }: Stats): void {
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only root gives files away.
  }
  chmodSync(file, mode & 0o7777);
}

const writableFile = {
  en: 'Nothing was written. Make it writable, or run with --dry-run.',
  zh: '未写入任何文件。请使其可写，或加上 --dry-run 运行。',
};
const otherFile = {
  en: 'Name a file in a folder that exists and may be written.',
  zh: '请指定位于已存在且可写目录中的文件。',
};

function unwritable(en: string, zh: string, error: unknown, advice: Text | undefined): PlimsollError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const text = { en: `${en} cannot be written: ${code}`, zh: `${zh} 无法写入：${code}` };
  return new PlimsollError('file-unreadable', text, advice);
}
