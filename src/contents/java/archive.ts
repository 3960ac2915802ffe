import type { FileContent } from '../../model/file-tree.ts';
import type { FoundPackage, ReadingGap } from '../cataloger.ts';
import { type ZipDirectory, type ZipEntry, visitZipEntries, zipDirectory } from '../../syntax/zip/directory.ts';
import { entryContent } from '../../syntax/zip/entry-content.ts';
import { type Coordinates, isName } from './coordinates.ts';
import { type Identity, identify } from './identity.ts';
import { manifestLength, readManifest } from './manifest.ts';
import { readPomDocument, readPomProperties } from './pom.ts';
import { unreadEntry, unreadTable, tooDeep, tooMuch } from './archive-gaps.ts';

/** Endings of archives that hold Java's classes or other such archives. */
export const archiveEndings = [
  'jar',
  'war',
  'ear',
  'par',
  'sar',
  'rar',
  'kar',
  'jpi',
  'hpi',
  'lpkg',
  'nbm',
  'jmod',
] as const;

/** What one file may cost, with all archives in it. It goes down as it is spent. */
export interface Allowance {
  /** Bytes that may still be inflated. */
  bytes: number;
  /** Bytes that archives in archives may still hold in memory at the same time. */
  memory: number;
  entries: number;
  archives: number;
  packages: number;
}

export function usualAllowance(): Allowance {
  return { bytes: 1024 ** 3, memory: 32 * 1024 ** 2, entries: 2_000_000, archives: 10_000, packages: 50_000 };
}

const deepest = 5;
const maximumGaps = 100;
const pomLimit = 1024 ** 2;
/** Those of one archive; an archive of all of a distribution's libraries has a thousand. */
const maximumPoms = 5000;
/** What is inflated of an entry of which only the beginning is read. */
const textLimit = 8 * 1024 ** 2;
/** Archives are compressed themselves, so that packing them once more gains little: what grows more is made up. */
const highestGrowth = 100;

/** Collects what an archive and those in it tell. */
export interface Collected {
  readonly packages: FoundPackage[];
  readonly gaps: ReadingGap[];
}

/** A file that is to be an archive, or an entry of one. */
export interface ArchiveFile {
  readonly content: FileContent;
  readonly path: string;
  /** `!/BOOT-INF/lib/a.jar`; '' for the file itself. */
  readonly within: string;
  /** Archives around it. */
  readonly depth: number;
}

interface Archive extends ArchiveFile {
  readonly directory: ZipDirectory;
}

/** Reads one archive and those in it; false where it is none. */
export function readArchive(file: ArchiveFile, allowance: Allowance, collected: Collected): boolean {
  const directory = zipDirectory(file.content);
  if (!directory) return false;
  const archive: Archive = { ...file, directory };
  const { path } = file;
  const table = readTable(archive, allowance, collected);
  const reader = entryReader(archive, allowance, collected);
  const identities = identify({
    path,
    poms: readPoms(table, reader),
    manifest: readManifest(reader(table.manifest, manifestLength) ?? ''),
    isProgram: table.isProgram && !path.endsWith('.jmod'),
    hasFolder: (folder) => hasFolder(archive, folder, allowance),
  });
  addPackages(identities, archive, allowance, collected);
  for (const entry of table.nested) readNested(entry, archive, allowance, collected);
  return true;
}

function report(gaps: ReadingGap[], gap: ReadingGap): void {
  if (gaps.length < maximumGaps) gaps.push(gap);
}

interface Table {
  readonly manifest?: ZipEntry;
  /** By the folder that they are in. */
  readonly properties: ReadonlyMap<string, ZipEntry>;
  readonly documents: ReadonlyMap<string, ZipEntry>;
  readonly nested: readonly ZipEntry[];
  readonly isProgram: boolean;
}

function readTable({ content, directory, within }: Archive, allowance: Allowance, { gaps }: Collected): Table {
  const properties = new Map<string, ZipEntry>();
  const documents = new Map<string, ZipEntry>();
  const nested: ZipEntry[] = [];
  let manifest: ZipEntry | undefined;
  let isProgram = false;
  let isCut = false;
  const isWhole = visitZipEntries(content, directory, (entry) => {
    const { name } = entry;
    allowance.entries -= 1;
    isCut =
      allowance.entries < 0 || nested.length >= allowance.archives || properties.size + documents.size === maximumPoms;
    if (isCut) return false;
    if (name.endsWith('.class')) isProgram = true;
    else if (name === 'META-INF/MANIFEST.MF') manifest ??= entry;
    else if (isArchive(name)) nested.push(entry);
    else if (
      (name.endsWith('/pom.properties') || name.endsWith('/pom.xml')) &&
      name.length < longestPath &&
      pomPath.test(name)
    ) {
      const folder = name.slice(0, name.lastIndexOf('/'));
      (name.endsWith('.xml') ? documents : properties).set(folder, entry);
    }
    return true;
  });
  if (!isWhole) report(gaps, unreadTable(within));
  if (isCut) report(gaps, tooMuch(within));
  return {
    ...(manifest === undefined ? {} : { manifest }),
    properties,
    documents,
    nested,
    isProgram: isProgram || nested.length > 0,
  };
}

/** A longer name is made up. */
const longestPath = 1024;
const pomPath = /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.(?:properties|xml)$/;
const endings: ReadonlySet<string> = new Set(archiveEndings);

function isArchive(name: string): boolean {
  const dot = name.lastIndexOf('.', name.length - 1);
  return name.length - dot <= 5 && name.length < longestPath && endings.has(name.slice(dot + 1).toLowerCase());
}

function hasFolder({ content, directory }: Archive, folder: string, allowance: Allowance): boolean {
  let has = false;
  visitZipEntries(content, directory, ({ name }) => {
    allowance.entries -= 1;
    has = name.startsWith(folder) && name.length > folder.length;
    return !has && allowance.entries >= 0;
  });
  return has;
}

type TextReader = (entry: ZipEntry | undefined, limit: number) => string | undefined;

/** Reads small entries as text. */
function entryReader({ content, within }: Archive, allowance: Allowance, { gaps }: Collected): TextReader {
  return (entry, limit) => {
    if (!entry) return undefined;
    if (allowance.bytes <= 0) {
      report(gaps, tooMuch(within));
      return undefined;
    }
    const reading = entryContent(content, entry, Math.min(textLimit, allowance.bytes));
    const text = reading.content?.read(0, limit);
    // Entries may share their bytes: what was stored costs as much to look through as what was inflated.
    allowance.bytes -= Math.max(reading.work, text?.length ?? 0);
    if (text) return text.toString('utf8');
    report(gaps, unreadEntry(`${within}!/${entry.name}`, reading.problem ?? 'damaged'));
    return undefined;
  };
}

function readPoms({ properties, documents }: Table, read: TextReader): readonly Coordinates[] {
  const poms: Coordinates[] = [];
  for (const folder of new Set([...properties.keys(), ...documents.keys()])) {
    const written = readPomProperties(read(properties.get(folder), pomLimit) ?? '');
    const document = readPomDocument(read(documents.get(folder), pomLimit) ?? '');
    // The folder is called after group and artifact.
    const [group, artifact] = folder.split('/').slice(-2);
    const pom = {
      version: '',
      ...(isName(group) ? { group } : {}),
      ...(isName(artifact) ? { artifact } : {}),
      ...document,
      ...written,
    };
    if (pom.artifact !== undefined) poms.push({ ...pom, artifact: pom.artifact });
  }
  return poms;
}

function addPackages(
  identities: readonly Identity[],
  { within }: Archive,
  allowance: Allowance,
  { packages, gaps }: Collected,
) {
  const seen = new Set<string>();
  for (const { group, artifact, version, classifier, licenses } of identities) {
    const key = `${group} ${artifact} ${version}`;
    if (seen.has(key)) continue;
    seen.add(key);
    allowance.packages -= 1;
    if (allowance.packages < 0) {
      report(gaps, tooMuch(within));
      return;
    }
    packages.push({
      type: 'maven',
      ...(group === undefined ? {} : { namespace: group }),
      name: artifact,
      version,
      ...(classifier === undefined ? {} : { qualifiers: { classifier } }),
      ...(licenses === undefined || licenses.length === 0 ? {} : { licenses }),
      ...(within === '' ? {} : { within }),
    });
  }
}

function readNested(entry: ZipEntry, archive: Archive, allowance: Allowance, collected: Collected): void {
  const within = `${archive.within}!/${entry.name}`;
  allowance.archives -= 1;
  if (archive.depth === deepest || allowance.archives < 0) {
    report(collected.gaps, archive.depth === deepest ? tooDeep(within) : tooMuch(within));
    return;
  }
  const limit = Math.min(allowance.memory, allowance.bytes, entry.compressedSize * highestGrowth);
  const reading = entryContent(archive.content, entry, limit);
  allowance.bytes -= reading.work;
  allowance.memory -= reading.memory;
  if (reading.content) {
    const nested = { content: reading.content, path: entry.name, within, depth: archive.depth + 1 };
    if (!readArchive(nested, allowance, collected) && reading.content.size > 0) {
      report(collected.gaps, unreadTable(within));
    }
  } else {
    report(collected.gaps, unreadEntry(within, reading.problem ?? 'damaged'));
  }
  allowance.memory += reading.memory;
}
