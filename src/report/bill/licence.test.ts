import { assert, property, string } from 'fast-check';
import parseExpression from 'spdx-expression-parse';
import { expect, test } from 'vitest';
import { licenceKind } from './licence.ts';

test.each([
  ['MIT', 'id'],
  ['GPL-2.0', 'id'],
  ['MIT OR Apache-2.0', 'expression'],
  ['(MIT AND (ISC OR 0BSD))', 'expression'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'expression'],
  ['Apache-1.1+', 'expression'],
  ['mit', 'words'],
  ['MIT or Apache-2.0', 'words'],
  ['MIT ORApache-2.0', 'words'],
  ['MIT AND', 'words'],
  ['@MIT', 'words'],
  ['LicenseRef-ours', 'words'],
  ['MIT AND LicenseRef-ours', 'words'],
  ['DocumentRef-x:LicenseRef-y', 'words'],
  ['GPL', 'words'],
  ['', 'words'],
  ['MIT\nISC', 'words'],
  [`${'('.repeat(100_000)}MIT`, 'words'],
])('%j: %s', (text, kind) => {
  expect(licenceKind(text)).toBe(kind);
});

test('no text breaks it, and what it takes for SPDX is such', () => {
  assert(
    property(string(), (text) => {
      expect(licenceKind(text) === 'words' || isParsed(text)).toBe(true);
    }),
  );
});

function isParsed(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch {
    return false;
  }
}
