import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { fileCapability, readFileCapabilities } from './file-capability.ts';

/** The attribute as the kernel keeps it: header, then permitted and inheritable by turns, then a root user. */
function attribute(version: number, effective: boolean, permitted: bigint, inheritable: bigint, root?: number): string {
  const words = [version * 2 ** 24 + (effective ? 1 : 0)];
  for (const shift of version > 1 ? [0n, 32n] : [0n]) {
    words.push(Number((permitted >> shift) & 0xffffffffn), Number((inheritable >> shift) & 0xffffffffn));
  }
  if (root !== undefined) words.push(root);
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, index * 4);
  return bytes.toString('hex');
}

const netRaw = 1n << 13n;

test.each([
  [attribute(2, true, netRaw, 0n), 'cap_net_raw=ep'],
  [attribute(2, false, netRaw | (1n << 10n), 0n), 'cap_net_bind_service,cap_net_raw=p'],
  [attribute(2, true, netRaw, netRaw), 'cap_net_raw=eip'],
  [attribute(2, false, netRaw, 1n << 39n), 'cap_net_raw=p cap_bpf=i'],
  [attribute(1, true, netRaw, 0n), 'cap_net_raw=ep'],
  [attribute(3, true, netRaw, 0n, 1000), 'cap_net_raw=ep [rootid=1000]'],
  [attribute(3, true, 1n << 50n, 0n, 0), 'cap_50=ep'],
  [attribute(2, true, 0n, 0n), ''],
])('%s is %s', (hexadecimal, words) => {
  expect(readFileCapabilities(hexadecimal)).toBe(words);
});

test('what the kernel itself wrote for cap_net_bind_service=ep', () => {
  expect(readFileCapabilities('0100000200040000000000000000000000000000')).toBe('cap_net_bind_service=ep');
});

function said(capability: string) {
  return fileCapability.entry?.(fileEntry('usr/bin/ping', { capability }));
}

test('an attribute that grants nothing is no finding, one in an unknown form is', () => {
  expect(said(attribute(2, true, 0n, 0n))).toBeUndefined();
  expect(said('00000009')).toEqual({ kind: 'file-capability', detail: '?' });
  expect(said(attribute(2, true, netRaw, 0n).slice(0, 30))).toEqual({ kind: 'file-capability', detail: '?' });
  expect(fileCapability.entry?.(fileEntry('usr/bin/ping'))).toBeUndefined();
});

test('reads whatever it is given', () => {
  assert(
    property(string(), (text) => {
      readFileCapabilities(text);
      readFileCapabilities(Buffer.from(text).toString('hex'));
    }),
  );
});
