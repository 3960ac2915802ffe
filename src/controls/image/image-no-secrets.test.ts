import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge } from '../../../test/subjects.ts';
import { historyOf, run } from '../../../test/image-history.ts';
import { Secret } from '../../model/secret.ts';
import { imageNoSecrets as control } from './image-no-secrets.ts';

const value = 'hunter2-0815';
const withVariable = (name: string, text: string) => image({}, { environment: [{ name, value: new Secret(text) }] });

test.each([
  ['a variable', withVariable('DB_PASSWORD', value), 'configuration.environment'],
  ['a label', image({}, { labels: { 'shop.api-token': value } }), 'configuration.labels'],
  ['the command', image({}, { command: ['web', `--password=${value}`] }), 'configuration.command'],
  [
    'a build argument',
    image({ history: historyOf(`RUN |1 API_TOKEN=${value} /bin/sh -c make # buildkit`) }),
    'history',
  ],
  ['one of the older builder', image({ history: historyOf(`|2 A=b DB_PASSWORD=${value} /bin/sh -c make`) }), 'history'],
  ['a variable of an earlier step', image({ history: historyOf(`ENV DB_PASSWORD=${value}`) }), 'history'],
  ['the same in the old form', image({ history: historyOf(`/bin/sh -c #(nop)  ENV DB_PASSWORD=${value}`) }), 'history'],
  ['a command', image({ history: historyOf(run(`curl -u name:${value} https://shop.example`)) }), 'history'],
  ['chpasswd', image({ history: historyOf(run(`echo "root:${value}" | chpasswd`)) }), 'history'],
])('a secret in %s fails, and its value is nowhere', (_, subject, field) => {
  const verdict = judge(control, subject);
  expect(verdict).toMatchObject({ status: 'fail', field });
  expect(JSON.stringify(verdict)).not.toContain(value);
  expect(control.remedy(subject, contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test.each([
  [
    "dockle's CIS-DI-0010 takes libcrypto3=… for a secret",
    image({ history: historyOf(run('apk add libcrypto3=3.5.1-r0')) }),
  ],
  [
    "dockle's CIS-DI-0010 takes the fingerprint of a signing key for one",
    withVariable('GPG_KEY', '7169605F62C751356D054A26A821E680E5FA6305'),
  ],
  [
    "dockle's CIS-DI-0010 goes by names: access.log, key.json",
    image({ history: historyOf('COPY key.json access.log / # buildkit') }),
  ],
  ['a path', withVariable('DB_PASSWORD_FILE', '/run/secrets/db')],
  ['nothing', withVariable('DB_PASSWORD', '')],
  ['a placeholder', withVariable('DB_PASSWORD', '${DB_PASSWORD}')],
  ['a secret mount', image({ history: historyOf(run('TOKEN=$(cat /run/secrets/token) make')) })],
  [
    'a checksum',
    image({ history: historyOf('ENV PYTHON_SHA256=0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d3a0b2d') }),
  ],
])('%s: no finding', (_, subject) => {
  expect(judge(control, subject).status).toBe('pass');
});

test('the same name is said once', () => {
  const both = { ...withVariable('DB_PASSWORD', value), history: historyOf(`ENV DB_PASSWORD=${value}`) };
  expect(judge(control, both).evidence).toHaveLength(1);
});

test('without a history only the configuration is known', () => {
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(judge(control, { ...withVariable('DB_PASSWORD', value), history: hidden }).status).toBe('fail');
});
