import type { Binary } from './binary.ts';

/** Where the packer's own headers are: after those of the format. */
const headLength = 4096;
const mark = Buffer.from('UPX!');

/** Whether UPX packed it, so that its sections and strings are not there until it runs. */
export function isPackedByUpx({ format, sections, content }: Binary): boolean {
  if (format === 'portable-executable') return sections.some(({ name }) => name === 'UPX0' || name === 'UPX1');
  // What was packed keeps no sections in ELF, and only those of its loader in Mach-O.
  if (sections.length > 4) return false;
  return content.read(0, headLength).includes(mark);
}
