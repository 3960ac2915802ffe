import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileYarnCache as control } from './dockerfile-yarn-cache.ts';

test.each<[string, string, number[]]>([
  ['no clean', 'FROM node:24\nRUN yarn install\nRUN yarn\nRUN yarn global add serve@14\n', [2, 3, 4]],
  [
    'a clean',
    'FROM node:24\nRUN yarn install && yarn cache clean\nRUN yarn --frozen-lockfile && yarn cache clean --all\n',
    [],
  ],
  ['a clean too early', 'FROM node:24\nRUN yarn cache clean && yarn install\n', [2]],
  [
    'a deletion',
    'FROM node:24\nRUN yarn install && rm -rf /usr/local/share/.cache\nRUN yarn install --cache-folder /c && rm -rf /c\n',
    [],
  ],
  ['a mount', 'FROM node:24\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install\n', []],
  ['a newer Yarn', 'FROM node:24\nRUN yarn install --immutable\n', []],
  ['a newer Yarn by its files', 'FROM node:24\nCOPY package.json .yarnrc.yml ./\nRUN yarn install\n', []],
  ['other actions', 'FROM node:24\nRUN yarn build && yarn run test\n', []],
  ['a builder', 'FROM node:24 AS build\nRUN yarn install\nFROM node:24\nCOPY --from=build /a /a\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
