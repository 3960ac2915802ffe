import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import {
  formatKernelAddress,
  heldSockets,
  mayHoldTcp,
  readListeners,
  readUnixSockets,
  socketInodes,
} from './sockets.ts';

test.each([
  ['00000000', '0.0.0.0'],
  ['0100007F', '127.0.0.1'],
  ['0101A8C0', '192.168.1.1'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '127.0.0.1'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
])('%s is %s', (hexadecimal, address) => {
  expect(formatKernelAddress(hexadecimal)).toBe(address);
});

/** As the kernel prints it: four words in the machine's byte order. */
function kernelForm(groups: readonly number[]): string {
  const bytes = groups.flatMap((group) => [group >> 8, group & 0xff]);
  const words = [0, 4, 8, 12].map((start) => bytes.slice(start, start + 4).toReversed());
  return words
    .flat()
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join('');
}

test('IPv6 addresses are shortened as everybody else does', () => {
  // Zeros are far more frequent than chance would have them, so that runs of every length and place occur.
  const group = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(0xffff) });
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      fc.pre(!(groups.slice(0, 5).every((each) => each === 0) && groups[5] === 0xffff));
      const written = groups.map((each) => each.toString(16)).join(':');
      expect(`[${formatKernelAddress(kernelForm(groups))}]`).toBe(new URL(`http://[${written}]`).hostname);
    }),
    { numRuns: 2000 },
  );
});

const unixTable = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01  1234 /run/docker.sock
0000000000000000: 00000003 00000000 00000000 0001 03 56789 /run/docker.sock
0000000000000000: 00000002 00000000 00010000 0001 01    77 /tmp/with two spaces/my engine.sock
0000000000000000: 00000002 00000000 00010000 0005 01   412 /run/udev/control
0000000000000000: 00000003 00000000 00000000 0001 03   413
0000000000000000: 00000002 00000000 00010000 0001 01   414 @/abstract/docker.sock
0000000000000000: 00000002 00000000 00010000 0001 01   415 relative.sock
`;

test('named unix sockets, spaces in their paths included', () => {
  using folder = temporaryFolder();
  const sockets = readUnixSockets(folder.write('unix', unixTable));
  expect(sockets).toEqual([
    { path: '/run/docker.sock', inode: '1234', listening: true },
    { path: '/run/docker.sock', inode: '56789', listening: false },
    { path: '/tmp/with two spaces/my engine.sock', inode: '77', listening: true },
    { path: '/run/udev/control', inode: '412', listening: true },
  ]);
});

test('a table that is not there has no sockets', () => {
  expect(readUnixSockets('/nowhere/unix')).toEqual([]);
});

test('a socket is known under every name that leads to it', () => {
  using folder = temporaryFolder({ 'run/docker.sock': '' });
  symlinkSync('run', join(folder.path, 'var-run'));
  const real = join(folder.path, 'run/docker.sock');
  const sockets = [
    { path: real, inode: '1', listening: true },
    { path: real, inode: '2', listening: false },
    { path: join(folder.path, 'run/other.sock'), inode: '3', listening: true },
  ];
  const expected = { listening: new Set(['1']), accepted: new Set(['2']) };
  expect(socketInodes(real, sockets)).toEqual(expected);
  expect(socketInodes(join(folder.path, 'var-run/docker.sock'), sockets)).toEqual(expected);
});

test('a socket that is gone from the file system is still known as /run and /var/run', () => {
  const sockets = [{ path: '/run/gone/docker.sock', inode: '1', listening: true }];
  expect(socketInodes('/var/run/gone/docker.sock', sockets).listening).toEqual(new Set(['1']));
});

const tcpTable = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0947 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 100 0 0 10 0
   2: 0100007F:9C40 0100007F:0947 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 20 4 30 10 -1
`;
const tcp6Table = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4714 1 0000000000000000 100 0 0 10 0
`;
const udpTable = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  123: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4715 2 0000000000000000 0
  124: 0100007F:8235 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 4716 2 0000000000000000 0
`;

test('what listens, told from what is connected', () => {
  using root = temporaryFolder({ '412/net/tcp': tcpTable, '412/net/tcp6': tcp6Table, '412/net/udp': udpTable });
  expect(readListeners(412, undefined, root.path)).toEqual([
    { protocol: 'tcp', address: '127.0.0.1', port: 2375, inode: '4711' },
    { protocol: 'tcp', address: '0.0.0.0', port: 8080, inode: '4712' },
    { protocol: 'tcp6', address: '::', port: 22, inode: '4714' },
    { protocol: 'udp', address: '0.0.0.0', port: 53, inode: '4715' },
  ]);
  expect(readListeners(412, ['udp'], root.path)).toHaveLength(1);
  expect(readListeners(413, undefined, root.path)).toEqual([]);
});

test('sockets that a process holds, among its other descriptors', () => {
  using root = temporaryFolder({ '412/fd/0': 'not a link' });
  symlinkSync('socket:[1234]', join(root.path, '412/fd/3'));
  symlinkSync('socket:[1234]', join(root.path, '412/fd/4'));
  symlinkSync('pipe:[99]', join(root.path, '412/fd/5'));
  symlinkSync('/dev/null', join(root.path, '412/fd/6'));
  symlinkSync('/tmp/socket:[7]', join(root.path, '412/fd/7'));
  expect(heldSockets(412, root.path)).toEqual(new Set(['1234']));
  expect(() => heldSockets(413, root.path)).toThrow(/ENOENT/);
});

test('a real socket is found where the kernel lists it, and held by this process', async () => {
  await using engine = await startFakeEngine();
  const path = engine.address.kind === 'unix' ? engine.address.path : '';
  const { listening } = socketInodes(path, readUnixSockets());
  expect(listening.size).toBe(1);
  expect(heldSockets(process.pid).isSupersetOf(listening)).toBe(true);
});

test('a real TCP listener is found', async () => {
  await using engine = await startFakeEngine({}, { over: 'tcp' });
  const port = engine.address.kind === 'tcp' ? engine.address.port : 0;
  expect(readListeners('self')).toContainEqual(
    expect.objectContaining({ protocol: 'tcp', address: '127.0.0.1', port }),
  );
});

test('only a socket that is neither unix nor netlink makes TCP worth reading', () => {
  using root = temporaryFolder({
    '412/net/unix':
      'Num RefCount Protocol Flags Type St Inode Path\n' +
      '0000000000000000: 00000002 00000000 00010000 0001 01 100 /run/docker.sock\n' +
      '0000000000000000: 00000003 00000000 00000000 0001 03 101\n',
    '412/net/netlink':
      'sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode\n0000000000000000 0 412 00000000 0 0 0 2 0 200\n',
  });
  expect(mayHoldTcp(412, new Set(['100', '101', '200']), root.path)).toBe(false);
  expect(mayHoldTcp(412, new Set(['100', '300']), root.path)).toBe(true);
  expect(mayHoldTcp(413, new Set(['100']), root.path)).toBe(true);
});

test.each([
  ['0100007F', 'LE', '127.0.0.1'],
  ['7F000001', 'BE', '127.0.0.1'],
  ['00000000000000000000000001000000', 'LE', '::1'],
  ['00000000000000000000000000000001', 'BE', '::1'],
] as const)('%s on a machine with the order %s is %s', (text, order, address) => {
  expect(formatKernelAddress(text, order)).toBe(address);
});
