import { type KeyPath, pathText } from '../../../model/json.ts';
import type { Text } from '../../../model/text.ts';
import type { FileProblem } from '../written-file.ts';
import { type ComposeNode, nodeAt } from './node.ts';
import { publishedPorts } from './ports.ts';
import { problemAt } from './problem.ts';
import { bytesOf, isUnknown, itemsOf, numberOf, textAt, textOf, truthOf } from './read-node.ts';

/** A field of which nobody can say what it means; Compose refuses it. */
export interface Unreadable {
  /** In the model's words. */
  readonly field: string;
  readonly problem: FileProblem;
}

interface Expectation {
  readonly words: Text;
  readonly read: (node: ComposeNode) => unknown;
}

const truth: Expectation = { words: { en: 'true or false', zh: '布尔值' }, read: truthOf };
const size: Expectation = { words: { en: 'a size such as 512m', zh: '大小，例如 512m' }, read: bytesOf };
const count: Expectation = { words: { en: 'a number', zh: '数字' }, read: numberOf };

/** What the shapes of the schema leave open: there any text may stand for a boolean, a size or a number. */
const expectations: readonly (readonly [field: string, keys: KeyPath, expectation: Expectation])[] = [
  ['privileged', ['privileged'], truth],
  ['readOnlyRoot', ['read_only'], truth],
  ['healthCheck', ['healthcheck', 'disable'], truth],
  ['resources.oomKillDisable', ['oom_kill_disable'], truth],
  ['resources.memory', ['mem_limit'], size],
  ['resources.memory', ['deploy', 'resources', 'limits', 'memory'], size],
  ['resources.memorySwap', ['memswap_limit'], size],
  ['resources.memoryReservation', ['mem_reservation'], size],
  ['resources.memoryReservation', ['deploy', 'resources', 'reservations', 'memory'], size],
  ['resources.cpus', ['cpus'], count],
  ['resources.cpus', ['deploy', 'resources', 'limits', 'cpus'], count],
  ['resources.pids', ['pids_limit'], count],
  ['resources.pids', ['deploy', 'resources', 'limits', 'pids'], count],
];

/** Values of a service that have a right type and no meaning. */
export function unreadableIn(service: ComposeNode, path: KeyPath): Unreadable[] {
  const values = expectations.flatMap(([field, keys, { words, read }]): Unreadable[] => {
    const node = nodeAt(service, keys);
    const text = textOf(node);
    if (!node || text === undefined || isUnknown(node) || read(node) !== undefined) return [];
    // An empty size or number is none; an empty boolean is refused.
    if (text === '' && read !== truthOf) return [];
    return [{ field, problem: problemOf(node, pathText([...path, ...keys]), words) }];
  });
  const ports = itemsOf(nodeAt(service, ['ports'])).flatMap((node, index): Unreadable[] => {
    const target = node.kind === 'mapping' ? textAt(node, 'target') : textOf(node);
    if (target === undefined || target.includes('$') || publishedPorts(node).length > 0) return [];
    return [
      { field: 'ports', problem: problemOf(node, pathText([...path, 'ports', index]), { en: 'a port', zh: '端口' }) },
    ];
  });
  return [...values, ...ports];
}

function problemOf(node: ComposeNode, name: string, wanted: Text): FileProblem {
  return problemAt(
    node.place,
    'error',
    { en: `${name} must be ${wanted.en}`, zh: `${name} 应为${wanted.zh}` },
    { en: `write ${wanted.en}`, zh: `请改写为${wanted.zh}` },
  );
}
