import type { Lookup } from '../../../syntax/interpolation.ts';
import type { WrittenFile } from '../written-file.ts';
import { readDocuments } from './document.ts';
import { withExtensions } from './extend.ts';
import { type Inclusion, withInclusions } from './include.ts';
import { type Loading, isRemote } from './loading.ts';
import { mergeProjects, withoutMarks, withUniqueEntries } from './merge.ts';
import { type ComposeMapping, type ComposeNode, childOf } from './node.ts';

export interface LoadOptions {
  /** The folder that relative paths start from. */
  readonly base: string;
  readonly lookup: Lookup;
  /** Files that are being read around these, the outermost first. */
  readonly chain: readonly string[];
}

/** Projects within projects: nobody goes deeper. */
const deepestInclusion = 30;

/** Files merged into one document, extended and including; undefined when none of them holds anything. */
export function loadFiles(
  files: readonly WrittenFile[],
  { base, lookup, chain }: LoadOptions,
  loading: Loading,
): ComposeMapping | undefined {
  const opened = new Map<string, ComposeMapping | undefined>();
  const open = (path: string): ComposeMapping | undefined => {
    if (!opened.has(path)) opened.set(path, openExtended(path, lookup, loading));
    return opened.get(path);
  };
  const documents = files.flatMap((file) => {
    const complete = files.length === 1 && !/^[ \t]*(?:-[ \t]+)?["']?(?:extends|include)["']?[ \t]*:/m.test(file.text);
    return readDocuments(file, { base, lookup, complete }, loading).map((document) =>
      withInclusions(withExtensions(document, { loading, open }), {
        loading,
        lookup,
        chain: [...chain, file.name],
        read: (inclusion) => readInclusion(inclusion, [...chain, file.name], loading),
      }),
    );
  });
  const [first, ...others] = documents;
  if (!first) return undefined;
  const merged = others.reduce<ComposeNode>(mergeProjects, withoutMarks(first));
  return merged.kind === 'mapping' ? withUniqueServices(merged) : undefined;
}

/** Another file of which one service is wanted: its relative paths start from its own folder. */
function openExtended(path: string, lookup: Lookup, loading: Loading): ComposeMapping | undefined {
  const file = isRemote(path) ? undefined : loading.readFile(path);
  if (!file) return undefined;
  const base = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.';
  const [first, ...others] = readDocuments(file, { base, lookup, complete: false }, loading);
  const merged = first && others.reduce<ComposeNode>(mergeProjects, first);
  if (merged?.kind === 'mapping') return merged;
  const place = { source: { file, document: 0, base }, offset: 0 };
  // What is wrong with it has been reported; it is there all the same.
  return { kind: 'mapping', place, entries: new Map() };
}

function readInclusion(
  { paths, base, lookup }: Inclusion,
  chain: readonly string[],
  loading: Loading,
): ComposeMapping | undefined {
  if (chain.length > deepestInclusion) return undefined;
  const files = paths.flatMap((path) => loading.readFile(path) ?? []);
  return loadFiles(files, { base, lookup, chain }, loading);
}

function withUniqueServices(document: ComposeMapping): ComposeMapping {
  const services = childOf(document, 'services');
  if (services?.kind !== 'mapping') return document;
  const unique = [...services.entries].map(([name, service]): [string, ComposeNode] => [
    name,
    withUniqueEntries(service),
  ]);
  const entries = new Map(document.entries).set('services', { ...services, entries: new Map(unique) });
  return { ...document, entries };
}
