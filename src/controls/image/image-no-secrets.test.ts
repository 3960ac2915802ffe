import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge, opened } from '../../../test/subjects.ts';
import type { FoundSecret, SecretPlace } from '../../model/image-contents.ts';
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
  ['the entry point', image({}, { entrypoint: ['web', `--password=${value}`] }), 'configuration.entrypoint'],
  [
    'the health check',
    image({}, { healthCheck: { test: ['CMD', 'web', `--password=${value}`] } }),
    'configuration.healthCheck',
  ],
  ['a trigger', image({}, { onBuild: [`ENV DB_PASSWORD=${value}`] }), 'configuration.onBuild'],
  [
    'a trigger that runs',
    image({}, { onBuild: [`RUN curl https://name:${value}@shop.example`] }),
    'configuration.onBuild',
  ],
  ['the same in the history', image({ history: historyOf(`ONBUILD ENV DB_PASSWORD=${value}`) }), 'history'],
  [
    'a command that was replaced',
    image({ history: historyOf(`CMD ["web" "--password=${value}"]`, 'CMD ["web"]') }),
    'history',
  ],
  ['one of JSON', image({ history: historyOf(`ENTRYPOINT ["web","--password","${value}"]`) }), 'history'],
  [
    'a health check of the older builder',
    image({ history: historyOf(`/bin/sh -c #(nop)  HEALTHCHECK &{["CMD-SHELL" "web --password=${value}"] "30s"}`) }),
    'history',
  ],
  ['an address', image({ history: historyOf(`ADD https://name:${value}@shop.example/a / # buildkit`) }), 'history'],
  ['a committed container', image({ history: historyOf(`web --password=${value}`) }), 'history'],
  ['another shell', image({ history: historyOf(`powershell -Command web --password=${value}`) }), 'history'],
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
  [
    'a variable in a command',
    image({ history: historyOf('CMD ["web" "--password=$DB_PASSWORD" "--token=${TOKEN}"]') }),
  ],
  ['a script', image({ history: historyOf('COPY secret-token.sh /usr/bin/token # buildkit') })],
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

test('two secrets without a name are two, and each step is named', () => {
  const verdict = judge(
    control,
    image({ history: historyOf(run(`curl -u a:${value} x`), run(`curl -u b:${value}1 y`)) }),
  );
  expect(verdict.evidence).toHaveLength(2);
  expect(verdict.message.en).toBe('Secrets can be read in: step 1 (login), step 2 (login).');
});

test('a long text takes no long time', () => {
  const start = performance.now();
  for (const piece of ['["a" ', '"\\', 'password=', 'a:b@', '--token '])
    judge(control, image({ history: historyOf(`powershell ["${piece.repeat(20_000)}`) }));
  expect(performance.now() - start).toBeLessThan(3000);
});

test('without a history only the configuration is known', () => {
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(judge(control, { ...withVariable('DB_PASSWORD', value), history: hidden }).status).toBe('fail');
});

function scanned(place: SecretPlace, severity: FoundSecret['severity'] = 'high'): FoundSecret {
  return { rule: 'some-token', place, masked: 'abc_…', verified: false, severity };
}

test.each([
  [{ kind: 'environment', name: 'CONFIG' }, 'variable CONFIG', 'configuration.environment'],
  [{ kind: 'label', name: 'note' }, 'label note', 'configuration.labels'],
  [{ kind: 'build-argument', name: 'FEED' }, 'build argument FEED', 'history'],
  [{ kind: 'history', step: 0 }, 'step 1 (some-token)', 'history'],
  [{ kind: 'command' }, 'command (some-token)', 'configuration.command'],
  [{ kind: 'health-check' }, 'health check (some-token)', 'configuration.healthCheck'],
] as const)('what a scan found in %j fails', (place, words, field) => {
  const verdict = judge(control, opened({ secrets: [scanned(place)] }));
  expect(verdict).toMatchObject({ status: 'fail', field });
  expect(verdict.message.en).toBe(`Secrets can be read in: ${words}.`);
});

test('a file, and what is mild, is left out', () => {
  const file = scanned({ kind: 'file', path: '/a', line: 1, column: 1 });
  expect(judge(control, opened({ secrets: [file, scanned({ kind: 'command' }, 'low')] })).status).toBe('pass');
});

test('what was named already is not told twice', () => {
  const environment = [{ name: 'DB_PASSWORD', value: new Secret('k7QzWp2vRt9x') }];
  const history = historyOf('ARG TOKEN=k7QzWp2vRt9xLm4c');
  const secrets = [
    scanned({ kind: 'environment', name: 'DB_PASSWORD' }),
    scanned({ kind: 'history', step: 0 }),
    scanned({ kind: 'build-argument', name: 'TOKEN' }),
  ];
  const plain = judge(control, image({ history }, { environment }));
  expect(plain.status).toBe('fail');
  expect(judge(control, opened({ secrets }, { history }, { environment })).message).toEqual(plain.message);
});
