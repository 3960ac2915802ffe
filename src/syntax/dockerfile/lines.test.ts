import { expect, test } from 'vitest';
import { readLines } from './lines.ts';

function joined(text: string): string[] {
  return readLines(text).lines.map((line) => line.joined.text);
}

test.each([
  ['A b\nC d', ['A b', 'C d']],
  ['A b \\\n  c\nD', ['A b   c', 'D']],
  ['A b \\  \t\n c', ['A b  c']],
  ['A b\\\nc', ['A bc']],
  ['A b \\\n\n\n  \n c', ['A b  c']],
  ['A b \\\n# note\n   # note\n c', ['A b  c']],
  ['A b \\\\\nC', ['A b \\\\', 'C']],
  ['A b \\', ['A b ']],
  ['A b \\\n', ['A b ']],
  ['\\\nA b', ['A b']],
  ['  \t A b', ['A b']],
  ['A b # c', ['A b # c']],
  ['# c\n\n  # d\nA', ['A']],
  ['A b \\\r\n c\r\nD\n', ['A b  c', 'D']],
  ['\\\n\\\n', []],
  ['', []],
  ['# escape=`\nA b `\n c\nD \\\nE', ['A b  c', 'D \\', 'E']],
  ['#  Escape = ` \nA `\nb', ['A b']],
  ['# syntax=x\n# escape=`\nA `\nb', ['A b']],
  ['# note\n# escape=`\nA `\nb', ['A `', 'b']],
  ['\n# escape=`\nA `\nb', ['A `', 'b']],
  ['# escape=`\n\nA \\\nb', ['A \\', 'b']],
])('%j has the lines %j', (text, expected) => {
  expect(joined(text)).toEqual(expected);
});

test('a line knows where it begins and ends', () => {
  const text = '\n  A b \\\n# note\n  c  \r\nD\n';
  expect(readLines(text).lines.map(({ span }) => text.slice(span.start, span.end))).toEqual([
    'A b \\\n# note\n  c  ',
    'D',
  ]);
});

test('comments and directives', () => {
  const text = '# Syntax = docker/dockerfile:1 \n#check=skip=all;error=true\n# note\nA \\\n  #in\n b #out\n';
  const { comments, directives } = readLines(text);
  expect(directives.map(({ name, value }) => [name, value])).toEqual([
    ['syntax', 'docker/dockerfile:1'],
    ['check', 'skip=all;error=true'],
  ]);
  expect(comments.map(({ text: each, span }) => [each, text.slice(span.start, span.end)])).toEqual([
    ['note', '# note'],
    ['in', '#in'],
  ]);
});

test('here-documents belong to their instruction', () => {
  const text = 'RUN cat <<A <<-"B" \\\n  > x\none\nFROM\nA\n\ttwo\n\tB\nNEXT';
  const { lines, problems } = readLines(text);
  expect(lines.map(({ span }) => text.slice(span.start, span.end))).toEqual([text.slice(0, -5), 'NEXT']);
  expect(lines[0]?.heredocs.map(({ name, body }) => [name, text.slice(body.start, body.end)])).toEqual([
    ['A', 'one\nFROM\n'],
    ['B', '\ttwo\n'],
  ]);
  expect(problems).toEqual([]);
});

test.each([
  'RUN ["cat", "<<A"]\nB',
  'CMD cat <<A\nB',
  'LABEL a=<<A\nB',
  'RUN --mount=type=cache ["cat <<A"]\nB',
  'ONBUILD CMD <<A\nB',
  'RUN echo $((1 << 2))\nB',
])('%j has no here-document', (text) => {
  const { lines, problems } = readLines(text);
  expect(lines.map(({ heredocs }) => heredocs)).toEqual([[], []]);
  expect(problems).toEqual([]);
});

test.each(['ONBUILD RUN <<A\nB\nA\nC', 'run --network=none <<A\nB\nA\nC', 'ADD <<A /x\nB\r\nA\r\nC'])(
  '%j has one',
  (text) => {
    expect(readLines(text).lines.map(({ heredocs }) => heredocs.length)).toEqual([1, 0]);
  },
);

test('a here-document without an end takes the rest, and is said', () => {
  const text = 'FROM a\nRUN <<EOF\nEOF2\n EOF\n';
  const { lines, problems } = readLines(text);
  expect(lines[1]?.heredocs[0]).toMatchObject({ body: { start: 17, end: text.length } });
  expect(problems).toMatchObject([{ span: { start: 7, end: 16 } }]);
});

test.each([
  ['# escape=x\n', 0],
  ['# escape=`\n# escape=`\n', 11],
])('%j is refused', (text, start) => {
  expect(readLines(text).problems).toMatchObject([{ span: { start } }]);
});
