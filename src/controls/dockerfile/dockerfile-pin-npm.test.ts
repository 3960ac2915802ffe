import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinNpm as control } from './dockerfile-pin-npm.ts';

test.each<[string, string, number[]]>([
  [
    'no version',
    'FROM node:24\nRUN npm install -g serve\nRUN npm i @shop/web\nRUN yarn global add serve\nRUN pnpm add -g serve\n',
    [2, 3, 4, 5],
  ],
  [
    'versions',
    'FROM node:24\nRUN npm install -g serve@14.2.4 @shop/web@^1.0.0 c@1.x && yarn add d@2 && pnpm add -g e@3\n',
    [],
  ],
  ['a range', "FROM node:24\nRUN npm install 'serve@>=14 <15'\n", []],
  ['a tag', 'FROM node:24\nRUN npm install -g npm@latest\n', [2]],
  ['package.json', 'FROM node:24\nRUN npm install && npm ci && yarn install && pnpm install --frozen-lockfile\n', []],
  [
    'paths and archives',
    'FROM node:24\nRUN npm install ./web ../lib /opt/a file:b https://shop.example/c.tgz d.tgz .\n',
    [],
  ],
  [
    'a repository at a revision',
    'FROM node:24\nRUN npm install git+https://git.example/shop.git#v1 shop/web#8f2c1d0\n',
    [],
  ],
  [
    'a repository as it is',
    'FROM node:24\nRUN npm install git+ssh://git@git.example:shop/web.git\nRUN npm install shop/web\n',
    [2, 3],
  ],
  ['a version in a variable', 'FROM node:24\nARG V\nRUN npm install -g serve@$V $TOOLS\n', []],
  ['a version in a variable with a value', 'FROM node:24\nARG V=latest\nRUN npm install -g serve@${V}\n', [3]],
  ['values of options', 'FROM node:24\nRUN npm install --prefix /opt --registry https://npm.example a@1\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
