import { expect, test } from 'vitest';
import { concealObject, concealText, concealValue, concealWords } from './redaction.ts';

test.each([
  ['splunk-token', 'x', '[redacted]'],
  ['DB.Password', 'two words', '[redacted]'],
  ['aws_access_key', 'x', '[redacted]'],
  ['token-file', '/run/token', '/run/token'],
  ['owner', 'shop', 'shop'],
  ['syslog-address', 'tcp://user:x@logs:514', 'tcp://[redacted]@logs:514'],
])('the value of %s=%s shows as %s', (name, value, shown) => {
  expect(concealValue(name, value)).toBe(shown);
});

test('passwords among other words are hidden, the other words stay', () => {
  expect(concealText('username=web,password=x,vers=3')).toBe('username=web,password=[redacted],vers=3');
  expect(concealText('curl --api-key=x https://host/path')).toBe('curl --api-key=[redacted] https://host/path');
  expect(concealText('--secret-file=/run/x')).toBe('--secret-file=/run/x');
  expect(concealText('registry.example/token:1.0')).toBe('registry.example/token:1.0');
});

test('the word after an option for a password is hidden, the next option is not', () => {
  expect(concealWords(['web', '--password', 'x', '--token', '--debug'])).toEqual([
    'web',
    '--password',
    '[redacted]',
    '--token',
    '--debug',
  ]);
});

test('objects are searched to the bottom', () => {
  expect(concealObject({ a: [{ password: 'x', port: 1 }], b: { c: ['--token', 'x'] }, d: null })).toEqual({
    a: [{ password: '[redacted]', port: 1 }],
    b: { c: ['--token', '[redacted]'] },
    d: null,
  });
});

test('a hostile text costs no time', () => {
  const before = performance.now();
  concealText('token'.repeat(200_000));
  expect(performance.now() - before).toBeLessThan(2000);
});
