import { type ComposeList, type ComposeMapping, type ComposeNode, scalarNode } from './node.ts';
import { asMapping, entriesOf, itemsOf, textAt, textOf } from './read-node.ts';
import { withoutDoubles } from './unique.ts';

/** Fields of a service of which the later one holds as a whole. */
const replaced = new Set(['command', 'entrypoint', 'healthcheck.test', 'extends', 'image', 'user']);
/** Fields that are pairs, however they are written. */
const paired = new Set([
  'annotations',
  'build.additional_contexts',
  'build.args',
  'build.labels',
  'deploy.labels',
  'environment',
  'labels',
  'sysctls',
]);
/** Fields that may be a list of names, or a mapping from names to settings. */
const named = new Set(['depends_on', 'models', 'networks']);
/** Fields that may be one text or a list of texts. */
const listed = new Set(['dns', 'dns_search', 'env_file', 'label_file', 'tmpfs']);

/** Which of the two a merged collection is said to stand at, where it stands in both. */
export type Home = 'earlier' | 'later';

/**
 * Merges two versions of a project as Compose does: mappings key by key, lists one behind the other with those of the same
 * target replaced, single values replaced; `!reset` takes away, `!override` puts in place. Every part keeps its place.
 */
export function mergeProjects(earlier: ComposeNode, later: ComposeNode): ComposeNode {
  return merge(earlier, later, [], 'earlier');
}

/** The service with what it extends. */
export function mergeServices(extended: ComposeNode, service: ComposeNode): ComposeNode {
  return merge(extended, service, ['services', ''], 'later');
}

function merge(earlier: ComposeNode, later: ComposeNode, path: readonly string[], home: Home): ComposeNode {
  if (later.merging === 'override') return withoutMarks(later);
  if (later.kind === 'scalar' && later.value === null) return earlier;
  if (earlier.kind === 'scalar' && earlier.value === null) return withoutMarks(later);
  const place = (home === 'earlier' ? earlier : later).place;
  const field = path[0] === 'services' && path.length > 2 ? path.slice(2).join('.') : undefined;
  const special = field === undefined ? undefined : mergeSpecial({ earlier, later, field, path, home });
  if (special) return { ...special, place };
  if (earlier.kind === 'mapping' && later.kind === 'mapping') {
    return { ...mergeMappings(earlier, later, path, home), place };
  }
  if (earlier.kind === 'list' && later.kind === 'list') {
    const list: ComposeList = { ...earlier, place, items: [...earlier.items, ...later.items] };
    return field === undefined ? list : withoutDoubles(list, field);
  }
  return withoutMarks(later);
}

interface Special {
  readonly earlier: ComposeNode;
  readonly later: ComposeNode;
  readonly field: string;
  readonly path: readonly string[];
  readonly home: Home;
}

function mergeSpecial({ earlier, later, field, path, home }: Special): ComposeNode | undefined {
  const sameKind = earlier.kind === later.kind;
  const mappings = (left: ComposeMapping, right: ComposeMapping) => mergeMappings(left, right, path, home);
  if (replaced.has(field)) return withoutMarks(later);
  if (paired.has(field) && !sameKind) return mappings(asMapping(earlier), asMapping(later));
  if (field === 'extra_hosts' && !sameKind) return mappings(asMapping(earlier, /[=:]/), asMapping(later, /[=:]/));
  if (named.has(field) && !sameKind) return mappings(byName(earlier, field), byName(later, field));
  if (field === 'build' && !sameKind) return mappings(buildMapping(earlier), buildMapping(later));
  if (field === 'logging') {
    const [before, after] = [textAt(earlier, 'driver'), textAt(later, 'driver')];
    return before !== undefined && after !== undefined && before !== after ? withoutMarks(later) : undefined;
  }
  if (!listed.has(field)) return undefined;
  return withoutDoubles({ kind: 'list', place: earlier.place, items: [...itemsOf(earlier), ...itemsOf(later)] }, field);
}

function mergeMappings(
  earlier: ComposeMapping,
  later: ComposeMapping,
  path: readonly string[],
  home: Home,
): ComposeMapping {
  const entries = new Map(earlier.entries);
  for (const [key, value] of later.entries) {
    const before = entries.get(key);
    if (value.merging === 'reset') entries.delete(key);
    else entries.set(key, before ? merge(before, value, [...path, key], home) : withoutMarks(value));
  }
  return { kind: 'mapping', place: earlier.place, entries };
}

/** `!reset` and `!override` mean something only where there is something earlier. */
export function withoutMarks(node: ComposeNode): ComposeNode {
  if (!node.marked) return node;
  const { merging: _merging, marked: _marked, ...plain } = node;
  if (plain.kind !== 'mapping') return plain;
  const kept = [...plain.entries].filter(([, each]) => each.merging !== 'reset');
  return { ...plain, entries: new Map(kept.map(([key, each]) => [key, withoutMarks(each)])) };
}

function byName(node: ComposeNode, field: string): ComposeMapping {
  if (node.kind === 'mapping') return node;
  const entries = itemsOf(node).map((each): [string, ComposeNode] => {
    const started = scalarNode('service_started', each.place);
    const settings: ComposeNode =
      field === 'depends_on'
        ? { kind: 'mapping', place: each.place, entries: new Map([['condition', started]]) }
        : scalarNode(null, each.place);
    return [textOf(each) ?? '', settings];
  });
  return { kind: 'mapping', place: node.place, entries: new Map(entries) };
}

function buildMapping(node: ComposeNode): ComposeMapping {
  if (node.kind === 'mapping') return node;
  return { kind: 'mapping', place: node.place, entries: new Map([['context', node]]) };
}

/** A service in which of every two entries with one target only the later is left. */
export function withUniqueEntries(service: ComposeNode): ComposeNode {
  const entries = [...entriesOf(service)];
  if (service.kind !== 'mapping' || !entries.some(([, each]) => each.kind === 'list')) return service;
  const unique = entries.map(([key, each]): [string, ComposeNode] => [
    key,
    each.kind === 'list' ? withoutDoubles(each, key) : each,
  ]);
  return { ...service, entries: new Map(unique) };
}
