import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { KeyPath } from '../model/json.ts';
import { parseYaml, type YamlNode } from './yaml.ts';
import { valueOf } from './yaml-value.ts';

function rootOf(text: string): YamlNode {
  const root = parseYaml(text)[0]?.root;
  if (!root) throw new Error('no root');
  return root;
}

function nodeAt(root: YamlNode, path: KeyPath): YamlNode {
  return path.reduce<YamlNode>((node, step) => {
    const inner =
      node.kind === 'mapping'
        ? node.pairs.find(({ key }) => key.text === step)?.value
        : node.kind === 'sequence'
          ? node.items[Number(step)]
          : undefined;
    if (!inner) throw new Error(`nothing at ${step}`);
    return inner;
  }, root);
}

function textAt(text: string, path: KeyPath): string {
  const node = nodeAt(rootOf(text), path);
  return text.slice(node.start, node.end);
}

describe('a node knows the stretch that it was written in', () => {
  const text = `a: plain
b: 'it''s'   # comment
c: "x\\ty"
d: |
  one
  two
e: >-  # folded
  three
f: [1, {g: 2}, ] # list
h:
  - i: 1
    j: 2
k:
`;
  test.each([
    [['a'], 'plain'],
    [['b'], "'it''s'"],
    [['c'], '"x\\ty"'],
    [['d'], '|\n  one\n  two\n'],
    [['e'], '>-  # folded\n  three\n'],
    [['f'], '[1, {g: 2}, ]'],
    [['f', 1], '{g: 2}'],
    [['h', 0], 'i: 1\n    j: 2'],
    [['k'], ''],
  ])('%j', (path, written) => {
    expect(textAt(text, path)).toBe(written);
  });

  test('a value that is not there stands behind its colon', () => {
    expect(nodeAt(rootOf('a:\nb: 1\n'), ['a'])).toMatchObject({ start: 2, end: 2 });
  });
});

describe('documents', () => {
  test('one that cannot be read does not cost the others', () => {
    const documents = parseYaml('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(documents.map(({ root }) => root && valueOf(root, '1.2'))).toEqual([{ a: 1 }, undefined, { c: 3 }]);
    expect(documents[1]?.problems[0]?.offset).toBeGreaterThan(5);
  });

  test('offsets after a broken document are those of the whole text', () => {
    const text = 'b: [\n---\nc: three\n';
    const root = parseYaml(text)[1]?.root;
    const node = root && nodeAt(root, ['c']);
    expect(text.slice(node?.start, node?.end)).toBe('three');
  });

  test.each(['', '# only a comment\n', '---\n', '\n\n'])('%j has nothing in it', (text) => {
    expect(parseYaml(text).flatMap(({ root }) => (root ? [root] : []))).toEqual([]);
  });
});

describe('what is wrong is said with its place', () => {
  test.each([
    ['a: b\n  c: d\n', 'bad indentation', 2],
    ['a: 1\nb: 2\na: 3\n', 'is there twice', 3],
    ['{{ name }}: 1\n', 'no plain text', 1],
    ['a: *nobody\n', 'nobody', 1],
    ['a: &x [*x]\n', 'contains itself', 1],
  ])('%j', (text, reason, line) => {
    const [problem] = parseYaml(text).flatMap(({ problems }) => problems);
    expect(problem?.reason).toContain(reason);
    expect(text.slice(0, problem?.offset).split('\n')).toHaveLength(line);
  });

  test('aliases that would grow without end are refused', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [a, a, a, a]'
        : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}, *l${level - 1}, *l${level - 1}]`,
    );
    const [document] = parseYaml(levels.join('\n'));
    expect(document).toMatchObject({ problems: [{ reason: expect.stringContaining('too many') }] });
    expect(document?.root).toBeUndefined();
  });

  test('brackets without end are an error, not a fault', () => {
    expect(parseYaml('['.repeat(50_000))[0]?.problems).toHaveLength(1);
  });
});

test('any text gives documents whose nodes lie within it', () => {
  const pieces = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '&x ',
    '*x',
    '|',
    '---\n',
    '\t',
    ',',
    '!t ',
    '\r\n',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const check = (node: YamlNode): void => {
        expect(node.start).toBeLessThanOrEqual(node.end);
        expect(node.start).toBeGreaterThanOrEqual(0);
        expect(node.end).toBeLessThanOrEqual(text.length);
        if (node.kind === 'mapping') for (const { key, value } of node.pairs) [key, value].forEach(check);
        if (node.kind === 'sequence') node.items.forEach(check);
      };
      for (const { root } of parseYaml(text)) if (root) check(root);
    }),
    { numRuns: 2000 },
  );
});

test('values are those that another parser reads', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.boolean(),
      fc.integer(),
      fc.string(),
      fc.constantFrom('yes', '0755', '1e3', '~', '', ' x', 'a: b', '#c', '2026-01-01', '-', '[', '{}'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ maxLength: 4 }).filter((key) => key !== '<<' && key !== '__proto__'),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(value, (json) => {
      const text = JSON.stringify(json);
      const root = parseYaml(text)[0]?.root;
      const [other] = parseAllDocuments(text);
      expect(root ? valueOf(root, '1.2') : null).toEqual((other && 'toJS' in other ? other.toJS() : null) ?? null);
    }),
  );
});
