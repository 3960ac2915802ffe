import { type Coordinates, isName, isVersion } from './coordinates.ts';
import { groupOfPath, isOfTexts, partFileName } from './file-name.ts';
import { coordinatesOfTomcat, knownGroupOf } from './known-groups.ts';

/** What an archive tells of what is in it. */
export interface ArchiveClues {
  /** Its path, or that of the entry that it is. */
  readonly path: string;
  /** Of `pom.properties` and `pom.xml`. */
  readonly poms: readonly Coordinates[];
  readonly manifest: ReadonlyMap<string, string>;
  /** It has classes, or other archives. */
  readonly isProgram: boolean;
  /** Whether anything is in this folder of it. */
  readonly hasFolder: (folder: string) => boolean;
}

/** One library that an archive is, or that was unpacked into it. */
export interface Identity extends Coordinates {
  /** As the file's name has it, where it is this library's own archive: `linux-x86_64`. */
  readonly classifier?: string;
}

/**
 * The libraries in one archive, without those of archives in it. Every pom is one: an archive into which others were unpacked has
 * several. Only where none of them is the archive itself, its manifest and its name are asked. Those tell an artifact and a version
 * at best; a group only where Maven's or Gradle's own folders have it, or the classes in it are those that the name promises: a wrong group
 * is another library.
 */
export function identify(clues: ArchiveClues): readonly Identity[] {
  const { path, poms, manifest } = clues;
  const name = bareName(path);
  if (isOfTexts(name)) return [];
  const own = ownPom(name, poms, manifest);
  const found = poms.map((pom): Identity => (pom === own ? completed(pom, name, manifest) : pom));
  const guessed = own ? undefined : withoutPom(name, clues);
  return guessed ? [guessed, ...found] : found;
}

function bareName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/i, '');
}

/** The pom that describes the archive: the one that its file is named after, or the only one of the version that the manifest tells. */
function ownPom(
  name: string,
  poms: readonly Coordinates[],
  manifest: ArchiveClues['manifest'],
): Coordinates | undefined {
  const named = poms.filter(({ artifact }) => name === artifact || isVersionOf(name, artifact));
  if (named.length > 0) return named.reduce((best, pom) => (pom.artifact.length > best.artifact.length ? pom : best));
  const versions = [partFileName(name)?.version, ...versionsIn(manifest)].filter((version) => version !== undefined);
  const same = poms.filter(({ version }) => versions.some((each) => isSameVersion(each, version)));
  if (same.length === 1) return same[0];
  // Nothing else can be known of it, as of an application that Maven built under a name of its own.
  return poms.length === 1 && versions.length === 0 ? poms[0] : undefined;
}

function isVersionOf(name: string, artifact: string): boolean {
  return name.startsWith(artifact) && /^[-_]\d/.test(name.slice(artifact.length));
}

/** OSGi wants three numbers before a point and a word: `31.1-jre` is `31.1.0.jre` there. */
function isSameVersion(left: string, right: string): boolean {
  return left === right || (right !== '' && withoutZeroes(left) === withoutZeroes(right));
}

function withoutZeroes(version: string): string {
  return version
    .split(/[-._]/)
    .filter((word) => word !== '0')
    .join('.');
}

function versionsIn(manifest: ArchiveClues['manifest']): readonly string[] {
  return [manifest.get('implementation-version'), manifest.get('bundle-version')].filter(isVersion);
}

/** A pom without a version has that of its file; what follows artifact and version in the name is the classifier. */
function completed(pom: Coordinates, name: string, manifest: ArchiveClues['manifest']): Identity {
  const version = pom.version || partFileName(name)?.version || versionsIn(manifest)[0] || '';
  const prefix = `${pom.artifact}-${version}-`;
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return { ...pom, version, ...(/^[a-z][\w-]{0,40}$/i.test(rest) ? { classifier: rest } : {}) };
}

function withoutPom(name: string, clues: ArchiveClues): Identity | undefined {
  const { manifest, path } = clues;
  // Archives of the Java runtime: its file `release` tells of it as a whole.
  if (manifest.get('specification-title')?.startsWith('Java Platform')) return undefined;
  const plugin = jenkinsPlugin(manifest);
  if (plugin) return plugin;
  const parted = partFileName(name);
  const placed = parted && groupOfPath(path, parted);
  if (parted && isName(placed)) return { ...parted, group: placed };
  const version = parted?.version ?? versionsIn(manifest)[0];
  if (version === undefined || !clues.isProgram) return undefined;
  const symbolicName = manifest.get('bundle-symbolicname')?.split(';')[0]?.trim() ?? '';
  const tomcat = coordinatesOfTomcat(symbolicName);
  if (tomcat) return { ...tomcat, version };
  const artifact = parted?.artifact ?? titleIn(manifest) ?? name;
  if (!isName(artifact)) return undefined;
  const library = { artifact, version };
  const group = knownGroupOf(library, clues.hasFolder) ?? groupIn(manifest, artifact, symbolicName);
  return { ...(group === undefined ? {} : { group }), ...library };
}

/** Jenkins asks for these attributes in the manifest of a plugin. */
function jenkinsPlugin(manifest: ArchiveClues['manifest']): Identity | undefined {
  const group = manifest.get('group-id');
  const artifact = manifest.get('short-name');
  const version = manifest.get('plugin-version');
  return isName(group) && isName(artifact) && isVersion(version) ? { group, artifact, version } : undefined;
}

/** A title that is an artifact's name, not one for people. */
function titleIn(manifest: ArchiveClues['manifest']): string | undefined {
  const title = manifest.get('implementation-title');
  return title !== undefined && /^[a-z][a-z\d]*(?:[-.][a-z\d]+)+$/.test(title) ? title : undefined;
}

/**
 * Many write only a part of the group as vendor (`org.apache`). It counts where it is longer, and the bundle's name is made of it
 * and the artifact.
 */
function groupIn(manifest: ArchiveClues['manifest'], artifact: string, symbolicName: string): string | undefined {
  const vendor = manifest.get('implementation-vendor-id');
  return isName(vendor) && vendor.split('.').length > 2 && symbolicName === `${vendor}.${artifact}`
    ? vendor
    : undefined;
}
