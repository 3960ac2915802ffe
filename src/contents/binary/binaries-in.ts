import type { FileContent } from '../../model/file-tree.ts';
import type { Binary } from './binary.ts';
import { readElf } from './elf.ts';
import { readMachO } from './mach-o.ts';
import { readPortableExecutable } from './portable-executable.ts';

/** Several catalogers ask about the same file; its headers are read once. */
const known = new WeakMap<FileContent, readonly Binary[]>();

/** The program in a file; several where a Mach-O file holds several architectures, none where it is no program or too damaged. */
export function binariesIn(content: FileContent): readonly Binary[] {
  const before = known.get(content);
  if (before) return before;
  const binaries = recognise(content);
  known.set(content, binaries);
  return binaries;
}

function recognise(content: FileContent): readonly Binary[] {
  const head = content.read(0, 64);
  if (head.length < 4) return [];
  const number = head.readUInt32BE(0);
  if (number === 0x7f454c46) return listOf(readElf(content, head));
  if (number >>> 16 === 0x4d5a) return listOf(readPortableExecutable(content));
  return readMachO(content);
}

function listOf(binary: Binary | undefined): readonly Binary[] {
  return binary ? [binary] : [];
}
