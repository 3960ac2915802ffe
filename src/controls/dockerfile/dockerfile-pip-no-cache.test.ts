import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfilePipNoCache as control } from './dockerfile-pip-no-cache.ts';

test.each<[string, string, number[]]>([
  ['without it', 'FROM python:3.13\nRUN pip install flask\nRUN python -m pip install -r requirements.txt\n', [2, 3]],
  ['with it', 'FROM python:3.13\nRUN pip install --no-cache-dir flask && pip --no-cache-dir install a\n', []],
  ['by ENV', 'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n', []],
  [
    'by ENV, with a word that means the same',
    'FROM python:3.13\nENV PIP_NO_CACHE_DIR=off\nRUN pip install flask\n',
    [],
  ],
  ['by an empty ENV', 'FROM python:3.13\nENV PIP_NO_CACHE_DIR=\nRUN pip install flask\n', [3]],
  [
    'by ENV of a stage below',
    'FROM python:3.13 AS base\nENV PIP_NO_CACHE_DIR=1\nFROM base\nRUN pip install flask\n',
    [],
  ],
  ['by ENV behind', 'FROM python:3.13\nRUN pip install flask\nENV PIP_NO_CACHE_DIR=1\n', [2]],
  [
    'by ENV of a value that is not known',
    'FROM python:3.13\nARG NO\nENV PIP_NO_CACHE_DIR=$NO\nRUN pip install flask\n',
    [],
  ],
  ['for one command', 'FROM python:3.13\nRUN PIP_NO_CACHE_DIR=1 pip install a && pip install b\n', [2]],
  ['for the script', 'FROM python:3.13\nRUN export PIP_NO_CACHE_DIR=1 && pip install a\n', []],
  ['by a setting', 'FROM python:3.13\nRUN pip config set global.no-cache-dir true\nRUN pip install a\n', []],
  ['by a file that is copied', 'FROM python:3.13\nCOPY pip.conf /etc/\nRUN pip install a\n', []],
  [
    'emptied behind',
    'FROM python:3.13\nRUN pip install a && pip cache purge\nRUN pip install a && rm -rf ~/.cache\nRUN pip install a && rm -rf /home/shop/.cache/pip\n',
    [],
  ],
  ['emptied too early', 'FROM python:3.13\nRUN pip cache purge && pip install a\n', [2]],
  [
    'a mount',
    'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install a\nRUN --mount=type=cache,target=/home/shop/.cache pip install a\n',
    [],
  ],
  ['a mount elsewhere', 'FROM python:3.13\nRUN --mount=type=cache,target=/var/cache/apt pip install a\n', [2]],
  ['a builder', 'FROM python:3.13 AS build\nRUN pip install a\nFROM python:3.13\nCOPY --from=build /a /a\n', []],
  ['other programs and actions', 'FROM python:3.13\nRUN pipx install a && pip uninstall -y b && pip list\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the remedy adds the option', () => {
  expect(mended('FROM python:3.13\nRUN python3 -m pip install a\n')).toBe(
    'FROM python:3.13\nRUN python3 -m pip install --no-cache-dir a\n',
  );
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
