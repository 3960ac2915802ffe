import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinPip as control } from './dockerfile-pin-pip.ts';

test.each<[string, string, number[]]>([
  [
    'no version',
    'FROM python:3.13\nRUN pip install flask\nRUN pip3 install --upgrade pip\nRUN python3 -m pip install flask\n',
    [2, 3, 4],
  ],
  [
    'versions',
    "FROM python:3.13\nRUN pip install flask==3.1.1 a===1 'b~=1.2' 'c<2' 'd>=1,<2' 'uvicorn[standard]==0.35.0'\n",
    [],
  ],
  ['only a lower bound', "FROM python:3.13\nRUN pip install 'flask>=3'\n", [2]],
  ['a marker is no version', 'FROM python:3.13\nRUN pip install "flask; python_version<\'3.9\'"\n', [2]],
  [
    'files',
    'FROM python:3.13\nRUN pip install -r requirements.txt && pip install . && pip install -e .[dev] && pip install ./a dist/b.whl c.tar.gz\n',
    [],
  ],
  ['a file and a package', 'FROM python:3.13\nRUN pip install -r requirements.txt gunicorn\n', [2]],
  [
    'constraints',
    'FROM python:3.13\nRUN pip install -c constraints.txt flask\nRUN PIP_CONSTRAINT=c.txt pip install flask\n',
    [],
  ],
  ['constraints by ENV', 'FROM python:3.13\nENV PIP_CONSTRAINT=/c.txt\nRUN pip install flask\n', []],
  [
    'a repository at a revision',
    'FROM python:3.13\nRUN pip install git+https://git.example/shop.git@v1.2 git+ssh://git@git.example/shop.git@8f2c1d0#egg=shop\n',
    [],
  ],
  ['a repository as it is', 'FROM python:3.13\nRUN pip install git+ssh://git@git.example/shop.git#egg=shop\n', [2]],
  ['archives', 'FROM python:3.13\nRUN pip install https://shop.example/shop-1.0.zip\n', []],
  [
    'values of options',
    'FROM python:3.13\nRUN pip install --index-url https://pypi.example/simple --target /opt flask==3.1.1\n',
    [],
  ],
  ['uv', 'FROM python:3.13\nRUN uv pip install flask\nRUN uv add flask\n', [2]],
  ['other actions', 'FROM python:3.13\nRUN pip uninstall -y flask && pip download flask\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
