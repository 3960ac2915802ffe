import { expect, test } from 'vitest';
import { readStep } from './image-step.ts';

test.each([
  // BuildKit
  ['RUN /bin/sh -c apt-get update # buildkit', 'run', 'apt-get update'],
  ['RUN |1 A=b c /bin/sh -c make # buildkit', 'run', 'make'],
  ['RUN /bin/bash -o pipefail -c make | tee log # buildkit', 'run', 'make | tee log'],
  ['RUN /bin/bash -euo pipefail -c make # buildkit', 'run', 'make'],
  ['RUN apt-get update # buildkit', 'run', 'apt-get update'],
  ['COPY web /usr/bin/web # buildkit', 'copy', 'web /usr/bin/web'],
  ['EXPOSE map[80/tcp:{}]', 'expose', 'map[80/tcp:{}]'],
  ['ENV PATH=/usr/bin', 'env', 'PATH=/usr/bin'],
  ['HEALTHCHECK &{["CMD" "web"] "0s" "0s" "0s" "0s" \'\\x00\'}', 'healthcheck', expect.anything()],
  // the older builder and Buildah
  ['/bin/sh -c #(nop) ADD file:0a1b in / ', 'add', 'file:0a1b in /'],
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'cmd', '["bash"]'],
  ['/bin/sh -c apt-get update', 'run', 'apt-get update'],
  ['|2 A=b C=d e /bin/sh -c make', 'run', 'make'],
  ['/bin/bash -o pipefail -c make', 'run', 'make'],
  // what is no instruction
  ['/bin/bash', 'other', '/bin/bash'],
  ['nginx -g daemon off;', 'other', 'nginx -g daemon off;'],
  ["# debian.sh --arch 'amd64' out/ 'trixie' '@1762000000'", 'other', expect.anything()],
  ['run the thing', 'other', 'run the thing'],
  ['', 'other', ''],
])('%s', (createdBy, keyword, text) => {
  expect(readStep(createdBy)).toMatchObject({ keyword, text });
});

test('build arguments are told apart, with blanks in their values', () => {
  expect(readStep('RUN |2 A=b c D=e=f /bin/sh -c make # buildkit').buildArguments).toEqual([
    { name: 'A', value: 'b c' },
    { name: 'D', value: 'e=f' },
  ]);
});

test.each(['cmd /S /C dir', 'RUN powershell -Command dir', 'RUN cmd /S /C dir # buildkit'])(
  '%s is read by no shell of the POSIX family',
  (createdBy) => {
    expect(readStep(createdBy)).toMatchObject({ keyword: 'run', posix: false });
  },
);

test('a long line takes no long time', () => {
  const start = performance.now();
  for (const piece of ['|1 A=', ' -o', '/bin/', ' sh -c', '--a=b ']) readStep(`RUN ${piece.repeat(40_000)}`);
  expect(performance.now() - start).toBeLessThan(1000);
});
