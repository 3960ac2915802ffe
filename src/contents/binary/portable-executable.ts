import type { FileContent } from '../../model/file-tree.ts';
import type { Binary, BinaryPart } from './binary.ts';
import { readExactly, textUntilZero } from '../../syntax/bytes.ts';

/** The loader of Windows takes no more. */
const maximumSections = 96;
const sectionSize = 40;

/** Reads the section table of a PE file: https://learn.microsoft.com/windows/win32/debug/pe-format. */
export function readPortableExecutable(content: FileContent): Binary | undefined {
  const stub = readExactly(content, 0, 64);
  if (!stub) return undefined;
  const start = stub.readUInt32LE(60);
  const bytes = content.read(start, 24 + 32);
  if (bytes.length < 24 + 32 || bytes.toString('latin1', 0, 4) !== 'PE\0\0') return undefined;
  const count = Math.min(bytes.readUInt16LE(6), maximumSections);
  const optionalSize = bytes.readUInt16LE(20);
  const isWide = bytes.readUInt16LE(24) === 0x20b;
  const base = isWide ? bytes.readUInt32LE(52) * 2 ** 32 + bytes.readUInt32LE(48) : bytes.readUInt32LE(52);
  const table = content.read(start + 24 + optionalSize, count * sectionSize);
  const sections: BinaryPart[] = [];
  for (let at = 0; at + sectionSize <= table.length; at += sectionSize) {
    const flags = table.readUInt32LE(at + 36);
    const offset = table.readUInt32LE(at + 20);
    const size = Math.min(table.readUInt32LE(at + 16), table.readUInt32LE(at + 8) || 2 ** 32);
    sections.push({
      name: textUntilZero(table, at, 8),
      address: base + table.readUInt32LE(at + 12),
      offset,
      size: Math.max(0, Math.min(size, content.size - offset)),
      isWritable: flags >= 2 ** 31,
      isExecutable: (flags & 0x2000_0000) !== 0,
    });
  }
  return {
    format: 'portable-executable',
    pointerSize: isWide ? 8 : 4,
    isLittleEndian: true,
    content,
    sections,
    segments: () => sections,
  };
}
