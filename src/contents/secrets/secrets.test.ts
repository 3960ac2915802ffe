import { assert, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../test/cataloged.ts';
import type { FileContent } from '../../model/file-tree.ts';
import { sampleOf } from './samples/samples.fixture.ts';
import { drawn, drawsOf } from './samples/template.fixture.ts';
import { findInFile, findInText, type TextHint } from './secrets.ts';

const token = sampleOf('npm-token').text;

describe('in files', () => {
  test('says where a secret begins, and nothing of it', () => {
    const text = `# Schlüssel für é\n\n  "ñ": "${token}",\n`;
    expect(findInFile('app/login.json', contentOf(Buffer.from(text)))).toEqual([
      { rule: 'npm-token', line: 3, column: 9, masked: 'npm_… (32+)', verified: true, severity: 'critical' },
    ]);
  });

  test.each([false, true])('reads UTF-16 (bytes swapped: %s)', (isBig) => {
    const bytes = Buffer.from(`\uFEFF# é\nlogin = ${token}\n`, 'utf16le');
    const found = findInFile('app/login.ini', contentOf(isBig ? bytes.swap16() : bytes));
    expect(found).toMatchObject([{ rule: 'npm-token', line: 2, column: 9 }]);
  });

  test('finds them anywhere in a large file, in memory for a piece of it', () => {
    const line = Buffer.from(`${'lorem ipsum '.repeat(8)}\n`);
    const size = 6_000_000;
    const secret = Buffer.from(`\n${token}\n`);
    const places = [1_000_000, 262_144 * 5 - 20, 5_999_000];
    let longest = 0;
    const content: FileContent = {
      size,
      read(offset, length) {
        longest = Math.max(longest, length);
        const bytes = Buffer.alloc(Math.min(length, size - offset));
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = line[(offset + at) % line.length] ?? 0;
        for (const place of places) {
          for (const [index, byte] of secret.entries()) {
            if (place + index >= offset && place + index < offset + bytes.length) bytes[place + index - offset] = byte;
          }
        }
        return bytes;
      },
    };
    expect(findInFile('var/log/app.log', content)).toHaveLength(3);
    expect(longest).toBeLessThan(1_000_000);
  });

  test('reads whatever bytes it is given', () => {
    assert(
      property(uint8Array({ maxLength: 400 }), string({ unit: 'binary', maxLength: 40 }), (bytes, path) => {
        for (const { line, column } of findInFile(path, contentOf(Buffer.from(bytes)))) {
          expect(line * column).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('in configuration and code', () => {
  const draw = drawsOf('guessed');
  const random = drawn('a', 32, draw);
  const hexadecimal = drawn('x', 32, draw);

  test.each([
    ['app/.env', 'DB_PASSWORD=Winter-2024'],
    ['app/.env', `SESSION_SECRET="${random}"`],
    ['app/.env', `export API_KEY='${hexadecimal}'`],
    ['app/config.yaml', 'database:\n  password: hunter2x'],
    ['app/config.yaml', `- name: API_TOKEN\n  value: ${random}`],
    ['app/config.json', '{ "password" : "pa55-Word" }'],
    ['app/config.json', String.raw`{"json": "{\"apiKey\":\"${hexadecimal}\"}"}`],
    ['app/app.properties', 'spring.datasource.password=S3cretly'],
    ['app/config.xml', '<db><password>S3cretly</password></db>'],
    ['app/settings.py', "PASSWORD = 'Tr0ub4dor&3'"],
    ['app/main.ts', `const clientSecret = '${random}';`],
    ['app/Main.java', `.accessKey("${random}") String secretKey = "${hexadecimal}";`],
    ['app/config.php', `$config['db']['password'] = 'xK9#mq2L!';`],
    ['app/run.sh', 'curl -sf -u admin:S3cretly https://registry/v2/'],
    ['app/run.sh', 'mysqldump -h db -u root -pS3cretly99 shop > dump.sql'],
    ['app/run.sh', 'tool login --password "S3cretly-9"'],
    ['app/main.go', 'dsn := "postgres://shop:kX82-pqZ@db:5432/shop"'],
    ['app/web.config', 'connectionString="Server=db;User=sa;Password=S3cretly!;"'],
    ['etc/shadow', `root:$6$${drawn('a', 8, draw)}$${drawn('a', 86, draw)}:19000:0:99999:7:::`],
  ])('%s: %s', (path, text) => {
    expect(findInFile(path, contentOf(Buffer.from(text)))).toHaveLength(1);
  });

  test.each([
    ['app/.env', 'DB_PASSWORD=${DB_PASSWORD}'],
    ['app/.env', 'DB_PASSWORD=changeme'],
    ['app/.env', 'PASSWORD_FILE=/run/secrets/db-password-1'],
    ['app/.env', 'TOKEN_TTL=3600s TOKEN_URL=https://login.tld/oauth2/v2/token1234567'],
    ['app/.env', 'PUBLIC_KEY=9f86d081884c7d659a2feaa0c55ad015'],
    ['app/.env', 'PASSWORD_HASH=9f86d081884c7d659a2feaa0c55ad015'],
    ['app/config.yaml', 'password: {{ .Values.password1 }}'],
    ['app/config.yaml', 'password: !vault |'],
    ['app/config.yaml', 'secretKeyRef: {name: db-password-2, key: password}'],
    ['app/config.yaml', 'api_key: your-api-key-goes-here-12345'],
    ['app/config.yaml', 'token: 00000000-0000-0000-0000-000000000000'],
    ['app/config.json', '{"password": "Please enter your password 2"}'],
    ['app/config.json', '{"resetPassword": "Reset-Password"}'],
    ['app/settings.py', 'password = get_password("db1")'],
    ['app/settings.py', 'PASSWORD = os.environ["DB_PASSWORD1"]'],
    ['app/settings.py', 'password=self.password1, token=request.token2'],
    ['app/main.ts', "const passwordField = 'input-password-2';"],
    ['app/main.ts', "token: 'Parser.Token.Identifier2', tokens: 'abcdef1'"],
    ['app/main.ts', "nextPageToken: 'CAUQAA1b2c3d4e5f6g7h8', csrfToken: 'a1b2c3d4e5f6a7b8c9d0'"],
    ['app/main.cs', 'PublicKeyToken=b77a5c561934e089'],
    ['app/main.go', '"postgres://user:password@localhost:5432/db"'],
    ['app/main.go', '"https://username:p4ssw0rd@example.com/"'],
    ['app/main.go', 'fmt.Sprintf("%s://%s:%s@%s", a, b, c, d)'],
    ['app/notes.md', 'password: Winter-2024'],
    ['app/docs/notes.yaml', 'password: Winter-2024'],
    ['app/node_modules/a/index.js', "password: 'Tr0ub4dor&3'"],
    [
      'app/yarn.conf',
      'resolution: sha512-1kZGdkAoSmUHJJLmqBrD7jLwQ5YJy7GkA1x9WmMSwXzRJ3eRv5t3DGLyOFlrM7RjHrFYJ1wm9Gdz8oX0bS1fVA==',
    ],
    ['app/run.sh', 'curl -u "$USER:$PASSWORD" https://registry/v2/'],
    ['app/run.sh', 'mysql -u root -p shop'],
    ['app/run.sh', 'tool login --password-stdin < /run/secrets/token1'],
  ])('none in %s: %s', (path, text) => {
    expect(findInFile(path, contentOf(Buffer.from(text)))).toEqual([]);
  });
});

function rules(text: string, hint: TextHint): string[] {
  return findInText(text, hint).map(({ rule }) => rule);
}

function environment(name: string): TextHint {
  return { kind: 'environment', name };
}

describe('in what an image says of itself', () => {
  const hexadecimal = drawn('x', 40, drawsOf('environment'));

  test('a value by its own form, by its name together with its form, and by its name alone', () => {
    expect(rules(token, environment('ANYTHING'))).toEqual(['npm-token']);
    expect(rules(hexadecimal, environment('WANDB_API_KEY'))).toEqual(['wandb-key']);
    expect(rules('changeme', environment('DB_PASSWORD'))).toEqual(['generic-password']);
    expect(rules('with blanks in it', { kind: 'build-argument', name: 'dbPassword' })).toEqual(['generic-password']);
    expect(rules('short-but-secret', environment('JWT_SECRET'))).toEqual(['generic-secret']);
    expect(rules('amqp://shop:kX82pq@queue/', environment('BROKER'))).toEqual(['url-password']);
    expect(
      rules(`{"auths":{"r":{"auth":"${Buffer.from('me:kX82pq').toString('base64')}"}}}`, { kind: 'label', name: 'x' }),
    ).toEqual(['docker-registry-login']);
  });

  test.each([
    ['GPG_KEY', hexadecimal.toUpperCase()],
    ['PYTHON_SHA256', hexadecimal],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '$OTHER'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['MYSQL_ALLOW_EMPTY_PASSWORD', 'yes'],
    ['MYSQL_RANDOM_ROOT_PASSWORD', 'true'],
    ['PUBLIC_KEY', hexadecimal],
    ['TOKEN_EXPIRES', '3600'],
    ['SECRET_NAME', 'database'],
    ['PATH', '/usr/local/sbin:/usr/local/bin'],
    ['API_KEY', 'your-api-key'],
  ])('none in %s=%s', (name, value) => {
    expect(rules(value, environment(name))).toEqual([]);
  });

  test('a line of the history, and a command', () => {
    expect(rules(`/bin/sh -c npm config set //r.tld/:_authToken=${token} && npm ci`, { kind: 'history' })).toEqual([
      'npm-token',
    ]);
    expect(rules('RUN /bin/sh -c curl -u me:kX82pq https://r.tld # buildkit', { kind: 'history' })).toEqual([
      'command-password',
    ]);
    expect(rules('RUN |1 DB_PASSWORD=kX82-pq7 /bin/sh -c make', { kind: 'history' })).toEqual(['generic-password']);
    expect(rules('redis-server --requirepass kX82pq99', { kind: 'command' })).toEqual(['option-password']);
    expect(
      rules('RUN /bin/sh -c apt-get install -y --no-install-recommends passwd libsecret-1-0', { kind: 'history' }),
    ).toEqual([]);
    expect(rules('CMD ["postgres", "--password-file=/run/secrets/a1"]', { kind: 'history' })).toEqual([]);
  });

  test.each([
    ['RUN curl -fsSu app:hunter2 https://shop.tld', 'command-password'],
    ['RUN curl -H "Authorization: Basic YXBwOmh1bnRlcjI=" https://shop.tld', 'authorization-header'],
    ['RUN git clone https://app:hunter2@git.tld/shop/web.git', 'url-password'],
    ['RUN ./setup --db-password hunter2', 'option-password'],
    ['CMD ["web", "--password=hunter2"]', 'option-password'],
    ['RUN htpasswd -bc /etc/nginx/.htpasswd app hunter2', 'command-password'],
    ['RUN sshpass -p hunter2 ssh git.tld', 'command-password'],
    ['RUN mysql -uroot -phunter2 -e "select 1"', 'command-password'],
    ['RUN docker login -u app -p hunter2 registry.tld', 'command-password'],
    ['RUN aws configure set aws_secret_access_key hunter2hunter2', 'command-password'],
    [`RUN psql -c "ALTER USER app PASSWORD 'hunter2'"`, 'sql-password'],
    ["RUN /bin/sh -c echo 'root:hunter2' | chpasswd", 'set-password'],
    ['RUN echo hunter2 | passwd --stdin app', 'set-password'],
    ['RUN echo "machine git.tld login app password hunter2" > ~/.netrc', 'login-line'],
    ['RUN echo "db db/root_password password hunter2" | debconf-set-selections', 'debconf-password'],
    ['RUN kubeadm join 10.0.0.1:6443 --token a1b2c3.4d5e6f7a8b9c0d1e', 'kubernetes-bootstrap-token'],
  ])('a password in %s', (line, rule) => {
    expect(rules(line, { kind: 'history' })).toEqual([rule]);
  });

  test.each([
    'RUN curl -u "app:$PASSWORD" -H "Authorization: Bearer $TOKEN" https://shop.tld',
    'RUN git clone https://oauth2:${TOKEN}@git.tld/shop/web.git',
    'RUN git config --global url."https://${TOKEN}:x-oauth-basic@git.tld/".insteadOf https://git.tld/',
    'RUN ./setup --password "$pass" --token="${token}" --secret $(cat s)',
    'RUN docker login -u app --password-stdin registry.tld',
    'RUN adduser --disabled-password app',
    'RUN SECRET_KEY_BASE=dummy rails assets:precompile',
    'RUN echo "app:$PASSWORD" | chpasswd',
    'RUN sed -i "s/password=.*/password=$PASSWORD/" /srv/settings',
    'RUN sed -i "s/%sudo.*/%sudo ALL=NOPASSWD:ALL/" /etc/sudoers',
    'RUN if [ -z "$DB_PASSWORD" ]; then echo "set DB_PASSWORD"; fi',
    'RUN mysql -p"$MYSQL_PASSWORD" -e "select 1"',
    'RUN mkdir -p /var/www && tar -xpf x.tar',
    'RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) make',
    'RUN gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$GPG_KEY"',
  ])('none in %s', (line) => {
    expect(rules(line, { kind: 'history' })).toEqual([]);
  });

  test('places count within the value, not within its name', () => {
    const [first] = findInText(`\n  ${hexadecimal}`.trim(), environment('WANDB_API_KEY'));
    expect(first).toMatchObject({ line: 1, column: 1 });
  });
});
