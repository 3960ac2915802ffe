import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileNoChpasswd as control } from './dockerfile-no-chpasswd.ts';

const bad = [
  'RUN echo "root:$PASSWORD" | chpasswd',
  'RUN echo "root:x" | sudo /usr/sbin/chpasswd -e',
  'RUN echo secret | passwd --stdin app',
  'RUN passwd -d root',
  'RUN yes secret | passwd app',
  'RUN useradd -m -p "$(openssl passwd -1 x)" app',
  'RUN usermod --password=abc app',
  'RUN newusers < users.txt',
  'RUN echo "app:*" | chpasswd',
];

const good = [
  'RUN passwd -l root',
  'RUN passwd --lock root && passwd -S root',
  'RUN useradd -m -p "!" app && usermod -p "*" app',
  'RUN useradd --uid 10001 app',
  'RUN adduser -D app && echo "app:*" | chpasswd -e',
  'RUN adduser --disabled-password app',
  'RUN cat /etc/passwd && echo chpasswd',
  'RUN mkpasswd x',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('the value shown is the program, not the password', () => {
  const [verdict] = judgeText(control, dockerfile('FROM debian:13\nRUN usermod --password=abc app\n'));
  expect(JSON.stringify(verdict)).not.toContain('abc');
});
