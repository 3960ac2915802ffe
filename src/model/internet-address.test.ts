import { expect, test } from 'vitest';
import { isEveryAddress, isInRange, isInternal, isLoopback } from './internet-address.ts';

test.each(['0.0.0.0', '::', '[::]', '::ffff:0.0.0.0', '0:0:0:0:0:0:0:0'])('%s is every address', (address) => {
  expect(isEveryAddress(address)).toBe(true);
  expect(isInternal(address)).toBe(false);
});

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  'localhost',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.1.1',
  'fd12:3456::1',
  'FE80::1%eth0',
  '::ffff:10.0.0.1',
])('%s is internal', (address) => {
  expect(isInternal(address)).toBe(true);
  expect(isEveryAddress(address)).toBe(false);
});

test.each(['172.15.255.255', '172.32.0.1', '11.0.0.1', '192.169.0.1', '203.0.113.7', '2001:db8::1', 'fec0::1'])(
  '%s is not internal',
  (address) => expect(isInternal(address)).toBe(false),
);

test.each(['host.example', '', '1.2.3', '1.2.3.256', '1::2::3', '1:2:3', 'g::1', '1:2:3:4:5:6:7:8:9'])(
  'what is no address, such as %j, lies in no range',
  (text) => {
    expect(isInRange(text, '0.0.0.0/0')).toBe(false);
    expect(isInRange(text, '::/0')).toBe(false);
    expect(isEveryAddress(text)).toBe(false);
  },
);

test('a site may have ranges of its own', () => {
  expect(isInternal('100.64.0.9')).toBe(false);
  expect(isInternal('100.64.0.9', ['100.64.0.0/10'])).toBe(true);
  expect(isInternal('100.64.0.9', ['not a range', '100.64.0.0/99'])).toBe(false);
});

test('a range lies in another only as a whole', () => {
  expect(isLoopback('127.0.0.0/8')).toBe(true);
  expect(isLoopback('127.1.0.0/16')).toBe(true);
  expect(isLoopback('126.0.0.0/7')).toBe(false);
  expect(isLoopback('0.0.0.0/0')).toBe(false);
  expect(isLoopback('::1/128')).toBe(true);
});

test.each([
  '127.0.0.1',
  '127.0.0.53',
  ' 127.0.0.1 ',
  '::1',
  '[::1]',
  '0:0:0:0:0:0:0:1',
  '::1%lo',
  '::ffff:127.0.0.1',
  '[::FFFF:127.0.0.1]',
  '::ffff:7f00:1',
  '::ffff:127.0.0.0/104',
  'localhost',
  'LocalHost',
  'localhost.',
])('%j is on loopback', (address) => expect(isLoopback(address)).toBe(true));

test.each([
  '',
  '0.0.0.0',
  '::',
  '::12',
  '172.17.0.1',
  '128.0.0.1',
  '127.0.0.1.evil.example',
  '127.evil.example',
  'localhost.example',
  '::ffff:128.0.0.1',
  '::127.0.0.1',
  '127.0.0.1/',
  '127.0.0.1/8/8',
  '127.0.0.1/1e1',
])('%j is not', (address) => expect(isLoopback(address)).toBe(false));

test('an IPv4 address at the end of an IPv6 one is part of it', () => {
  expect(isInRange('64:ff9b::192.0.2.1', '64:ff9b::c000:200/120')).toBe(true);
  expect(isInRange('::ffff:10.1.2.3', '10.0.0.0/8')).toBe(true);
  expect(isInRange('10.1.2.3', '::ffff:10.0.0.0/104')).toBe(true);
  expect(isInRange('10.1.2.3', '::ffff:10.0.0.0/8')).toBe(false);
});
