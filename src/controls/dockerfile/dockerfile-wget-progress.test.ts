import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileWgetProgress as control } from './dockerfile-wget-progress.ts';

test.each<[string, string, number[]]>([
  [
    'loud',
    'FROM debian:13\nRUN wget https://shop.example/a\nRUN wget -O a.tgz https://shop.example/q\nRUN wget --header=Accept:q https://shop.example/a\n',
    [2, 3, 4],
  ],
  ['with progress', 'FROM debian:13\nRUN wget --progress=dot:giga https://shop.example/a\n', []],
  [
    'quiet',
    'FROM debian:13\nRUN wget -q a && wget -qO- b && wget -nv c && wget -nvc d && wget --quiet e && wget --no-verbose f\n',
    [],
  ],
  ['letters in front', 'FROM debian:13\nRUN wget -cq a && wget -ncq b\n', []],
  ['with a log', 'FROM debian:13\nRUN wget -o log a && wget --output-file=log b && wget -a log c\n', []],
  ['with its errors in a file', 'FROM debian:13\nRUN wget a 2> /dev/null\n', []],
  [
    'a name of an option is no letter',
    'FROM debian:13\nRUN wget -O quiet https://shop.example/a\nRUN wget -nc https://shop.example/a\n',
    [2, 3],
  ],
  ['a configuration', 'FROM debian:13\nRUN echo progress = dot:giga > /etc/wgetrc && wget a\n', []],
  ['a package of that name', 'FROM debian:13\nRUN apt-get install -y wget\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('only the wget of GNU knows the option', () => {
  expect(mended('FROM alpine:3.22\nRUN wget a\n')).toBe('by hand');
  expect(mended('FROM alpine:3.22\nRUN apk add wget && wget a\n')).toBe(
    'FROM alpine:3.22\nRUN apk add wget && wget --progress=dot:giga a\n',
  );
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
