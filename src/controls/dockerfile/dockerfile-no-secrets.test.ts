import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileNoSecrets as control } from './dockerfile-no-secrets.ts';

const token = `ghp_${'a1B2'.repeat(9)}`;

const bad = [
  'ENV DB_PASSWORD=changeme',
  'ENV DB_PASSWORD changeme',
  'ENV A=1 AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzz"',
  'ENV DATABASE_URL=postgres://app:hunter2@db/shop',
  `LABEL note="${token}"`,
  'ARG NPM_TOKEN',
  'ARG GITHUB_TOKEN=',
  'ARG SSH_PRIVATE_KEY',
  'ARG DB_PASSWORD=${OTHER}',
  'ENV API_KEY=$API_KEY',
  'ARG AWS_ACCESS_KEY_ID',
  `RUN curl -H "Authorization: token ${token}" https://git.example`,
  'RUN curl -u app:hunter2 https://shop.example',
  'RUN curl -fsSu app:hunter2 https://shop.example',
  'RUN curl -H "X-Api-Key: k3yk3yk3yk3y" https://shop.example',
  'RUN curl -H "Authorization: Basic YXBwOmh1bnRlcjI=" https://shop.example',
  'RUN git clone https://app:hunter2@git.example/shop/web.git',
  'RUN export DB_PASSWORD=hunter2 && make',
  'RUN DB_PASSWORD=hunter2 make',
  'RUN ./setup --password hunter2',
  'RUN ./setup --db-password=hunter2',
  'RUN ["./setup", "--password=hunter2"]',
  'RUN htpasswd -bc /etc/nginx/.htpasswd app hunter2',
  'RUN htpasswd -nb app hunter2',
  'RUN sshpass -p hunter2 ssh git.example',
  'RUN mysql -uroot -phunter2 -e "select 1"',
  `RUN mysql -e "CREATE USER app IDENTIFIED BY 'hunter2'"`,
  `RUN psql -c "ALTER USER app PASSWORD 'hunter2'"`,
  'RUN docker login -u app -p hunter2 registry.example',
  'RUN echo "root:hunter2" | chpasswd',
  'RUN echo hunter2 | passwd --stdin app',
  'RUN echo "//npm.example/:_authToken=abcdef123456" > .npmrc',
  'RUN npm config set //npm.example/:_authToken abcdef123456',
  'RUN echo "machine git.example login app password hunter2" > ~/.netrc',
  'RUN echo "mysql-server mysql-server/root_password password hunter2" | debconf-set-selections',
  'RUN aws configure set aws_secret_access_key hunter2hunter2',
  'RUN gcloud auth activate-service-account --key-file=/tmp/x',
  'RUN echo "export API_TOKEN=k3yk3yk3yk3y" >> /etc/profile',
  'CMD ["web", "--password=hunter2"]',
  'CMD DB_PASSWORD=hunter2 web',
  'HEALTHCHECK CMD curl -u app:hunter2 http://localhost/',
  'ONBUILD ENV DB_PASSWORD=changeme',
  'COPY .env /srv/',
  'COPY package.json .npmrc ./',
  'COPY --from=build /src/.env.production /srv/.env',
  'ADD .aws /root/.aws',
  'COPY aws/credentials /root/.aws/credentials',
  'COPY config.json /root/.docker/config.json',
  'COPY .docker/config.json /tmp/',
  'COPY .netrc /root/',
  'COPY .git-credentials /root/',
  'COPY certs/privkey.pem /etc/ssl/',
  'COPY server-key.pem server.key /etc/ssl/',
  'COPY kubeconfig /root/.kube/config',
  'COPY credentials.json service-account.json /srv/',
  'COPY config/secrets.yml /srv/config/',
  'COPY config/master.key /srv/config/',
  'COPY keystore.p12 /srv/',
  'COPY prod.env /srv/settings',
  'COPY settings /srv/.env',
  'ADD https://app:hunter2@shop.example/web /web',
];

const good = [
  'ENV DB_PASSWORD=',
  'ENV DB_PASSWORD_FILE=/run/secrets/db',
  'ENV SECRET_NAME=db TOKEN_TTL=3600 PASSWORD_MIN_LENGTH=12 TOKEN_URL=https://login.example/',
  'ENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D',
  'ENV API_KEY=<your-key>',
  'ARG TOKEN_PATH',
  'ARG PASSWORD_FILE=/run/secrets/x',
  'ARG VERSION=1.2.3 PUBLIC_KEY KEYCLOAK_VERSION',
  'ARG USE_TOKEN=true',
  'LABEL org.opencontainers.image.source="https://git.example/shop/web"',
  'RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) make',
  'RUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://x .',
  'RUN --mount=type=secret,id=gcp gcloud auth activate-service-account --key-file=/run/secrets/gcp',
  'RUN --mount=type=secret,id=npmrc,target=.npmrc npm ci',
  'RUN curl -H "Authorization: Bearer $TOKEN" -u "app:$PASSWORD" https://shop.example',
  'RUN git clone https://oauth2:${TOKEN}@git.example/shop/web.git',
  'RUN git config --global url."https://${TOKEN}:x-oauth-basic@git.example/".insteadOf https://git.example/',
  'RUN ./setup --password "$pass" --token="${token}" --secret $(cat s)',
  'RUN docker login -u app --password-stdin registry.example',
  'RUN adduser --disabled-password app',
  'RUN SECRET_KEY_BASE=dummy rails assets:precompile',
  'RUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile',
  'RUN SECRET_KEY=not-a-secret python manage.py collectstatic',
  'RUN echo "app:$PASSWORD" | chpasswd',
  'RUN sed -i "s/password=.*/password=$PASSWORD/" /srv/settings',
  'RUN grep -q "password=" /srv/settings',
  'RUN echo "//npm.example/:_authToken=${NPM_TOKEN}" > .npmrc',
  'RUN if [ -z "$DB_PASSWORD" ]; then echo "set DB_PASSWORD"; fi',
  'RUN mysql -p"$MYSQL_PASSWORD" -e "select 1"',
  'RUN mkdir -p /var/www && tar -xpf x.tar',
  'CMD ["web", "--password-file=/run/secrets/db"]',
  'COPY .env.example .env',
  'COPY .env.sample .env.template /srv/',
  'COPY ca.pem fullchain.pem global-bundle.pem /etc/ssl/',
  'COPY nodesource.gpg.key docker-archive.key /etc/apt/keyrings/',
  'COPY .docker/php.ini /etc/php/',
  'COPY config/credentials.yml.enc /srv/config/',
  'COPY secrets.go environment.ts .envrc.md /srv/',
  'COPY truststore.jks /srv/',
  'COPY . .',
  'COPY token.txt.sample /srv/',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))[0]).toBe(2);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test.each(bad)('shown without the value: %s', (line) => {
  const shown = JSON.stringify(judgeText(control, dockerfile(`FROM debian:13\n${line}\n`)));
  expect(shown).not.toMatch(/hunter2|changeme|wJalr|a1B2|k3yk3y|abcdef123|YXBwOmh/);
});

test('each stage counts, each place is one finding, and lines are exact', () => {
  const text = `ARG GLOBAL_TOKEN
FROM debian:13 AS build
ENV A=1 \\
    DB_PASSWORD=changeme \\
    B=2
RUN true && \\
    sudo sh -c "./setup --password hunter2"
COPY <<END /srv/settings
name=web
password=hunter2
url=\${URL}
END
FROM debian:13
ENV GOOGLE_APPLICATION_CREDENTIALS=/srv/key.json
COPY . /srv
`;
  const lines = failingLines(control, dockerfile(text));
  expect(lines.toSorted((left, right) => Number(left) - Number(right))).toEqual([1, 4, 7, 10, 14]);
});

test('an argument with a value is found where it is given and where it is taken over', () => {
  const text = 'FROM debian:13\nARG PASSWORD=hunter2\nENV DB_PASSWORD=$PASSWORD\n';
  expect(failingLines(control, dockerfile(text))).toEqual([2, 3]);
});

test('what a RUN writes by a here-document', () => {
  const text = 'FROM debian:13\nRUN cat <<END > /srv/settings\nname=web\npassword: hunter2\nEND\n';
  expect(failingLines(control, dockerfile(text))).toHaveLength(1);
  expect(failingLines(control, dockerfile(text.replace('hunter2', '${PASSWORD}')))).toEqual([]);
});
