import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileNoSshServer as control } from './dockerfile-no-ssh-server.ts';

const bad = [
  'RUN apt-get update && apt-get install -y openssh-server',
  'RUN apk add --no-cache openssh',
  'RUN apk add dropbear',
  'RUN apt-get install -y ssh',
  'EXPOSE 22',
  'EXPOSE 8080 22/tcp',
  'EXPOSE 20-25',
  'CMD ["/usr/sbin/sshd", "-D"]',
  'CMD exec /usr/sbin/sshd -D -e',
  'ENTRYPOINT service ssh start && web',
  'RUN systemctl enable sshd.service',
  'RUN rc-update add sshd',
  'RUN /etc/init.d/ssh start',
];

const good = [
  'RUN apt-get install -y openssh-client',
  'RUN apk add --no-cache openssh-client openssh-keygen',
  'RUN dnf install -y openssh openssh-clients',
  'EXPOSE 2222 22/udp 222',
  'RUN ssh git.example start-release',
  'RUN sshd -t',
  'CMD ["web", "sshd"]',
  'RUN rm -rf /etc/ssh && echo EXPOSE 22',
  'RUN apt-get install -y openssh-server && apt-get remove -y openssh-server',
  'RUN service nginx start',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a builder may have one', () => {
  const text = 'FROM debian:13 AS build\nRUN apt-get install -y openssh-server\nEXPOSE 22\nFROM debian:13\n';
  expect(failingLines(control, dockerfile(text))).toEqual([]);
});

test('a port by variable', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nARG PORT=22\nEXPOSE $PORT\n'))).toEqual([3]);
});
