import { type Binary, type BinaryPart, offsetOf, sectionOf } from './binary.ts';
import { numberReader, readExactly } from '../../syntax/bytes.ts';
import { placesOf } from './search.ts';

/** What the Go linker wrote into a program. */
export interface GoBuildInfo {
  /** Of the toolchain, as it calls itself: `go1.22.1`, `go1.21.13 (Red Hat 1.21.13-2.el9)`, `devel go1.23-…`. */
  readonly version: string;
  /** Lines of the build's modules and settings; '' where the build recorded none. */
  readonly modules: string;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const alignment = 16;
const headerSize = 32;

/** The linker's names of the section, in ELF and in Mach-O; a PE has it at the beginning of `.data`. */
const sectionNames = ['.go.buildinfo', '__go_buildinfo'];

/** Only where headers say nothing: bytes that are searched for the magic. */
const maximumSearched = 256 * 1024 ** 2;
/** Programs that read build info carry its magic themselves. */
const maximumCandidates = 64;

const maximumVersion = 4096;
/** Kubernetes' have 30 kB. */
const maximumModules = 4 * 1024 ** 2;

/** The build info of a Go program, wherever the linker put it (Go's `debug/buildinfo` has the format); nothing where there is none. */
export function goBuildInfo(binary: Binary): GoBuildInfo | undefined {
  let candidates = 0;
  let searched = 0;
  for (const stretch of stretchesOf(binary)) {
    searched += stretch.size;
    if (searched > maximumSearched) break;
    for (const place of placesOf(binary.content, magic, stretch)) {
      if ((stretch.address + place - stretch.offset) % alignment !== 0) continue;
      const info = readAt(binary, place);
      if (info) return info;
      candidates += 1;
      if (candidates === maximumCandidates) return undefined;
    }
  }
  return undefined;
}

function* stretchesOf(binary: Binary): Generator<BinaryPart> {
  for (const name of sectionNames) {
    const section = sectionOf(binary, name);
    if (section) yield section;
  }
  // Sections are all there, and none is Go's: a library or a program in another language.
  if (binary.format !== 'portable-executable' && binary.sections.length > 0 && !isGoProgram(binary)) return;
  const data = binary.segments().filter(({ isExecutable }) => !isExecutable);
  yield* data.filter(({ isWritable }) => isWritable);
  if (binary.format !== 'portable-executable') yield* data.filter(({ isWritable }) => !isWritable);
}

/** Whether it has the table of functions that every Go program has, or another mark that only Go's linker makes. */
export function isGoProgram(binary: Binary): boolean {
  if (binary.format === 'portable-executable') {
    // Its sections have the usual names; code begins with the build's id.
    const code = sectionOf(binary, '.text');
    return code !== undefined && binary.content.read(code.offset, 64).includes(' Go build ID: "');
  }
  return binary.sections.some(({ name }) => name.endsWith('gopclntab') || name === '.note.go.buildid');
}

function readAt(binary: Binary, place: number): GoBuildInfo | undefined {
  const read = readExactly(binary.content, place, headerSize);
  if (!read) return undefined;
  const header = Buffer.from(read);
  const flags = header[15] ?? 0;
  return (flags & 2) === 0 ? readPointers(binary, header) : readInline(binary, place + headerSize);
}

/** Since Go 1.18: two strings, each after its length. */
function readInline({ content }: Binary, place: number): GoBuildInfo | undefined {
  const version = readCounted(content, place, maximumVersion);
  if (!version) return undefined;
  const modules = readCounted(content, version.end, maximumModules);
  return modules && infoOf(version.bytes, modules.bytes);
}

function readCounted(content: Binary['content'], place: number, limit: number) {
  const prefix = content.read(place, 10);
  let length = 0;
  for (const [index, byte] of prefix.entries()) {
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte >= 0x80) continue;
    if (length > limit) return undefined;
    const start = place + index + 1;
    const bytes = readExactly(content, start, length);
    return bytes && { bytes: Buffer.from(bytes), end: start + length };
  }
  return undefined;
}

/** Before Go 1.18: pointers to two strings of Go, each a pointer and a length. */
function readPointers(binary: Binary, header: Buffer): GoBuildInfo | undefined {
  const size = header[14];
  if (size !== 4 && size !== 8) return undefined;
  const numbers = numberReader(((header[15] ?? 0) & 1) === 0);
  const pointer = size === 8 ? numbers.long : numbers.word;
  const text = (address: number, limit: number): Buffer | undefined => {
    const place = offsetOf(binary, address);
    const string = place === undefined ? undefined : readExactly(binary.content, place, 2 * size);
    if (!string) return undefined;
    const length = pointer(string, size);
    const start = offsetOf(binary, pointer(string, 0));
    if (start === undefined || length > limit) return undefined;
    const bytes = readExactly(binary.content, start, length);
    return bytes && Buffer.from(bytes);
  };
  const version = text(pointer(header, 16), maximumVersion);
  return version && infoOf(version, text(pointer(header, 16 + size), maximumModules) ?? Buffer.alloc(0));
}

/** The list of modules stands between marks of sixteen bytes, by which debuggers find it in memory. */
const markSize = 16;

function infoOf(version: Buffer, modules: Buffer): GoBuildInfo | undefined {
  if (version.length === 0) return undefined;
  const isMarked = modules.length >= 2 * markSize + 1 && modules.at(-markSize - 1) === 0x0a;
  return {
    version: version.toString('utf8'),
    modules: isMarked ? modules.toString('utf8', markSize, modules.length - markSize) : '',
  };
}
