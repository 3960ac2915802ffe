import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileNoAccountFileEdits as control } from './dockerfile-no-account-file-edits.ts';

const bad = [
  'RUN echo "app:x:10001:10001::/:" >> /etc/passwd',
  'RUN printf "app:x:10001:\\n" | tee -a /etc/group',
  "RUN sed -i 's/^root:.*/root::0:0:root:\\/root:\\/bin\\/sh/' /etc/passwd",
  "RUN sed -ri -e 's/a/b/' -e 's/c/d/' /etc/shadow /etc/group",
  "RUN sed --in-place=.bak 's/a/b/' //etc/./gshadow",
  'RUN cp passwd /etc/',
  'RUN install -m 644 /tmp/passwd /etc/passwd',
  "RUN perl -pi -e 's/a/b/' /etc/passwd",
  'COPY passwd /etc/passwd',
  'COPY passwd group /etc/',
  'ADD passwd /etc',
  'COPY --from=build /etc/shadow /etc/shadow',
  'RUN chmod g=u /etc/passwd',
  'RUN chmod 664 /etc/passwd /etc/group',
  'RUN chmod -R a+rw /etc/passwd',
];

const good = [
  'RUN useradd --uid 10001 app && usermod -L root && groupadd web',
  'RUN adduser -D -u 10001 app',
  'RUN grep app /etc/passwd && cat /etc/group > /tmp/group',
  "RUN sed 's/a/b/' /etc/passwd",
  "RUN sed -i 's#/etc/passwd#x#' /srv/settings",
  'COPY --from=build /etc/passwd /etc/group /etc/',
  'RUN chmod 644 /etc/passwd && chmod u=rw,go=r /etc/group',
  'RUN echo "app:x:1:1::/:" > /tmp/passwd',
  'RUN echo x >> /etc/pam.d/passwd',
  'RUN cp /etc/passwd /tmp/passwd',
  'COPY nginx/passwd /etc/nginx/passwd',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a builder may write them', () => {
  const text =
    'FROM debian:13 AS build\nRUN echo "app:x:1:1::/:" > /etc/passwd\nFROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\n';
  expect(failingLines(control, dockerfile(text))).toEqual([]);
});
