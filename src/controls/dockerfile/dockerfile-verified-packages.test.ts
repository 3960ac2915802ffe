import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileVerifiedPackages as control } from './dockerfile-verified-packages.ts';

const bad = [
  'RUN curl -k https://shop.example/x',
  'RUN curl -fsSLk -o x https://shop.example/x',
  'RUN curl -ko x https://shop.example/x',
  'RUN sudo curl --insecure https://shop.example/x',
  'RUN ["curl", "-k", "https://shop.example/x"]',
  'RUN V=$(curl -sk https://shop.example/v)',
  'RUN wget --no-check-certificate https://shop.example/x',
  'RUN git -c http.sslVerify=false clone https://git.example/x.git',
  'RUN git config --global http.sslVerify false',
  'RUN git config --global http.https://git.example.sslVerify "false"',
  'RUN pip install --trusted-host pypi.example flask',
  'RUN python3 -m pip install --trusted-host=pypi.example flask',
  'RUN pip config set global.trusted-host pypi.example',
  'RUN uv pip install --allow-insecure-host pypi.example flask',
  'ENV PIP_TRUSTED_HOST=pypi.example',
  'ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
  'ENV NODE_TLS_REJECT_UNAUTHORIZED 0',
  'ARG PYTHONHTTPSVERIFY=0',
  'ENV GIT_SSL_NO_VERIFY=true',
  'RUN GIT_SSL_NO_VERIFY=1 git clone https://git.example/x.git',
  'RUN export NODE_TLS_REJECT_UNAUTHORIZED=0 && npm ci',
  'RUN env PYTHONHTTPSVERIFY=0 python setup.py',
  'ENV npm_config_strict_ssl=false',
  'ENV NPM_CONFIG_STRICT_SSL=false',
  'RUN npm config set strict-ssl false',
  'RUN npm set strict-ssl=false',
  'RUN npm ci --strict-ssl=false',
  'RUN npm install --no-strict-ssl',
  'RUN yarn config set strict-ssl false -g',
  'RUN yarn config set enableStrictSsl false',
  'RUN echo "strict-ssl=false" >> ~/.npmrc',
  'ENV GOINSECURE=git.example GOPROXY=direct',
  'ENV GOSUMDB=off',
  'RUN go env -w GOSUMDB=off',
  'RUN gem install --source http://gems.example rake',
  'RUN gem sources --add http://gems.example',
  'RUN bundle config ssl_verify_mode 0',
  'RUN composer config -g disable-tls true',
  'RUN conda config --set ssl_verify false',
  'RUN apk add --no-cache --allow-untrusted x.apk',
  'RUN apt-get install -y --allow-unauthenticated curl',
  'RUN apt-get --force-yes -y install curl',
  'RUN apt-get -o APT::Get::AllowUnauthenticated=true install curl',
  'RUN apt-get update -o Acquire::https::Verify-Peer=false',
  'RUN echo "deb [trusted=yes] https://deb.example stable main" > /etc/apt/sources.list.d/x.list',
  'RUN echo "deb [arch=amd64 trusted=yes] https://deb.example /" | tee /etc/apt/sources.list.d/x.list',
  `RUN echo 'Acquire::https::Verify-Peer "false";' > /etc/apt/apt.conf.d/99x`,
  'RUN yum install -y --nogpgcheck x',
  'RUN dnf install -y --setopt=sslverify=false x',
  'RUN dnf -y --setopt=*.gpgcheck=0 install x',
  'RUN microdnf install --setopt sslverify=0 x',
  'RUN yum-config-manager --save --setopt=sslverify=false',
  'RUN echo "sslverify=false" >> /etc/yum.conf',
  'RUN printf "[x]\\nbaseurl=https://x\\ngpgcheck=0\\n" > /etc/yum.repos.d/x.repo',
  "RUN sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/x.repo",
  'RUN rpm -Uvh --nodigest --nosignature x.rpm',
  'RUN zypper --no-gpg-checks -n in x',
  'RUN zypper addrepo -G https://x x',
];

const good = [
  'RUN curl -fsSL -H "k: v" -o k https://shop.example/x',
  'RUN curl -o -k https://shop.example/x',
  'RUN curl -k https://localhost:8443/health',
  'RUN wget -qO- https://shop.example/x',
  'RUN echo "curl -k"',
  'HEALTHCHECK CMD curl -k https://shop.example/',
  'RUN git config --global http.sslVerify true',
  'RUN pip install --index-url https://pypi.example flask',
  'ENV NODE_TLS_REJECT_UNAUTHORIZED=1 PYTHONHTTPSVERIFY=1',
  'ENV NPM_CONFIG_STRICT_SSL=true',
  'RUN npm config set registry https://npm.example',
  'ENV GOPRIVATE=git.example GONOSUMDB=git.example GOSUMDB=sum.golang.org',
  'RUN gem install --source https://gems.example rake',
  'RUN apk add --no-cache curl',
  'RUN apt-get -o Acquire::Check-Valid-Until=false update',
  'RUN echo "deb [signed-by=/usr/share/keyrings/x.gpg] https://deb.example stable main" > /etc/apt/sources.list.d/x.list',
  "RUN sed -i 's/gpgcheck=0/gpgcheck=1/' /etc/yum.repos.d/x.repo",
  'RUN printf "[x]\\nrepo_gpgcheck=0\\ngpgcheck=1\\n" > /etc/yum.repos.d/x.repo',
  'RUN dnf install -y --setopt=install_weak_deps=False x',
  'RUN echo "deb [ trusted=yes ] file://$folder ./" > /etc/apt/sources.list.d/x.list',
  'RUN rpm --import https://shop.example/key',
  'RUN zypper --gpg-auto-import-keys refresh',
  'RUN make --insecure',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))[0]).toBe(2);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('every option is a place of its own, in builders and here-documents too', () => {
  const text = `FROM debian:13 AS build
RUN curl -k https://shop.example/a \\
 && sudo wget --no-check-certificate \\
      https://shop.example/b
RUN <<END
set -e
apk add --allow-untrusted a.apk
END
COPY <<REPO /etc/yum.repos.d/x.repo
[x]
gpgcheck=0
REPO
RUN cat <<REPO > /etc/yum.repos.d/y.repo
sslverify=0
REPO
FROM debian:13
`;
  const lines = failingLines(control, dockerfile(text));
  expect(lines).toHaveLength(5);
  expect(lines).toEqual(expect.arrayContaining([2, 3, 7]));
});
