import { expect, test } from 'vitest';
import { isPath, isPlaceholder, secretFormat, secretRule } from './secret-rules.ts';

// Put together here so that no scanner takes this file for a leak.
const random = (length: number) => 'a1B2c3D4e5'.repeat(20).slice(0, length);

test.each([
  ['aws-access-key', `AKIA${'Q7'.repeat(8)}`],
  ['github-token', `ghp_${random(36)}`],
  ['github-token', `github_pat_${random(40)}`],
  ['gitlab-token', `glpat-${random(20)}`],
  ['slack-token', `xoxb-${random(24)}`],
  ['slack-webhook', `https://hooks.slack.com/services/T${random(8)}/B${random(8)}/${random(24)}`],
  ['stripe-key', `sk_live_${random(24)}`],
  ['google-api-key', `AIza${random(35)}`],
  ['npm-token', `npm_${random(36)}`],
  ['docker-token', `dckr_pat_${random(27)}`],
  ['vault-token', `hvs.${random(28)}`],
  ['hugging-face-token', `hf_${random(34)}`],
  ['azure-storage-key', `AccountName=a;AccountKey=${random(86)}==;EndpointSuffix=x`],
  ['private-key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
  ['private-key', '{"key":"-----BEGIN PRIVATE KEY-----\\nMIIE"}'],
  ['private-key', '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
  ['json-web-token', `eyJ${random(20)}.eyJ${random(30)}.${random(43)}`],
  ['url-password', 'postgres://shop:hunter2@db:5432/shop'],
  ['url-password', 'redis://:hunter2@cache/0'],
  ['url-password', 'http://${USER}:${PASS}@a/ http://shop:hunter2@b/'],
  ['dsn-password', 'shop:hunter2@tcp(db:3306)/shop'],
  ['connection-string', 'Server=db;User Id=sa;Password=hunter2;'],
  ['connection-string', 'jdbc:postgresql://db/shop?user=shop&password=hunter2'],
  ['quoted-password', 'PlainLoginModule required username="shop" password="hunter2";'],
  ['quoted-password', "user = 'shop' password = 'hunter 2'"],
  ['quoted-password', "gitlab_rails['smtp_password'] = 'hunter2'"],
  ['quoted-password', 'x[\'a\'] = true;\nx["db.password"]="hunter2"'],
  ['authorization-header', `Authorization: Bearer ${random(20)}`],
  ['json-password', '{"user":"shop","password": "hunter2"}'],
  ['registry-login', `{"auths":{"registry.example":{"auth":"${random(24)}"}}}`],
])('%s is known by its form', (rule, text) => {
  expect(secretFormat(text)).toBe(rule);
  expect(secretRule('ANYTHING', text)).toBe(rule);
});

test.each([
  `AKIA${'Q7'.repeat(4)}7EXAMPLE`,
  `sk_test_${random(24)}`,
  `xAKIA${'Q7'.repeat(8)}`,
  'ghp_short',
  'ghp_' + 'x'.repeat(36),
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----',
  'https://registry.example:5000/v2/',
  'https://registry.example/@scope/package',
  'docker://nginx:1.27@sha256:0a0a',
  'ssh://git@registry.example:22/shop',
  'postgres://shop:${DB_PASSWORD}@db/shop',
  'postgres://shop:$(DB_PASSWORD)@db/shop',
  'postgres://shop:<password>@db/shop',
  'postgres://db/shop?password=$DB_PASSWORD',
  'auth required pam_unix.so password = required',
  'login username="shop" password="${DB_PASSWORD}";',
  'curl -d password="$pw" password=""',
  "gitlab_rails['smtp_password'] = ENV['SMTP_PASSWORD']",
  "gitlab_rails['smtp_password'] = '${SMTP_PASSWORD}'",
  "gitlab_rails['password_authentication_enabled'] = 'yes'",
  "config['password'] = ''",
  "config['password'] = '<password>'",
  '{"password": null, "auth": "oauth2"}',
])('%s is no secret', (text) => expect(secretFormat(text)).toBeUndefined());

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['PGPASSWORD', 'hunter2'],
  ['dbPassword', 'hunter2'],
  ['spring.datasource.password', 'hunter2'],
  ['MYSQL_PWD', 'hunter2'],
  ['RABBITMQ_DEFAULT_PASS', 'guest'],
  ['PASSWORD_ADMIN', 'hunter2'],
  ['DB_PASSWORD', '123456'],
  ['DB_PASSWORD', 'changeme'],
  ['DB_PASSWORD', '${DB_PASSWORD:-hunter2}'],
  ['SECRET_KEY_BASE', 'hunter2'],
  ['CLIENTSECRET', 'hunter2'],
  ['API_TOKEN', 'hunter2'],
  ['MINIO_ACCESS_KEY', 'minioadmin'],
  ['SSH_PRIVATE_KEY', 'MIIEpAIB'],
  ['X_API_KEY_PROD', 'hunter2'],
  ['OPENAI_APIKEY', 'hunter2'],
  ['GOOGLE_CREDENTIALS', 'c2hvcA=='],
  ['TOKEN_GITHUB', random(24)],
  ['AWS_SECRET_ACCESS_KEY', `/${random(39)}`],
  ['DB_PASSWORD_FILE', 'hunter2'],
])('%s=%s is a secret by its name', (name, value) => expect(secretRule(name, value)).toBe('name'));

// Dockle's CIS-DI-0010 goes by names alone: most of these are from its issues 130, 159, 202, 250 and 268.
test.each([
  ['GPG_KEY', '7169605F62C751356D054A26A821E680E5FA6305'],
  ['PYTHON_SHA256', 'c'.repeat(64)],
  ['NGINX_VERSION', '1.27.0'],
  ['libcrypto3', '3.1.4-r5'],
  ['LOG', 'access.log'],
  ['TOKEN_URL', 'https://login.example/token'],
  ['SECRET_NAME', 'shop-db'],
  ['PWD', 'hunter2'],
  ['OLDPWD', '/srv'],
  ['PASSWORDLESS_LOGIN', 'ssh'],
  ['BYPASS', 'hunter2'],
  ['GIT_ASKPASS', 'echo'],
  ['TOKENIZERS_PARALLELISM', 'fork'],
  ['PUBLIC_KEY', 'ssh-ed25519 AAAA'],
  ['NEXT_PUBLIC_API_KEY', 'hunter2'],
  ['SECRET_SCAN', 'passed'],
  ['AWS_ACCESS_KEY_ID', 'minio'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '  '],
  ['DB_PASSWORD', '/run/secrets/db_password'],
  ['DB_PASSWORD_FILE', '/run/secrets/db_password'],
  ['DB_PASSWORD_FILE', 'db_password.txt'],
  ['VAULT_SECRET_PATH', 'kv/data/shop'],
  ['CREDENTIALS_DIR', 'credentials'],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/etc/google/key.json'],
  ['MYSQL_RANDOM_ROOT_PASSWORD', 'yes'],
  ['ALLOW_EMPTY_PASSWORD', '1'],
  ['TOKEN_TTL', '3600'],
  ['AUTH_TOKEN', '8080'],
  ['PASSWORD_HASH_ROUNDS', '12'],
  ['PASSWORD_ENCRYPTION', 'scram-sha-256'],
  ['PASSWORD_VALIDATOR', 'strong'],
  ['REFRESH_TOKEN', '15m'],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '${DB_PASSWORD:?must be set}'],
  ['DB_PASSWORD', '${DB_PASSWORD:-}'],
  ['DB_PASSWORD', '$__file{/etc/secrets/db}'],
  ['DB_PASSWORD', '********'],
  ['API_TOKEN', 'your-token-here'],
  ['DB_PASSWORD', 'vault:secret/data/shop#password'],
  ['DB_PASSWORD', 'op://shop/db/password'],
])('%s=%s is none', (name, value) => expect(secretRule(name, value)).toBeUndefined());

test("a variable's default is looked at, however deep", () => {
  expect(isPlaceholder('${A:-${B:-${C}}}')).toBe(true);
  expect(isPlaceholder('${A:-${B:-hunter2}}')).toBe(false);
  expect(isPlaceholder('$ecret1')).toBe(false);
});

test('a secret that begins with a slash is no path', () => {
  expect(isPath('/etc/keys/shop.pem')).toBe(true);
  expect(isPath(String.raw`C:\keys\shop.pem`)).toBe(true);
  expect(isPath(`/${random(39)}`)).toBe(false);
  expect(isPath('/a+b=')).toBe(false);
  expect(isPath('hunter2')).toBe(false);
});

test.each([
  'a.'.repeat(50_000),
  '${A:-'.repeat(20_000),
  'eyJ-'.repeat(30_000),
  '"'.repeat(100_000),
  '://a:'.repeat(20_000),
])('a hostile text takes no longer than a reader would wait (%#)', (text) => {
  const start = performance.now();
  expect(secretRule('DB_PASSWORD', text)).toBe('name');
  expect(secretRule(`DB_${text}`, 'x')).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000);
});
