import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileNoUpgrade as control } from './dockerfile-no-upgrade.ts';

test.each<[string, string, number[]]>([
  ['dist-upgrade', 'FROM debian:13\nRUN apt-get update && apt-get -y dist-upgrade\n', [2]],
  ['full-upgrade', 'FROM debian:13\nRUN apt full-upgrade -y\nRUN aptitude -y full-upgrade\n', [2, 3]],
  ['a release upgrade', 'FROM debian:13\nRUN do-release-upgrade -f DistUpgradeViewNonInteractive\n', [2]],
  ['a plain upgrade', 'FROM debian:13\nRUN apt-get update && apt-get upgrade -y\n', []],
  ['a package of that name', 'FROM debian:13\nRUN apt-get install -y dist-upgrade && echo apt-get dist-upgrade\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('only what has a milder form is changed', () => {
  expect(mended('FROM debian:13\nRUN apt-get -y dist-upgrade\n')).toBe('FROM debian:13\nRUN apt-get -y upgrade\n');
  expect(mended('FROM debian:13\nRUN do-release-upgrade\n')).toBe('by hand');
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
