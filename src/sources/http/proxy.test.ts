import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { proxyFor } from './proxy.ts';

const proxy = (address: string, environment: Record<string, string>) => proxyFor(new URL(address), environment);
const HTTPS_PROXY = 'http://proxy.example:3128';

test('each protocol has its variable, in capital or small letters', () => {
  expect(proxy('https://a.example', { HTTPS_PROXY })).toBe(HTTPS_PROXY);
  expect(proxy('https://a.example', { https_proxy: 'proxy.example:3128' })).toBe('http://proxy.example:3128');
  expect(proxy('http://a.example', { HTTPS_PROXY })).toBeUndefined();
  expect(proxy('http://a.example', { HTTP_PROXY: HTTPS_PROXY })).toBe(HTTPS_PROXY);
  expect(proxy('https://a.example', { HTTPS_PROXY: '' })).toBeUndefined();
});

test('this machine is never asked through a proxy', () => {
  for (const host of ['localhost:5000', '127.0.0.1', '127.9.9.9:80', '[::1]:5000']) {
    expect(proxy(`https://${host}`, { HTTPS_PROXY })).toBeUndefined();
  }
});

test.each([
  ['a.example', 'https://a.example', false],
  ['a.example', 'https://sub.a.example', false],
  ['a.example', 'https://ba.example', true],
  ['.a.example', 'https://sub.a.example', false],
  ['.a.example', 'https://a.example', true],
  ['*.a.example', 'https://sub.a.example', false],
  ['A.Example', 'https://a.example', false],
  ['other.example, a.example', 'https://a.example', false],
  ['*', 'https://a.example', false],
  ['a.example:443', 'https://a.example', false],
  ['a.example:5000', 'https://a.example', true],
  ['a.example:5000', 'https://a.example:5000', false],
  ['10.0.0.0/8', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://11.1.2.3', true],
  ['10.1.2.3', 'https://10.1.2.3:5000', false],
  ['10.1.2.3:5000', 'https://10.1.2.3:5000', false],
  ['2001:db8::/32', 'https://[2001:db8::1]', false],
  ['2001:db8::1', 'https://[2001:db8::1]', false],
  ['[2001:db8::1]:5000', 'https://[2001:db8::1]', true],
  ['', 'https://a.example', true],
])('NO_PROXY=%s and %s: through the proxy is %s', (NO_PROXY, address, expected) => {
  expect(proxy(address, { HTTPS_PROXY, NO_PROXY }) !== undefined).toBe(expected);
});

test('a proxy of another kind is refused, without its password', async () => {
  const { message } = await failureOf(() => proxy('https://a.example', { HTTPS_PROXY: 'socks5://me:hidden@x:1' }));
  expect(message).toBe('the proxy in HTTPS_PROXY is not one of HTTP');
});

test('reads whatever NO_PROXY holds', () => {
  assert(
    property(string(), (NO_PROXY) => {
      proxy('https://a.example', { HTTPS_PROXY, NO_PROXY });
    }),
  );
});
