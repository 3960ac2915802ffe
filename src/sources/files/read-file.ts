import { readFileSync, readSync, statSync } from 'node:fs';
import { PlimsollError } from '../../model/error.ts';
import { type FileProblem, type WrittenFile, writtenFile } from './written-file.ts';

/** Nobody writes so much by hand: what is larger is data. Bytes. */
const largestFile = 10 * 1024 ** 2;

/** A file as text, or why it is not read. Throws a PlimsollError when it cannot be opened. */
export function readWrittenFile(path: string): WrittenFile | FileProblem {
  const { size } = openable(path, () => statSync(path));
  if (size > largestFile) return tooLarge(path, size);
  return decode(
    path,
    openable(path, () => readFileSync(path)),
  );
}

/**
 * Everything that comes on standard input, waiting for a writer that is slow, and no more than shows that it is too large.
 * Throws a PlimsollError when it cannot be read.
 */
export function readStandardInput(): Buffer {
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  for (let size = 0; ;) {
    try {
      const count = readSync(0, buffer);
      parts.push(Buffer.from(buffer.subarray(0, count)));
      size += count;
      if (count === 0 || size > largestFile) return Buffer.concat(parts);
    } catch (error) {
      // Node makes pipes answer at once, with this where there is nothing yet.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw unreadableInput(error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function unreadableInput(error: unknown): PlimsollError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new PlimsollError(
    'file-unreadable',
    { en: `standard input cannot be read: ${code}`, zh: `标准输入无法读取：${code}` },
    { en: 'Send the text of a file to it, or name files.', zh: '请将文件内容送入标准输入，或指定文件。' },
  );
}

/** The same of bytes that were read elsewhere. */
export function decode(name: string, bytes: Buffer): WrittenFile | FileProblem {
  if (bytes.length > largestFile) return tooLarge(name, bytes.length);
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) {
    return {
      file: name,
      kind: 'error',
      reason: { en: 'it is written in UTF-16', zh: '文件采用 UTF-16 编码' },
      need: { en: 'save it as UTF-8', zh: '请另存为 UTF-8' },
    };
  }
  if (bytes.subarray(0, 8192).includes(0)) {
    return {
      file: name,
      kind: 'error',
      reason: { en: 'it is a binary file', zh: '这是二进制文件' },
      need: { en: 'name text files', zh: '请指定文本文件' },
    };
  }
  return writtenFile(name, bytes.toString('utf8'));
}

export function isProblem(read: WrittenFile | FileProblem): read is FileProblem {
  return 'reason' in read;
}

function tooLarge(name: string, size: number): FileProblem {
  const megabytes = Math.ceil(size / 1024 ** 2);
  return {
    file: name,
    kind: 'error',
    reason: {
      en: `it has ${megabytes} MiB, and more than 10 MiB are not read`,
      zh: `文件大小为 ${megabytes} MiB，超过 10 MiB 的文件不予读取`,
    },
    need: { en: 'split it', zh: '请拆分该文件' },
  };
}

function openable<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `${path} cannot be read: ${code}`, zh: `${path} 无法读取：${code}` },
      { en: 'Name files and folders that exist and that you may read.', zh: '请指定存在且有权读取的文件或文件夹。' },
    );
  }
}
