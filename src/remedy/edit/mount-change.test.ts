import { expect, test } from 'vitest';
import type { Mount } from '../../model/container-spec.ts';
import { mountChange } from './mount-change.ts';

const mount = (target: string): Mount => ({ kind: 'bind', source: target, target, readOnly: false, options: {} });
const [a, b, c] = [mount('/a'), mount('/b'), mount('/c')];

test.each<[string, readonly Mount[], object]>([
  ['nothing', [a, b], { removed: [], replaced: [], added: [] }],
  ['one goes', [b], { removed: [0], replaced: [], added: [] }],
  ['one comes', [a, b, c], { removed: [], replaced: [], added: [c] }],
  [
    'one changes',
    [a, { ...b, readOnly: true }],
    { removed: [], replaced: [{ index: 1, mount: { ...b, readOnly: true } }], added: [] },
  ],
  ['one goes and one comes', [b, c], { removed: [0], replaced: [], added: [c] }],
])('%s', (_, after, expected) => {
  expect(mountChange([a, b], after)).toEqual(expected);
});
