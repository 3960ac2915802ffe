import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileDownloadIntegrity as control } from './dockerfile-download-integrity.ts';

const strict = { parameters: { requireChecksum: true } };
const site = 'shop.example/web.tgz';

/** Over HTTP it fails always, over HTTPS where checksums are required. */
const downloads = [
  `RUN curl -fsSLO SCHEME://${site}`,
  `RUN curl -fsSLo /opt/web.tgz SCHEME://${site}`,
  `RUN curl -o/opt/web.tgz SCHEME://${site}`,
  `RUN curl --output /opt/web.tgz --url SCHEME://${site}`,
  `RUN curl -L SCHEME://${site} --remote-name`,
  `RUN curl -L SCHEME://${site} > /opt/web.tgz`,
  `RUN curl -L SCHEME://${site} | tar -xz -C /opt`,
  `RUN curl -L SCHEME://${site} | sudo tar -xz -C /opt`,
  `RUN curl -L SCHEME://${site} | tee /opt/web > /dev/null`,
  `RUN curl -L SCHEME://${site} | sed s/a/b/ > /opt/web.conf`,
  `RUN wget SCHEME://${site}`,
  `RUN wget -q -O /opt/web.tgz "SCHEME://${site}"`,
  `RUN wget -qO- SCHEME://${site} | tar xz`,
  `RUN wget -P /opt SCHEME://${site} && dpkg -i /opt/web.deb`,
  `RUN wget -T 30 -t 3 -d -I /a SCHEME://${site}`,
  `RUN wget -nv -c -O /opt/web.tgz SCHEME://${site}`,
  `RUN curl -sSLOJ SCHEME://${site}`,
  `RUN curl -#Lo x SCHEME://${site}`,
  `RUN curl -L SCHEME://shop.example/web-$(uname -s)-$(uname -m) > /usr/bin/web`,
  `RUN set -eux; cd /opt; curl -fL -H "A: b" -o web "SCHEME://${site}?a=b&c=d" || exit 1`,
  `RUN wget SCHEME://localhost.shop.example/web.tgz`,
  `RUN wget --output-document=/opt/web SCHEME://${site}`,
  `RUN ["wget", "SCHEME://${site}"]`,
  `RUN if true; then wget SCHEME://${site}; fi`,
  `RUN SITE=SCHEME://shop.example && wget $SITE/web.tgz`,
  `ENV SITE=SCHEME://shop.example\nRUN wget \${SITE}/web.tgz`,
  `RUN curl -x http://proxy.example:3128 -LO SCHEME://${site}`,
  `RUN wget SCHEME://${site} && sha256sum web.tgz`,
  `RUN wget SCHEME://${site} && wget https://shop.example/web.tgz.sha256`,
];

test.each(downloads)('found: %s', (line) => {
  const at = line.includes('\n') ? 3 : 2;
  const over = (scheme: string) => dockerfile(`FROM debian:13\n${line.replaceAll('SCHEME', scheme)}\n`);
  expect(failingLines(control, over('http'))).toEqual([at]);
  expect(failingLines(control, over('https'))).toEqual([]);
  expect(failingLines(control, over('https'), strict)).toEqual([at]);
});

test.each([
  'RUN curl -fsSLO http://shop.example/web.tgz && echo "HASH  web.tgz" | sha256sum -c -',
  'RUN curl -fsSLO http://shop.example/web.tgz && echo "HASH  web.tgz" | sha512sum --check --strict',
  'RUN curl -fsSLO http://shop.example/web.tgz && echo "HASH *web.tgz" | shasum -a 256 -c',
  'RUN curl -fsSLO http://shop.example/web.tgz && [ "$(sha256sum web.tgz | cut -d" " -f1)" = "$HASH" ]',
  'RUN curl -fsSLO http://shop.example/web.tgz && sha256sum web.tgz | grep HASH',
  'RUN wget http://shop.example/web.tgz http://shop.example/web.tgz.asc && gpg --batch --verify web.tgz.asc web.tgz',
  'RUN wget http://shop.example/web.tgz && cosign verify-blob --key k.pub --signature s web.tgz',
  'RUN wget http://shop.example/web.tgz && minisign -Vm web.tgz -P KEY',
  'RUN wget http://shop.example/web.tgz && openssl dgst -sha256 -verify k.pem -signature s web.tgz',
  'RUN wget http://shop.example/web.tgz && test "$(openssl dgst -sha256 web.tgz)" = "$HASH"',
  'RUN wget http://shop.example/web.tgz && verify_checksum web.tgz',
  'RUN wget http://shop.example/web.tgz\nRUN echo "HASH  web.tgz" | sha256sum -c',
  'RUN curl http://shop.example/install.sh | sh',
  'RUN sh -c "$(curl -fsSL http://shop.example/install.sh)"',
  'RUN bash <(curl -s http://shop.example/i)',
  'RUN curl -fsSL http://shop.example/key.gpg | gpg --dearmor -o /usr/share/keyrings/shop.gpg',
  'RUN wget -qO - http://shop.example/key | apt-key add -',
  'RUN curl -fsSL https://shop.example/gpg -o /etc/apt/keyrings/shop.asc',
  'RUN curl -fsSL https://shop.example/gpg | tee /etc/apt/trusted.gpg.d/shop.asc > /dev/null',
  'RUN wget -P /etc/apk/keys https://shop.example/shop.rsa.pub',
  'RUN curl -o /etc/yum.repos.d/shop.repo https://shop.example/shop.repo',
  'RUN curl -fO http://localhost:8080/health',
  'RUN wget -qO /tmp/x http://127.0.0.1/health',
  'RUN curl -f http://shop.example/',
  'RUN curl -f http://shop.example/; cat a | tar xz',
  'RUN curl -fso /dev/null http://shop.example/',
  'RUN wget -q --spider http://shop.example/',
  'RUN curl -fsSI -o headers http://shop.example/',
  'RUN curl -sd a=b -o answer http://shop.example/',
  'RUN wget --post-data=a=b http://shop.example/',
  'RUN curl -fsSLO http://shop.example/web.tgz && echo "HASH  web.tgz" | sha256sum -cs',
  'RUN wget -qO- http://shop.example/ > /dev/null 2>&1',
  'RUN curl -X POST -o answer http://shop.example/hook',
  'RUN VERSION="$(curl -s http://shop.example/version)" && echo "$VERSION"',
  'RUN curl -s http://shop.example/version.json | jq -r .tag',
  'RUN curl -s http://shop.example/version.json | python3 -c "import json"',
  'RUN curl -e http://shop.example/ -H "Origin: http://shop.example" -o x $URL',
  'RUN echo wget http://shop.example/web.tgz',
  'RUN apt-get install -y curl wget',
  'RUN apk add --repository http://shop.example/alpine web',
  'ADD http://shop.example/web.tgz /opt/',
  'HEALTHCHECK CMD wget -O /tmp/x http://shop.example/',
  'CMD curl -O http://shop.example/web.tgz',
])('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`), strict)).toEqual([]);
});

test('a check in another stage, or of another file, is none', () => {
  const text =
    'FROM debian:13 AS one\nRUN wget http://shop.example/a.tgz\nRUN echo "HASH b.tgz" | sha256sum -c\n' +
    'FROM debian:13\nRUN echo "HASH a.tgz" | sha256sum -c\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2]);
});

test.each<[string, number[]]>([
  ['tar xz', [2, 3]],
  ['sh', []],
])('what a group writes into a pipe counts for each of its downloads: %s', (reader, lines) => {
  const text = `FROM debian:13\nRUN (curl -L http://shop.example/a ||\\\n wget -qO- http://shop.example/a) | ${reader}\n`;
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('each address is named at its line, and a list of repositories over plain HTTP too', () => {
  const text =
    'FROM debian:13\nRUN curl -O http://shop.example/a \\\n  -O http://shop.example/b\n' +
    'RUN curl -o /etc/yum.repos.d/shop.repo http://shop.example/shop.repo\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2, 3, 4]);
});

test.each(['http://app:hunter2hunter2@shop.example/web.tgz', 'http://shop.example/web.tgz?token=hunter2'])(
  'a password in the address is not shown: %s',
  (address) => {
    const text = `FROM debian:13\nRUN wget ${address}\n`;
    expect(JSON.stringify(judgeText(control, dockerfile(text)))).not.toContain('hunter2');
    expect(failingLines(control, dockerfile(text))).toEqual([2]);
  },
);
