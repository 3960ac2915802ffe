import type { ChangedPackage, DifferentFile, FileDifference, PackageDifference } from '../model/contents-difference.ts';
import { isNamedByDistribution, type Package } from '../model/package.ts';

/** What of a file tells whether it is the same one. */
export interface ListedFile {
  readonly size: number;
  /** Its kind, mode and target in one text. */
  readonly nature: string;
}

/** The files of a tree by path, with a leading slash; without folders. */
export type FileListing = ReadonlyMap<string, ListedFile>;

/** Packages that came, went, or are there in another version. Where they are makes no difference. */
export function comparePackages(before: readonly Package[], after: readonly Package[]): PackageDifference {
  const [old, current] = [byIdentity(before), byIdentity(after)];
  const added: string[] = [];
  const removed: string[] = [];
  const changed: ChangedPackage[] = [];
  for (const key of new Set([...old.keys(), ...current.keys()])) {
    const gone = missingFrom(old.get(key), current.get(key));
    const come = missingFrom(current.get(key), old.get(key));
    const [first, second] = [gone[0], come[0]];
    if (first && second && gone.length === 1 && come.length === 1) {
      changed.push({ type: second.type, name: nameOf(second), before: first.version, after: second.version });
    } else {
      removed.push(...gone.map(({ purl }) => purl));
      added.push(...come.map(({ purl }) => purl));
    }
  }
  return {
    added: added.toSorted(),
    removed: removed.toSorted(),
    changed: changed.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

type Versions = ReadonlyMap<string, Package>;

/** Versions of each package: several may be there side by side. */
function byIdentity(packages: readonly Package[]): ReadonlyMap<string, Versions> {
  const groups = Map.groupBy(packages, ({ type, namespace = '', name, architecture = '' }) =>
    // A distribution's name is part of the purl, and changes with the distribution alone.
    JSON.stringify([type, isNamedByDistribution({ type }) ? '' : namespace, name, architecture]),
  );
  return new Map([...groups].map(([key, group]) => [key, new Map(group.map((each) => [each.version, each]))]));
}

function missingFrom(versions: Versions | undefined, others: Versions | undefined): Package[] {
  return [...(versions ?? [])].flatMap(([version, each]) => (others?.has(version) ? [] : [each]));
}

function nameOf({ type, namespace, name }: Package): string {
  if (namespace === undefined || isNamedByDistribution({ type })) return name;
  return `${namespace}${type === 'maven' ? ':' : '/'}${name}`;
}

export function compareFiles(before: FileListing, after: FileListing): FileDifference {
  const changed: DifferentFile[] = [];
  for (const [path, { size, nature }] of after) {
    const old = before.get(path);
    if (old && (old.size !== size || old.nature !== nature)) changed.push({ path, size });
  }
  return { added: only(after, before), removed: only(before, after), changed: sorted(changed) };
}

function only(these: FileListing, others: FileListing): DifferentFile[] {
  const files: DifferentFile[] = [];
  for (const [path, { size }] of these) if (!others.has(path)) files.push({ path, size });
  return sorted(files);
}

function sorted(files: readonly DifferentFile[]): DifferentFile[] {
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
