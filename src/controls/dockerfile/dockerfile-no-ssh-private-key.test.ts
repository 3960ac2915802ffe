import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileNoSshPrivateKey as control } from './dockerfile-no-ssh-private-key.ts';

const bad = [
  'COPY id_rsa /root/.ssh/id_rsa',
  'COPY keys/id_ed25519 /tmp/key',
  'ADD --chmod=600 id_rsa_github /root/',
  'COPY deploy_key /root/.ssh/',
  'COPY .ssh /root/.ssh',
  'COPY .ssh/ /root/.ssh/',
  'COPY ./.ssh/* /root/.ssh/',
  'COPY github_rsa /root/.ssh/key',
  'COPY key /home/app/.ssh/id_ecdsa',
  'COPY ssh_host_rsa_key /etc/ssh/',
  'COPY --from=build /root/.ssh /root/.ssh',
  'RUN echo "$SSH_PRIVATE_KEY" > /root/.ssh/id_rsa && chmod 600 /root/.ssh/id_rsa',
  'RUN ssh-keygen -t ed25519 -N "" -f /root/.ssh/id_ed25519',
  'RUN ssh-keygen -A',
  'RUN printf "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAABG5v" > /root/k',
  'RUN cat <<EOF > /root/k\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75Qsd0p\nEOF',
];

const good = [
  'COPY id_rsa.pub /root/.ssh/',
  'COPY known_hosts config /root/.ssh/',
  'COPY .ssh/known_hosts /root/.ssh/known_hosts',
  'COPY ssh_config /etc/ssh/ssh_config',
  'RUN --mount=type=ssh git clone git@git.example:shop/web.git',
  'RUN --mount=type=secret,id=key,target=/root/.ssh/id_rsa git clone git@git.example:shop/web.git',
  'RUN echo "$KEY" > /root/.ssh/id_rsa && git clone git@git.example:shop/web.git && rm -f /root/.ssh/id_rsa',
  'RUN echo "$KEY" > /root/.ssh/id_rsa && git pull && rm -rf /root/.ssh/',
  'RUN mkdir -p /root/.ssh && ssh-keyscan git.example >> /root/.ssh/known_hosts',
  'RUN ssh-keygen -R git.example && ssh-keygen -lf /etc/ssh/key.pub && ssh-keygen -F git.example',
  'RUN grep -q "BEGIN RSA PRIVATE KEY" /tmp/x',
  'COPY universa /opt/universa',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a key in a builder is found too, and one that a later RUN removes', () => {
  const text = 'FROM debian:13 AS build\nCOPY id_rsa /root/.ssh/\nRUN rm /root/.ssh/id_rsa\nFROM scratch\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2]);
});

test('a key in a here-document is found where it stands', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75Qsd0p\n-----END RSA PRIVATE KEY-----';
  expect(failingLines(control, dockerfile(`FROM debian:13\nCOPY <<EOF /root/k\n${key}\nEOF\n`))).toEqual([3]);
});
