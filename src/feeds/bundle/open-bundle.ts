import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { FileContent, OpenedContent } from '../../model/file-tree.ts';
import { visitZipEntries, zipDirectory, type ZipEntry } from '../../syntax/zip/directory.ts';
import { entryContent } from '../../syntax/zip/entry-content.ts';
import { layoutVersion } from '../advisory-database.ts';
import { entryChecksum } from '../entry-checksum.ts';
import { codeOf, openFileContent } from '../file-content.ts';
import { visitFiles } from '../zip-table.ts';
import { bundleError } from './bundle-words.ts';
import { type BundleManifest, bundleNames, isManifest, largestManifest, readManifest } from './manifest.ts';
import type { VerifyingKey } from './signing-key.ts';

/** A bundle whose manifest was read, and verified where that was asked for. Its store was not looked at yet. */
export interface Bundle {
  /** As the user named it. */
  readonly file: string;
  readonly manifest: BundleManifest;
  /** SHA-256 of the manifest, hexadecimal: two bundles with the same one hold the same. */
  readonly id: string;
  /** The fingerprint of the key by which it was verified; `null` where nobody asked. */
  readonly verifiedBy: string | null;
  /** The store as it lies in the archive. */
  readonly packedStore: { readonly isDeflated: boolean; readonly content: FileContent };
  readonly close: () => void;
}

/** Entries that are looked at: a bundle has three, and whoever packs it anew may add a few. */
const mostEntries = 1000;
/** Bytes; one of Ed25519 has 64, and a few more where somebody compressed it. */
const largestSignature = 1024;

/**
 * Opens a bundle and reads its manifest.
 *
 * @param key - by which it must be signed
 * @throws PlimsollError for what is none, is damaged, of a newer Plimsoll, or not signed as it must be
 */
export function openBundle(file: string, key?: VerifyingKey): Bundle {
  const archive = openedArchive(file);
  try {
    return { ...readBundle(file, archive, key), close: archive.close };
  } catch (error) {
    archive.close();
    throw error;
  }
}

function openedArchive(file: string): OpenedContent {
  try {
    return openFileContent(realpathSync(file));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw bundleError(file, 'missing');
    throw code === 'EFTYPE' ? bundleError(file, 'no-bundle') : bundleError(file, 'unreadable', code);
  }
}

function readBundle(file: string, archive: FileContent, key: VerifyingKey | undefined): Omit<Bundle, 'close'> {
  const entries = entriesOf(file, archive);
  const bytes = smallEntry(file, archive, bundleNames.manifest, entries, largestManifest);
  if (!bytes) throw bundleError(file, 'absent', bundleNames.manifest);
  // Before it is believed in anything.
  if (key) verify(file, bytes, smallEntry(file, archive, bundleNames.signature, entries, largestSignature), key);
  return {
    file,
    manifest: manifestIn(file, bytes),
    id: createHash('sha256').update(bytes).digest('hex'),
    verifiedBy: key?.fingerprint ?? null,
    packedStore: packedStoreOf(file, archive, entries),
  };
}

type BundleEntries = ReadonlyMap<string, ZipEntry>;

/** Those of the names that a bundle has. One that is there twice would be another one for each reader. */
function entriesOf(file: string, archive: FileContent): BundleEntries {
  const wanted: readonly string[] = Object.values(bundleNames);
  const found = new Map<string, ZipEntry>();
  let again: string | undefined;
  const fault = visitFiles(
    archive,
    (entry) => {
      if (!wanted.includes(entry.name)) return;
      if (found.has(entry.name)) again = entry.name;
      found.set(entry.name, entry);
    },
    mostEntries,
  );
  if (fault === 'damaged-archive') throw bundleError(file, 'damaged', 'zip');
  if (fault) throw bundleError(file, 'no-bundle');
  if (again !== undefined) throw bundleError(file, 'twice', again);
  return found;
}

/** What fits into memory, held against its checksum. */
function smallEntry(
  file: string,
  archive: FileContent,
  name: string,
  entries: BundleEntries,
  largest: number,
): Buffer | undefined {
  const entry = entries.get(name);
  return entry && (checkedBytes(archive, entry, largest) ?? damaged(file, name));
}

function checkedBytes(archive: FileContent, entry: ZipEntry, largest: number): Buffer | undefined {
  if (Math.max(entry.size, entry.compressedSize) > largest) return undefined;
  const { content } = entryContent(archive, entry, largest);
  if (content?.size !== entry.size) return undefined;
  const bytes = Buffer.from(content.read(0, content.size));
  const checksum = entryChecksum(archive, entry);
  return checksum === undefined || checksum === crc32(bytes) ? bytes : undefined;
}

function damaged(file: string, name: string): never {
  throw bundleError(file, 'damaged', name);
}

function verify(file: string, bytes: Buffer, signature: Buffer | undefined, key: VerifyingKey): void {
  if (!signature) throw bundleError(file, 'unsigned');
  if (!key.isSignature(bytes, signature)) throw bundleError(file, 'not-verified', key.fingerprint);
}

function manifestIn(file: string, bytes: Buffer): BundleManifest {
  const reading = readManifest(bytes);
  if ('manifest' in reading) {
    if (reading.manifest.layout > layoutVersion) throw bundleError(file, 'newer');
    return reading.manifest;
  }
  const { fault } = reading;
  if (fault.kind === 'field') throw bundleError(file, 'field', fault.field);
  throw bundleError(file, fault.kind === 'newer' ? 'newer' : 'no-manifest');
}

function packedStoreOf(file: string, archive: FileContent, entries: BundleEntries): Bundle['packedStore'] {
  const entry = entries.get(bundleNames.store);
  if (!entry) throw bundleError(file, 'absent', bundleNames.store);
  const isKnown = entry.method === 0 || entry.method === 8;
  // As it lies in the archive: what is deflated is too large to be inflated in memory.
  const { content } = isKnown ? entryContent(archive, { ...entry, method: 0 }, 0) : {};
  if (!content) throw bundleError(file, 'damaged', bundleNames.store);
  return { isDeflated: entry.method === 8, content };
}

/** A bundle has its manifest first, and one that was packed anew among few others: exports have half a million entries. */
const lookedAt = 16;

/** Whether a file is meant as a bundle, be it damaged. What cannot be read at all is for others to complain about. */
export function isBundle(file: string): boolean {
  let archive: OpenedContent | undefined;
  try {
    archive = openFileContent(realpathSync(file));
    return looksLikeBundle(archive);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  } finally {
    archive?.close();
  }
}

function looksLikeBundle(archive: FileContent): boolean {
  const directory = zipDirectory(archive);
  if (!directory) return false;
  const entries: ZipEntry[] = [];
  visitZipEntries(archive, directory, (entry) => entries.push(entry) < lookedAt);
  if (entries.some(({ name }) => name === bundleNames.store)) return true;
  const manifest = entries.find(({ name }) => name === bundleNames.manifest);
  const bytes = manifest && checkedBytes(archive, manifest, largestManifest);
  return bytes !== undefined && isManifest(bytes);
}
