import type { Lookup } from '../../../syntax/interpolation.ts';
import { type Loading, folderOf, isRemote, lookupIn, pathIn, reportMissing, variablesOf } from './loading.ts';
import { type ComposeMapping, type ComposeNode, childOf, type Place } from './node.ts';
import { problemAt } from './problem.ts';
import { entriesOf, itemsOf, textAt, textOf } from './read-node.ts';

/** Files that an `include` names together, with what they are read with. */
export interface Inclusion {
  readonly paths: readonly string[];
  readonly base: string;
  readonly lookup: Lookup;
}

export interface Including {
  readonly loading: Loading;
  readonly lookup: Lookup;
  /** Files that are being read, the outermost first. */
  readonly chain: readonly string[];
  /** Reads files into one document. */
  read(inclusion: Inclusion): ComposeMapping | undefined;
}

const imported = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'];

/** The document with what it includes. What both define is an error, and its own stays. */
export function withInclusions(document: ComposeMapping, including: Including): ComposeMapping {
  const include = childOf(document, 'include');
  if (!include) return document;
  const entries = new Map(document.entries);
  entries.delete('include');
  for (const item of itemsOf(include)) {
    const inclusion = inclusionOf(item, including);
    const read = inclusion && including.read(inclusion);
    if (read) importInto(entries, read, document, including.loading);
  }
  return { ...document, entries };
}

function inclusionOf(item: ComposeNode, { loading, lookup, chain }: Including): Inclusion | undefined {
  const { base } = item.place.source;
  const places = item.kind === 'mapping' ? itemsOf(childOf(item, 'path')) : [item];
  const paths = places.flatMap((each) => {
    const path = textOf(each);
    if (path === undefined) return [];
    const resolved = isRemote(path) ? path : pathIn(base, path);
    if (chain.includes(resolved)) {
      loading.problems.push(circle(each.place, [...chain.slice(chain.indexOf(resolved)), resolved]));
      return [];
    }
    if (!isRemote(path) && loading.readFile(resolved)) return [resolved];
    reportMissing(loading, each.place, resolved);
    return [];
  });
  const [first] = paths;
  if (first === undefined) return undefined;
  const directory = textAt(item, 'project_directory');
  const folder = directory === undefined ? folderOf(first) : pathIn(base, directory);
  const named = itemsOf(childOf(item, 'env_file')).flatMap((each) => {
    const path = textOf(each);
    return path === undefined ? [] : [pathIn(base, path)];
  });
  const files = named.length > 0 ? named : [pathIn(folder, '.env')];
  const variables = files.map((file) => variablesOf(loading.environmentFile(file, lookup)));
  return { paths, base: folder, lookup: lookupIn(lookup, ...variables.toReversed()) };
}

function importInto(
  entries: Map<string, ComposeNode>,
  read: ComposeMapping,
  document: ComposeMapping,
  { problems }: Loading,
): void {
  for (const section of imported) {
    const theirs = childOf(read, section);
    if (theirs?.kind !== 'mapping') continue;
    const merged = new Map(entriesOf(entries.get(section)));
    for (const [name, value] of theirs.entries) {
      const own = merged.get(name);
      if (!own) merged.set(name, value);
      else if (!isSamePlace(own.place, value.place)) problems.push(conflict(own.place, section, name, value.place));
    }
    entries.set(section, { kind: 'mapping', place: entries.get(section)?.place ?? document.place, entries: merged });
  }
}

function isSamePlace(left: Place, right: Place): boolean {
  return left.source.file.name === right.source.file.name && left.offset === right.offset;
}

function conflict(place: Place, section: string, name: string, other: Place) {
  const file = other.source.file.name;
  return problemAt(
    place,
    'error',
    {
      en: `${section}.${name} is defined here and in ${file}, which is included`,
      zh: `${section}.${name} 在此处和被包含的 ${file} 中均有定义`,
    },
    { en: 'rename one, or amend it in an override file', zh: '请重命名其一，或改在 override 文件中修改' },
  );
}

function circle(place: Place, chain: readonly string[]) {
  return problemAt(
    place,
    'error',
    { en: `files include each other: ${chain.join(' → ')}`, zh: `文件互相包含：${chain.join(' → ')}` },
    { en: 'break the circle', zh: '请打破循环包含' },
  );
}
