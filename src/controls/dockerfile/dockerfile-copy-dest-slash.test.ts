import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileCopyDestSlash as control } from './dockerfile-copy-dest-slash.ts';

test.each([
  ['COPY a b /srv', 'COPY a b /srv/'],
  ['COPY a b .', 'COPY a b ./'],
  ['ADD a b c /srv/web', 'ADD a b c /srv/web/'],
  ['COPY --from=build /a /b "/srv"', 'COPY --from=build /a /b "/srv/"'],
  ['COPY ["a b", "c", "/srv"]', 'COPY ["a b", "c", "/srv/"]'],
  ['ARG D=/srv\nCOPY a b $D', 'ARG D=/srv\nCOPY a b $D/'],
  ['ONBUILD COPY a b /srv', 'ONBUILD COPY a b /srv/'],
  ['COPY <<A b /srv\nx\nA', 'COPY <<A b /srv/\nx\nA'],
])('%j', (lines, mended) => {
  const text = `FROM debian:13\n${lines}\n`;
  const file = dockerfile(text);
  expect(failingLines(control, file)).toEqual([lines.startsWith('ARG') ? 3 : 2]);
  const edits = remediesOf(control, file).flatMap((remedy) => (remedy as TextRemedy).edits);
  expect(applyEdits(text, edits)).toBe(`FROM debian:13\n${mended}\n`);
  expect(failingLines(control, dockerfile(`FROM debian:13\n${mended}\n`))).toEqual([]);
});

test('what was meant for a shell is for a person', () => {
  const file = dockerfile('FROM debian:13\nCOPY a /srv/ 2>/dev/null || true\n');
  expect(remediesOf(control, file)).toMatchObject([{ kind: 'manual' }]);
});

test.each([
  'COPY a /srv',
  'COPY * /srv',
  'COPY a b /srv/',
  'COPY a b ./',
  'COPY --chown=1:1 --chmod=644 a /srv',
  'COPY a b $UNKNOWN',
  'COPY a b ${UNKNOWN}/',
  'ARG D=/srv/\nCOPY a b $D',
  'COPY a b C:\\\\srv\\\\',
  'COPY <<A /srv\nx\nA',
  'COPY a b',
])('left alone: %j', (lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual([]);
});
