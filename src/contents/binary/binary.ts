import type { FileContent } from '../../model/file-tree.ts';

/** What a program or library says of its own layout, as far as it is believable. */
export interface Binary {
  readonly format: 'elf' | 'portable-executable' | 'mach-o';
  /** Bytes of a pointer. */
  readonly pointerSize: 4 | 8;
  readonly isLittleEndian: boolean;
  /** Its own bytes: a part of the file where several architectures share one. */
  readonly content: FileContent;
  /** In the order of the file; none where they were stripped. */
  readonly sections: readonly BinaryPart[];
  /** What is put into memory; of a PE the same as the sections. Read when asked for: few are. */
  readonly segments: () => readonly BinaryPart[];
}

export interface BinaryPart {
  /** '' for a segment of an ELF file. */
  readonly name: string;
  /** In memory; exact up to 2⁵³. */
  readonly address: number;
  /** In `content`. */
  readonly offset: number;
  /** Bytes in the file. What the file does not have is not counted. */
  readonly size: number;
  readonly isWritable: boolean;
  readonly isExecutable: boolean;
}

export function sectionOf(binary: Binary, name: string): BinaryPart | undefined {
  return binary.sections.find((section) => section.name === name);
}

/** Where in the file an address in memory comes from. */
export function offsetOf(binary: Binary, address: number): number | undefined {
  const segment = binary.segments().find((each) => address >= each.address && address < each.address + each.size);
  return segment && segment.offset + (address - segment.address);
}
