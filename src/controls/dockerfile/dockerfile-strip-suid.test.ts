import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileStripSuid as control } from './dockerfile-strip-suid.ts';

const bad = [
  'RUN chmod u+s /usr/local/bin/web',
  'RUN chmod 4755 /usr/local/bin/web',
  'RUN chmod -v 06755 /usr/local/bin/web',
  'RUN chmod u=rwxs,go=rx /usr/local/bin/web',
  'RUN chmod +s /usr/local/bin/web',
  'RUN chmod g+s /usr/local/bin/web',
  'RUN chmod 2755 /usr/local/bin/web',
  'RUN install -m 4755 web /usr/local/bin/web',
  'RUN install --mode=u+s web /usr/local/bin/web',
  'COPY --chmod=4755 web /usr/local/bin/web',
  'RUN apt-get install -y policykit-1',
  'RUN chmod u+s /a && chmod u-s /b',
];

const good = [
  'RUN chmod 0755 /usr/local/bin/web && chmod +x /b && chmod u-s /c',
  'RUN mkdir -p /data && chmod g+s /data && chmod 2775 /data',
  'RUN chmod -R g+ws /anything',
  'RUN find /data -type d -exec chmod g+s {} +',
  'RUN chmod g+rwxs /data/',
  'RUN chmod 1777 /tmp',
  'RUN install -d -m 2775 /data',
  'RUN chmod u+s /usr/local/bin/web && make && chmod u-s /usr/local/bin/web',
  'RUN chmod u+s /a\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +',
  'RUN chmod u+s /a\nRUN find / -perm -4000 -type f | xargs chmod u-s',
  'RUN chmod u+s /a\nRUN find / -perm -u+s -type f -delete',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('the bit comes back when the files are stripped before it is set', () => {
  const text = 'FROM debian:13\nRUN find / -perm /6000 -exec chmod a-s {} +\nRUN chmod u+s /a\n';
  expect(failingLines(control, dockerfile(text))).toEqual([3]);
});
