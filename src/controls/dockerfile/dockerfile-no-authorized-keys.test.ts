import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileNoAuthorizedKeys as control } from './dockerfile-no-authorized-keys.ts';

const bad = [
  'COPY authorized_keys /root/.ssh/',
  'COPY --chmod=600 team.pub /home/app/.ssh/authorized_keys2',
  'ADD https://shop.example/keys /root/.ssh/authorized_keys',
  'COPY ["ssh/authorized_keys", "/tmp/keys"]',
  'RUN echo "$KEY" >> ~/.ssh/authorized_keys',
  'RUN cat /tmp/id_rsa.pub | tee -a /root/.ssh/authorized_keys',
  'RUN cp /tmp/id_rsa.pub /root/.ssh/authorized_keys && chmod 600 /root/.ssh/authorized_keys',
  'RUN curl -o /root/.ssh/authorized_keys https://shop.example/keys',
  'RUN curl -fsSLo /root/.ssh/authorized_keys https://shop.example/keys',
  'RUN ssh-import-id gh:somebody',
  'RUN ["ssh-import-id-gh", "somebody"]',
  'RUN su app -c "echo $KEY > /home/app/.ssh/authorized_keys"',
];

const good = [
  'RUN rm -f /root/.ssh/authorized_keys',
  'RUN mkdir -p /root/.ssh && touch /root/.ssh/authorized_keys && chmod 600 /root/.ssh/authorized_keys',
  'RUN echo "AuthorizedKeysFile /etc/ssh/authorized_keys" >> /etc/ssh/sshd_config',
  'RUN grep -q x /root/.ssh/authorized_keys > /dev/null',
  'COPY known_hosts /root/.ssh/known_hosts',
  'VOLUME /root/.ssh/authorized_keys',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('only stages that make the image count, and those that are copied into it as a whole', () => {
  const builder = 'FROM debian:13 AS build\nCOPY authorized_keys /root/.ssh/\nFROM debian:13\n';
  expect(failingLines(control, dockerfile(`${builder}COPY --from=build /web /web\n`))).toEqual([]);
  expect(failingLines(control, dockerfile(`${builder}COPY --from=build / /\n`))).toEqual([2]);
  expect(failingLines(control, dockerfile(`${builder}COPY --from=0 /. /\n`))).toEqual([2]);
  expect(failingLines(control, dockerfile(builder.replace('FROM debian:13\n', 'FROM build\n')))).toEqual([2]);
});
