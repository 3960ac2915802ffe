import { readFileSync } from 'node:fs';
import { longestBill } from '../contents/bills/bill-reading.ts';
import { readBill } from '../contents/bills/read-bill.ts';
import { PlimsollError } from '../model/error.ts';
import { known, unreadable } from '../model/fact.ts';
import type { ImageContents } from '../model/image-contents.ts';
import { bareImage, type Scanned } from './scan-target.ts';

/** Bytes: each character of a bill has at least one. */
const largest = 4 * longestBill;

/**
 * The packages of a bill of materials, as if they had been found. `-` is standard input.
 *
 * @throws PlimsollError for what is none, or cannot be read
 */
export function readBillTarget(path: string): Scanned {
  const name = path === '-' ? '(standard input)' : path;
  const bill = readBill(readText(path, name), name);
  const { packages, layers, distribution, target, gaps } = bill;
  const contents: ImageContents = {
    distribution: distribution ? known(distribution, 'file', name) : unreadable('file', name, ...withoutSystem),
    layers,
    packages,
    secrets: [],
    files: [],
    fileCount: 0,
    bytes: 0,
    wastedBytes: 0,
    gaps,
  };
  return {
    target: {
      kind: 'bill',
      name: target?.name ?? name,
      source: name,
      ...(target?.platform === undefined ? {} : { platform: target.platform }),
    },
    image: {
      ...bareImage,
      id: target?.digest ?? '',
      tags: target?.tags ?? [],
      digests: target?.repoDigests ?? [],
      usedBy: [],
      contents,
    },
    contents,
  };
}

const withoutSystem = [
  { en: 'the bill of materials names no operating system', zh: '物料清单未写明操作系统' },
  {
    en: 'a bill with its operating system, as plimsoll scan writes it',
    zh: '写明操作系统的物料清单，如 plimsoll scan 的输出',
  },
] as const;

function readText(path: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError('file-unreadable', {
      en: `${name} cannot be read: ${code}`,
      zh: `${name} 无法读取：${code}`,
    });
  }
  if (bytes.length > largest) {
    throw new PlimsollError('file-unreadable', {
      en: `${name} is larger than ${largest / 1024 ** 2} MiB`,
      zh: `${name} 超过 ${largest / 1024 ** 2} MiB`,
    });
  }
  return bytes.toString('utf8');
}
