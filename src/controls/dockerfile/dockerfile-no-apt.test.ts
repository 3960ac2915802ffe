import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfileNoApt as control } from './dockerfile-no-apt.ts';

test('apt is found wherever a command stands', () => {
  const file = dockerfile(`FROM debian:13
RUN apt-get update && \\
    apt install -y curl
RUN if true; then sudo /usr/bin/apt update; fi
RUN echo apt install
RUN <<EOF
apt update
EOF
`);
  expect(failingLines(control, file)).toEqual([3, 4, 7]);
});

test('an argument, a package and another program called apt-something are not apt', () => {
  const file = dockerfile('FROM debian:13\nRUN apt-get install apt && apt-cache show apt && echo "apt update"\n');
  expect(failingLines(control, file)).toEqual([]);
});

test('the remedy changes the one word', () => {
  const [remedy] = remediesOf(control, dockerfile('FROM debian:13\nRUN apt update\n'));
  expect(remedy).toMatchObject({ kind: 'text', edits: [{ start: 22, end: 22, text: '-get' }] });
});
