import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileSecretMountInLayer as control } from './dockerfile-secret-mount-in-layer.ts';

const bad = [
  'id=t cp /run/secrets/t /root/.npmrc',
  'id=t mkdir -p /a && cp /run/secrets/t /a/ && make',
  'id=t install -m 600 /run/secrets/t /etc/t',
  'id=t cat /run/secrets/t > /root/.npmrc',
  'id=t cat /run/secrets/t >> .env',
  'id=t cat </run/secrets/t >.env',
  'id=t cat /run/secrets/t | tee /etc/t',
  'id=t cat /run/secrets/t | base64 -d > /etc/t',
  'id=t,target=/t dd if=/t of=/etc/t',
  'id=t,dst=/t sed s/a/b/ /t > /etc/t',
  'id=t echo "token=$(cat /run/secrets/t)" > .npmrc',
  'id=t TOKEN=$(cat /run/secrets/t) && echo "token=$TOKEN" > .npmrc',
  'id=t export TOKEN="$(cat /run/secrets/t)"; printf "%s" "${TOKEN}" > .npmrc',
  'id=t,env=TOKEN echo "$TOKEN" > .npmrc',
  'id=t read -r TOKEN < /run/secrets/t && echo "$TOKEN" > .npmrc',
  'id=t sed -i "s/TOKEN/$(cat /run/secrets/t)/" web.conf',
  'id=t npm config set //npm.example/:_authToken $(cat /run/secrets/t)',
  'id=t git config --global url."https://$(cat /run/secrets/t)@git.example/".insteadOf https://git.example/',
  'id=t dotnet nuget add source https://a.example/ -u a -p $(cat /run/secrets/t)',
  'id=t sudo cp /run/secrets/t /root/.npmrc',
  'id=t sh -c "cat /run/secrets/t > /root/.npmrc"',
  'id=t cp /run/secrets/* /root/',
  'id=t cp /run/secrets/t . && rm other',
  'id=t cp -t /etc/ /run/secrets/t',
  'id=t rm -f /root/.npmrc && cp /run/secrets/t /root/.npmrc',
];

test.each(bad)('found: %s', (rest) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\nRUN --mount=type=secret,${rest}\n`))).toEqual([2]);
});

const good = [
  'id=t,target=/root/.npmrc npm ci',
  'id=t TOKEN=$(cat /run/secrets/t) npm ci',
  'id=t curl -H "Authorization: Bearer $(cat /run/secrets/t)" https://shop.example/a > a',
  'id=t cat /run/secrets/t > /dev/null',
  'id=t cat /run/secrets/t > /dev/shm/t && use /dev/shm/t',
  'id=t cat /run/secrets/t 2>/dev/null | login --stdin',
  'id=t cat /run/secrets/t | docker login --password-stdin > log',
  'id=t cp /run/secrets/t /root/.npmrc && npm ci && rm -f /root/.npmrc',
  'id=t cp /run/secrets/t ~/.npmrc && npm ci; rm ~/.npmrc',
  'id=t cp /run/secrets/t . && use && rm t',
  'id=t cp /run/secrets/t /root/ && use && rm /root/t',
  'id=t cat /run/secrets/t > /tmp/t/a && use && rm -rf /tmp/t',
  'id=t trap "rm -f .npmrc" EXIT; cp /run/secrets/t .npmrc && npm ci',
  "id=t echo 'token=${TOKEN}' > .npmrc && TOKEN=$(cat /run/secrets/t) npm ci",
  'id=t echo "/run/secrets/t" > path.txt',
  'id=t ln -s /run/secrets/t /root/.npmrc && npm ci && rm /root/.npmrc',
  'id=t --mount=type=tmpfs,target=/root cp /run/secrets/t /root/.npmrc',
  'id=t --mount=type=bind,target=/src,rw cp /run/secrets/t /src/.npmrc',
  'id=t git config --global a.b "$(cat /run/secrets/t)" && make && git config --global --unset a.b',
  'id=t cp /run/secrets/tools /etc/',
  'id=ca cp /run/secrets/ca /usr/local/share/ca-certificates/own.crt && update-ca-certificates',
  'id=t if [ -f /run/secrets/t ]; then export A="$(cat /run/secrets/t)"; fi && make > log',
  'id=t git config --global user.name ann',
];

test.each(good)('left alone: %s', (rest) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\nRUN --mount=type=secret,${rest}\n`))).toEqual([]);
});

test('a here-document is a script, and what it writes counts at its line', () => {
  const text = `FROM debian:13
RUN --mount=type=secret,id=t <<EOF
set -e
cat <<CONF > /etc/web.conf
token=$(cat /run/secrets/t)
CONF
cp /run/secrets/t /etc/t
EOF
`;
  expect(failingLines(control, dockerfile(text))).toEqual([4, 7]);
});

test('without a mount the same command is another question', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nRUN cp /run/secrets/t /etc/t\n'))).toEqual([]);
});
