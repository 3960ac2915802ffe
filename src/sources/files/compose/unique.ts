import type { ComposeList, ComposeNode } from './node.ts';
import { textAt, textOf } from './read-node.ts';
import { splitMapping } from './short-form.ts';

/** What makes two entries of a list the same thing, of which Compose keeps the later; undefined: both are kept. */
type Identity = (node: ComposeNode) => string | undefined;

const upTo =
  (separator: string): Identity =>
  (node) =>
    textOf(node)?.split(separator, 1)[0];

const identities: Readonly<Record<string, Identity>> = {
  annotations: upTo('='),
  'build.additional_contexts': upTo('='),
  'build.args': upTo('='),
  'build.labels': upTo('='),
  'build.platforms': textOf,
  'build.tags': textOf,
  cap_add: textOf,
  cap_drop: textOf,
  configs: targetOf,
  'deploy.labels': upTo('='),
  devices: (node) => (node.kind === 'mapping' ? textAt(node, 'target') : mappingTarget(textOf(node))),
  dns: textOf,
  dns_opt: textOf,
  dns_search: textOf,
  env_file: (node) => (node.kind === 'mapping' ? textAt(node, 'path') : textOf(node)),
  environment: upTo('='),
  expose: textOf,
  labels: upTo('='),
  links: textOf,
  ports: portIdentity,
  profiles: textOf,
  secrets: targetOf,
  sysctls: upTo('='),
  tmpfs: upTo(':'),
  volumes: (node) => (node.kind === 'mapping' ? textAt(node, 'target') : mappingTarget(textOf(node))),
};

/** The list of a service with only the last of those entries that mean the same, where the first of them stood. */
export function withoutDoubles(list: ComposeList, field: string): ComposeList {
  const identity = Object.hasOwn(identities, field) ? identities[field] : undefined;
  if (!identity || list.items.length < 2) return list;
  const kept = new Map<string, ComposeNode>();
  for (const [index, item] of list.items.entries()) {
    const name = identity(item);
    kept.set(name === undefined ? `#${index}` : `=${name}`, item);
  }
  return kept.size === list.items.length ? list : { ...list, items: [...kept.values()] };
}

function targetOf(node: ComposeNode): string | undefined {
  return node.kind === 'mapping' ? (textAt(node, 'target') ?? textAt(node, 'source')) : textOf(node);
}

/** `/b` of `/a:/b:ro`. */
function mappingTarget(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [first, second] = splitMapping(text);
  return second ?? first;
}

/** Address, both ports and the protocol, in whichever form they are written. */
function portIdentity(node: ComposeNode): string | undefined {
  if (node.kind === 'mapping') {
    const parts = ['host_ip', 'published', 'target'].map((key) => textAt(node, key) ?? '');
    return `${parts.join(':')}/${textAt(node, 'protocol') ?? 'tcp'}`;
  }
  const text = textOf(node);
  if (text === undefined) return undefined;
  const [ports = '', protocol = 'tcp'] = text.split('/');
  const parts = splitMapping(ports);
  const [target = '', published = ''] = parts.toReversed();
  return `${parts.slice(0, -2).join(':').replaceAll(/[[\]]/g, '')}:${published}:${target}/${protocol}`;
}
