import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileRunInsecure as control } from './dockerfile-run-insecure.ts';

const bad = [
  'RUN --security=insecure make test',
  'RUN --network=host make test',
  'RUN --mount=type=cache,target=/c --network=host make',
  'ONBUILD RUN --network=host make',
];

const good = ['RUN --network=none make', 'RUN --security=sandbox make', 'RUN make --network=host', 'RUN make'];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});
