import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePipeToShell as control } from './dockerfile-pipe-to-shell.ts';

const bad = [
  'RUN curl -fsSL https://shop.example/install.sh | sh',
  'RUN curl -fsSL https://shop.example/install.sh | bash -s -- -y',
  'RUN wget -qO- https://shop.example/install.sh | sudo -E bash -',
  'RUN wget -qO- "$URL" | VERSION=1 sh -x',
  'RUN curl https://shop.example/x.gz | gunzip | bash',
  'RUN curl -sS https://shop.example/installer | php -- --install-dir=/usr/bin',
  'RUN curl -sSL https://shop.example/install.py | python3 -',
  'RUN curl -sSL https://shop.example/install.py | POETRY_HOME=/opt python3',
  'RUN sh -c "$(curl -fsSL https://shop.example/install.sh)"',
  'RUN bash -c "$(wget -qO- https://shop.example/install.sh)"',
  'RUN bash <(curl -s https://shop.example/install.sh)',
  'RUN eval "$(curl -s https://shop.example/env)"',
  'RUN (curl -Ls https://shop.example/i || wget -qO- https://shop.example/i) | sh',
  'RUN { curl -Ls https://shop.example/i; } | sudo bash',
  'RUN curl -sS https://shop.example/get.py | python${PYTHON_VERSION}',
  'RUN curl -sS https://shop.example/get.py | /opt/bin/python$V -',
  'RUN set -eux; curl -s https://shop.example/i | bash -o pipefail',
];

const good = [
  'RUN curl -fsSLo i.sh https://shop.example/i.sh && echo "x  i.sh" | sha256sum -c && sh i.sh',
  'RUN curl https://shop.example/x.tgz | tar xz',
  'RUN curl https://shop.example/key | gpg --dearmor -o /usr/share/keyrings/x.gpg',
  'RUN curl https://shop.example/v.json | python3 -c "import json,sys; print(json.load(sys.stdin))"',
  'RUN curl https://shop.example/v.json | python3 -m json.tool',
  'RUN curl https://shop.example/v | perl -ne "print"',
  'RUN curl https://shop.example/v | node -e "process.stdin"',
  'RUN curl https://shop.example/data | bash import.sh',
  'RUN curl https://shop.example/v | sh -c "cat > /v"',
  'RUN curl http://localhost:8080/script | sh',
  'RUN cat script.sh | sh',
  'RUN curl -o x https://shop.example/x; (cat x && echo done) | sh',
  'RUN curl https://shop.example/v.json | $READER -',
  'RUN curl https://shop.example/v; sh script.sh',
  'RUN VERSION="$(curl https://shop.example/v)" && echo "$VERSION"',
  'RUN sh -c "curl -o x https://shop.example/x"',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});
