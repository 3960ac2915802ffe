import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileChmod777 as control } from './dockerfile-chmod-777.ts';

const bad = [
  'RUN chmod 777 /app',
  'RUN chmod 0777 /app',
  'RUN chmod -R 777 storage bootstrap/cache',
  'RUN chmod 777 -R /app',
  'RUN mkdir /data && chmod --recursive 666 /data',
  'RUN chmod 1777 /app/data',
  'RUN chmod 777 /tmp',
  'RUN chmod 2777 /data',
  'RUN chmod 602 /data',
  'RUN chmod a+w /data',
  'RUN chmod o+w /data',
  'RUN chmod -R ugo+rwx /data',
  'RUN chmod -R a+rwX /data',
  'RUN chmod a=rw /data',
  'RUN chmod u=rwx,go=rwx /data',
  'RUN chmod go=u /data',
  'RUN chmod a+wrx -R /data',
  'RUN chmod 777 /data && rm -rf /var/lib/apt/lists/*',
  'RUN chmod 777 /data && chmod 755 /data/x',
  'RUN chmod 755 /data && chmod 777 /data',
  'RUN mkdir -pm 777 /data',
  'RUN chmod u+x,o+w /data',
  'RUN sudo chmod 777 /data',
  'RUN find /data -type d -exec chmod 777 {} +',
  'RUN sh -c "chmod 777 /data"',
  'RUN ["chmod", "777", "/data"]',
  'RUN if [ -d /data ]; then chmod 777 /data; fi',
  'ENV MODE=777\nRUN chmod $MODE /data',
  'RUN install -d -m 0777 /data',
  'RUN install --directory --owner app --mode 1777 "$DATA"',
  'RUN install -m777 web /usr/local/bin/web',
  'RUN mkdir -p -m 777 /data',
  'RUN chmod 666 /var/run/docker.sock',
  'COPY --chmod=777 web /web',
  'COPY --chmod=0666 --chown=app web.conf /etc/',
  'ADD --chmod=a+rw web /web',
  'ONBUILD RUN chmod 777 /data',
];

const good = [
  'RUN chmod 755 /data',
  'RUN chmod 0775 /data',
  'RUN chmod 664 /data',
  'RUN chmod 4755 /usr/bin/web',
  'RUN chmod -R g=u /data',
  'RUN chmod -R g+rwX /data',
  'RUN chmod ug+rwx,o-w /data',
  'RUN chmod a+rwx,o-w /data',
  'RUN chmod a+rx /data',
  'RUN chmod +x /web',
  'RUN chmod +w /data',
  'RUN chmod o-w /data',
  'RUN chmod -w /data',
  'RUN chmod u=rwX,go=rX /data',
  'RUN chmod --reference=/a /b',
  'RUN chmod 1777 /tmp',
  'RUN mkdir /tmp/x && chmod 1777 /tmp /var/tmp',
  'RUN mkdir -m 1777 /tmp/.X11-unix',
  'RUN chmod a+rwx,o+t /tmp',
  'RUN chmod a+w /tmp',
  'RUN chmod 3777 /var/run/postgresql',
  'RUN install --directory --owner app --mode 3777 /var/run/postgresql',
  'RUN chmod a+w /dev/stdout',
  'RUN chmod 777 /data && make && chmod -R 755 /data',
  'RUN chmod -R 777 /src/build && make && rm -rf /src',
  'RUN chmod 777 ./install.sh && ./install.sh && rm install.sh',
  'RUN chmod 777 /tmp/x.run && /tmp/x.run && rm -rf /tmp/*',
  'RUN echo chmod 777 /data',
  'RUN chmod $UNKNOWN /data',
  'RUN make MODE=777 install',
  'RUN mkdir -p /777',
  'RUN install -m 0755 web /usr/local/bin/web',
  'COPY --chmod=755 web /web',
  'COPY --chmod=u=rwX,go=rX web /web',
  'COPY 777 /web',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([line.includes('\n') ? 3 : 2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('another stage does not take it back, and each place is named', () => {
  const text = 'FROM debian:13 AS build\nRUN chmod 777 /a \\\n  && chmod 666 /b\nFROM debian:13\nRUN chmod 755 /a\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2, 3]);
});

test.each([
  ['RUN chmod 777 /start.sh', 'RUN chmod 775 /start.sh'],
  ['RUN chmod 0777 ./gradlew', 'RUN chmod 0775 ./gradlew'],
  ['RUN chmod 777 /tmp', 'RUN chmod 1777 /tmp'],
  ['COPY --chmod=777 start.sh /', 'COPY --chmod=775 start.sh /'],
  ['RUN ["chmod", "666", "/a.py"]', 'RUN ["chmod", "664", "/a.py"]'],
])('mended: %s', (line, expected) => {
  const file = dockerfile(`FROM debian:13\n${line}\n`);
  const [remedy] = remediesOf(control, file);
  const text = remedy?.kind === 'text' ? applyEdits(file.text, remedy.edits) : '';
  expect(text).toBe(`FROM debian:13\n${expected}\n`);
  expect(failingLines(control, dockerfile(text))).toEqual([]);
});

test.each([
  'RUN chmod -R 777 /app',
  'RUN chmod 777 /data',
  'RUN chmod a+rwx /start.sh',
  'RUN mkdir -m 777 /usr/local/bin/work',
  'RUN install -d -m 777 /usr/local/bin/work',
  'ARG MODE=777\nRUN chmod $MODE /start.sh',
  'COPY --chmod=777 data /data',
])('left to a person: %s', (line) => {
  expect(remediesOf(control, dockerfile(`FROM debian:13\n${line}\n`))).toMatchObject([{ kind: 'manual' }]);
});
