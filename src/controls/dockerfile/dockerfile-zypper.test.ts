import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileZypper as control } from './dockerfile-zypper.ts';

test.each<[string, string, number[]]>([
  ['asks', 'FROM opensuse/leap:15.6\nRUN zypper install curl && zypper clean\n', [2]],
  [
    'does not ask',
    'FROM opensuse/leap:15.6\nRUN zypper -n in a && zypper --non-interactive up && zypper install -y b && zypper rm --no-confirm c && zypper cc -a\n',
    [],
  ],
  ['an upgrade of the release', 'FROM opensuse/leap:15.6\nRUN zypper -n dup && zypper clean\n', [2]],
  ['a cache', 'FROM opensuse/leap:15.6\nRUN zypper -n install a\n', [2]],
  ['a cache that is deleted', 'FROM opensuse/leap:15.6\nRUN zypper -n install a && rm -rf /var/cache/zypp/*\n', []],
  ['a mount', 'FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n install a\n', []],
  ['everything at once', 'FROM opensuse/leap:15.6\nRUN zypper dup\n', [2, 2, 2]],
  ['a builder may keep its cache', 'FROM opensuse/leap:15.6 AS build\nRUN zypper -n install gcc\nFROM scratch\n', []],
  [
    'other actions',
    'FROM opensuse/leap:15.6\nRUN zypper refresh && zypper addrepo https://shop.example/repo shop\n',
    [],
  ],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('each failure has its own remedy', () => {
  const text = 'FROM opensuse/leap:15.6\nRUN zypper install curl\n';
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy.kind === 'text' ? remedy.edits : []));
  expect(applyEdits(text, edits)).toBe('FROM opensuse/leap:15.6\nRUN zypper install -y curl && zypper clean --all\n');
  const kinds = remediesOf(control, dockerfile('FROM opensuse/leap:15.6\nRUN zypper -n dup && zypper cc\n')).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['manual']);
});
