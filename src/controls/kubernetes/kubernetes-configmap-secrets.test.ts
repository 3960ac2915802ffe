import { expect, test } from 'vitest';
import { failingLines, judgeText, object } from '../../../test/written.ts';
import { kubernetesConfigmapSecrets as control } from './kubernetes-configmap-secrets.ts';

const password = 'correct-horse-battery';

/** A ConfigMap with one value. */
function holding(key: string, value: string) {
  return object(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', data: { [key]: value } }));
}

test('each key fails at its own line, and its value is never shown', () => {
  const map = object(`apiVersion: v1
kind: ConfigMap
data:
  DB_HOST: db.shop.example
  DB_PASSWORD: ${password}
  settings.yaml: |
    db:
      host: db.shop.example
      password: "${password}"
`);
  expect(failingLines(control, map)).toEqual([5, 6]);
  expect(JSON.stringify(judgeText(control, map))).not.toContain(password);
});

test.each([
  ['DB_PASSWORD', password],
  ['url', `postgres://web:${password}@db.shop.example/shop`],
  ['key.pem', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n'],
  ['web.properties', `db.user=web\ndb.password=${password}\n`],
  ['web.ini', `[db]\r\npassword = ${password}\r\n`],
  ['web.json', `{\n  "user": "web",\n  "apiToken": "${password}",\n}`],
  ['.env', `MODE=fast\nexport API_KEY='${password}' # of the shop\n`],
  ['settings', `mode: fast\nsecretKey: ${password}\n`],
  ['start.sh', `set -e\nconnect 'Server=db;Password=${password}'\n`],
  ['list.yaml', `users:\n  - password: "pa{ss"\n`],
])('%s with %j fails', (key, value) => {
  expect(failingLines(control, holding(key, value))).toHaveLength(1);
});

test.each([
  ['DB_PASSWORD_FILE', '/run/secrets/db'],
  ['DB_PASSWORD', ''],
  ['TOKEN_TTL', '3600'],
  ['TLS_SECRET', 'web-tls'],
  ['ca.crt', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n'],
  ['values.yaml', 'imagePullSecret: registry-login\nexistingSecret: db\n'],
  ['values.yaml', 'mode: fast\npassword: ${DB_PASSWORD}\nother: "${A}-${B}"\n'],
  ['values.yaml', 'mode: fast\npassword: |\n  none\n'],
  ['values.yaml', 'mode: fast\npassword: type it in twice\n'],
  ['values.yaml', '# password: correct-horse-battery\nmode: fast\n'],
  ['schema.yaml', 'mode: fast\npassword: string\n'],
  ['web.conf', 'mode = fast\npassword = $1\n'],
  ['web.ini', 'password =\nhost = db.shop.example\n'],
  ['start.sh', 'set -e\npassword=$1\nconnect\n'],
  ['start.sh', 'PASSWORD=$(cat /run/secrets/db)\nTOKEN=unset_or_not\n'],
  ['start', '#!/bin/sh\nTOKEN=${TOKEN:-none_given}\nSECRET=changed-later\n'],
  ['nginx.conf', 'server {\n  listen 8080;\n}\n'],
])('%s with %j passes', (key, value) => {
  expect(failingLines(control, holding(key, value))).toEqual([]);
});

test('only a ConfigMap is asked, whatever is in it', () => {
  expect(control.appliesTo?.(holding('a', 'b'))).toBe(true);
  expect(control.appliesTo?.(object('{apiVersion: v1, kind: Secret}'))).toBe(false);
  expect(failingLines(control, object('{apiVersion: v1, kind: ConfigMap, data: {password: null, a: {b: c}}}'))).toEqual(
    [],
  );
});
