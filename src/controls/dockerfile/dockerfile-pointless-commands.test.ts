import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePointlessCommands as control } from './dockerfile-pointless-commands.ts';

test.each<[string, string, number[]]>([
  ['each of them', 'FROM debian:13\nRUN service nginx start && \\\n  ps aux\nRUN top -b; kill 1\n', [2, 3, 4, 4]],
  [
    'names in other places',
    'FROM debian:13\nRUN apt-get install -y vim ssh && echo top && systemctl enable nginx && /opt/kill.sh\n',
    [],
  ],
  [
    'ssh with a mount for it',
    'FROM debian:13\nRUN --mount=type=ssh ssh -T git@git.example\nRUN ssh -T git@git.example\n',
    [3],
  ],
  [
    'mount in an insecure RUN',
    'FROM debian:13\nRUN --security=insecure mount -t tmpfs x /mnt\nRUN mount -t tmpfs x /mnt\n',
    [3],
  ],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the list is a parameter', () => {
  const file = dockerfile('FROM debian:13\nRUN htop\n');
  expect(failingLines(control, file, { parameters: { programs: ['ps'] } })).toEqual([]);
});
