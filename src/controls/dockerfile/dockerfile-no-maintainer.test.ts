import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileNoMaintainer as control } from './dockerfile-no-maintainer.ts';

function mended(text: string): string {
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy as TextRemedy).edits ?? []);
  return applyEdits(text, edits);
}

test('each one is found, and other words are not', () => {
  const text = 'FROM debian:13 AS a\nMAINTAINER a\nFROM debian:13\nLABEL maintainer="b"\n# MAINTAINER\nmaintainer c\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2, 6]);
});

const label = 'org.opencontainers.image.authors';

test.each([
  ['MAINTAINER Ann Lee <ann@shop.example>', `LABEL ${label}="Ann Lee <ann@shop.example>"`],
  ['maintainer "Ann Lee"', `label ${label}="Ann Lee"`],
  ['MAINTAINER Ann "the $" Lee', `LABEL ${label}="Ann \\"the \\$\\" Lee"`],
])('%s becomes a label of the same text', (line, expected) => {
  const result = mended(`FROM debian:13\n${line}\nRUN a\n`);
  expect(result).toBe(`FROM debian:13\n${expected}\nRUN a\n`);
  expect(dockerfile(result).problems).toEqual([]);
});

test('the escape character of the file is used', () => {
  expect(mended('# escape=`\nFROM debian:13\nMAINTAINER a "b" \\c\n')).toContain(`${label}="a \`"b\`" \\c"`);
});

test.each(['MAINTAINER a\nFROM debian:13\n', `FROM debian:13\nLABEL ${label}=b\nMAINTAINER a\n`])(
  'by hand: %j',
  (text) => {
    expect(remediesOf(control, dockerfile(text))).toMatchObject([{ kind: 'manual' }]);
  },
);
