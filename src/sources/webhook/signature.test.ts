import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseWebhookAddress } from './address.ts';
import { readWebhookKeys, signedHeaders } from './signature.ts';

const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('signs as receivers of Standard Webhooks verify it', () => {
  using folder = temporaryFolder({ key: `${key}\n` });
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', seconds: 1_614_265_330 };
  expect(signedHeaders(readWebhookKeys(`${folder.path}/key`), message)).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('with each of several keys, while they are exchanged', () => {
  using folder = temporaryFolder({ key: `${key}\r\n\n  a text that is long enough\n` });
  const keys = readWebhookKeys(`${folder.path}/key`);
  expect(keys[1]).toEqual(Buffer.from('a text that is long enough'));
  const signature = signedHeaders(keys, { id: 'a', body: 'b', seconds: 1 })['webhook-signature'] ?? '';
  expect(signature).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
  expect(new Set(signature.split(' ')).size).toBe(2);
});

describe('a key that cannot be used is refused, and not shown', () => {
  test.each([
    ['empty', '\n \n', 'it is empty'],
    ['too short', 'hunter2hunter2', 'has 14 bytes'],
    ['too short behind whsec_', 'whsec_aHVudGVyMg==', 'has 7 bytes'],
    ['too long behind whsec_', `whsec_${Buffer.alloc(65).toString('base64')}`, 'has 65 bytes'],
    ['no base64', 'whsec_hunter2%hunter2hunter2hunter2', 'no base64'],
    ['too many', `${key}\n`.repeat(5), 'more than 4'],
    ['too large', 'x'.repeat(70_000), 'too long'],
  ])('%s', (_what, text, message) => {
    using folder = temporaryFolder({ key: text });
    const file = `${folder.path}/key`;
    expect(() => readWebhookKeys(file)).toThrow(message);
    expect(() => readWebhookKeys(file)).toThrow(file);
    expect(() => readWebhookKeys(file)).not.toThrow(/hunter2|aHVudGVy|MfKQ/);
  });

  test('not there', () => {
    expect(() => readWebhookKeys('/nonexistent/key')).toThrow(/nonexistent\/key cannot be used: .*ENOENT/);
  });
});

describe('an address', () => {
  test('keeps its user and its path to itself', () => {
    const address = parseWebhookAddress('https://me:p%40ss@hooks.example:8443/T0KEN?key=1#part');
    expect(address).toMatchObject({
      shown: 'https://hooks.example:8443',
      authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    });
    expect(address.url.href).toBe('https://hooks.example:8443/T0KEN?key=1');
    expect(parseWebhookAddress('http://127.0.0.1/').authorization).toBeUndefined();
    expect(parseWebhookAddress('http://me:50%@127.0.0.1/').authorization).toBe(
      `Basic ${Buffer.from('me:50%').toString('base64')}`,
    );
  });

  test.each(['ftp://me:hunter2@hooks.example/', 'hooks.example', 'file:///etc/passwd', ''])('%s is none', (text) => {
    expect(() => parseWebhookAddress(text)).toThrow('names no address of HTTP');
  });
});
