import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileNoSudoers as control } from './dockerfile-no-sudoers.ts';

const bad = [
  'RUN apt-get install -y curl sudo',
  'RUN apk add --no-cache sudo=1.9.15-r0',
  'RUN dnf -y install sudo',
  'RUN sudo make install',
  'RUN ["sudo", "make"]',
  'RUN echo "app ALL=(ALL) NOPASSWD:ALL" >> /etc/sudoers',
  'RUN echo "app ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/app && chmod 0440 /etc/sudoers.d/app',
  "RUN sed -i 's/%sudo.*/%sudo ALL=NOPASSWD:ALL/' /etc/sudoers",
  'COPY sudoers /etc/sudoers',
  'COPY app.sudo /etc/sudoers.d/',
  'RUN usermod -aG sudo app',
  'RUN useradd -m -G docker,wheel app',
  'RUN useradd --groups=sudo app',
  'RUN adduser app sudo',
  'RUN addgroup app wheel',
  'RUN gpasswd -a app wheel',
];

const good = [
  'RUN apt-get install -y sudo && make && apt-get purge -y sudo',
  'RUN apt-get install -y sudo-',
  'RUN apt-get install -y curl && echo sudo',
  'RUN rm -f /etc/sudoers.d/app',
  'RUN useradd -m -G video app',
  'RUN adduser --disabled-password sudo',
  'RUN cp /etc/sudoers /tmp/sudoers',
  'RUN groupadd app',
  "RUN sed -i.bak -e 's/^%admin/#%admin/' -e 's/^%sudo/# %sudo/' /etc/sudoers",
  "RUN sed -i '/NOPASSWD/d' /etc/sudoers",
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a builder may have it, but no stage needs to call it', () => {
  const text =
    'FROM debian:13 AS build\nRUN apt-get install -y sudo\nRUN sudo make\nFROM debian:13\nCOPY --from=build /web /web\n';
  expect(failingLines(control, dockerfile(text))).toEqual([3]);
});
