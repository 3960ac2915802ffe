import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinGo as control } from './dockerfile-pin-go.ts';

test.each<[string, string, number[]]>([
  [
    'latest and branches',
    'FROM golang:1.25\nRUN go install golang.org/x/tools/cmd/stringer@latest\nRUN go run shop.example/tool@main\n',
    [2, 3],
  ],
  [
    'versions',
    'FROM golang:1.25\nRUN go install shop.example/tool@v1.2.3 && go install shop.example/b@8f2c1d0ab && go run shop.example/c@v1\n',
    [],
  ],
  ['go get takes the newest', 'FROM golang:1.25\nCOPY . .\nRUN go get shop.example/tool\nRUN go get -d ./...\n', [3]],
  ['no version and no module', 'FROM golang:1.25\nRUN go install shop.example/tool\n', [2]],
  ['a module may be there', 'FROM golang:1.25\nCOPY . .\nRUN go install shop.example/web/cmd/web\n', []],
  [
    'a module by a bind mount',
    'FROM golang:1.25\nRUN --mount=type=bind,target=. go install shop.example/web/cmd/web\n',
    [],
  ],
  [
    'a module by a checkout',
    'FROM golang:1.25\nRUN git clone https://git.example/web.git && cd web && go install shop.example/web/cmd/web\n',
    [],
  ],
  ['what is at hand', 'FROM golang:1.25\nRUN go install ./cmd/web && go install . && go get && go install std\n', []],
  ['a version in a variable', 'FROM golang:1.25\nARG V\nRUN go install shop.example/tool@$V\n', []],
  ['values of options', 'FROM golang:1.25\nRUN go install -tags "a b" -ldflags "-s -w" shop.example/tool@v1.2.3\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
