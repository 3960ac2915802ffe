import { gzipSync } from 'node:zlib';
import { assert, asyncProperty, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tarSplitLines, tarSplitOf } from '../../../test/tar-split-writer.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readTarSplit, type TarSplitOptions } from './tar-split.ts';

const netRaw = Buffer.from('0100000200200000000000000000000000000000', 'hex');
const capable = { 'SCHILY.xattr.security.capability': netRaw };

async function read(packed: Buffer, options: TarSplitOptions = {}) {
  using folder = temporaryFolder();
  return await readTarSplit(folder.write('tar-split.json.gz', packed), options);
}

describe('what Docker keeps beside a layer', () => {
  test('has its opaque folders and capabilities', async () => {
    const told = await read(
      tarSplitOf([
        { path: 'etc/', type: '5' },
        { path: 'etc/.wh..wh..opq' },
        { path: './usr/bin/ping', content: 'program', records: capable },
        { path: `usr/${'long/'.repeat(40)}ping`, content: 'p'.repeat(700), records: capable },
        { path: 'usr/bin/other', content: 'x' },
        { path: '.wh..wh..opq' },
      ]),
    );
    expect(told.opaque).toEqual(['etc', '']);
    expect(Object.fromEntries(told.capabilities)).toEqual({
      'usr/bin/ping': netRaw.toString('hex'),
      [`usr/${'long/'.repeat(40)}ping`]: netRaw.toString('hex'),
    });
    expect(told.incomplete).toBeUndefined();
  });

  test('folders are opaque by an attribute too, of users only where the engine heeds it', async () => {
    const packed = tarSplitOf([
      { path: 'etc/', type: '5', records: { 'SCHILY.xattr.trusted.overlay.opaque': 'y' } },
      { path: 'no/', type: '5', records: { 'SCHILY.xattr.trusted.overlay.opaque': 'n' } },
      { path: 'srv/', type: '5', records: { a: 'b', 'SCHILY.xattr.user.overlay.opaque': 'y' } },
      { path: 'moved/', type: '5', records: { 'SCHILY.xattr.trusted.overlay.redirect': '/opt' } },
    ]);
    expect(await read(packed)).toMatchObject({ opaque: ['etc'], elsewhere: ['moved'] });
    expect((await read(packed, { heedsUser: true })).opaque).toEqual(['etc', 'srv']);
    expect(await read(packed, { isLowest: true })).toMatchObject({ opaque: [], elsewhere: [] });
  });

  test('of the lowest layer opaque folders are not looked for', async () => {
    const packed = tarSplitOf([{ path: 'etc/.wh..wh..opq' }, { path: 'ping', records: capable }]);
    const told = await read(packed, { isLowest: true });
    expect([told.opaque, [...told.capabilities.keys()]]).toEqual([[], ['ping']]);
  });

  test('the attribute is found wherever it stands in base64', async () => {
    const shifts = ['', 'a', 'bb', 'ccc', 'dddd'];
    const members = shifts.map((shift, index) => ({
      path: `ping${index}`,
      content: 'x'.repeat(index),
      records: { ...(shift ? { [`a${shift}`]: shift } : {}), ...capable },
    }));
    expect([...(await read(tarSplitOf(members))).capabilities.keys()].toSorted()).toEqual(
      members.map(({ path }) => path),
    );
  });

  test('only a last part of the path that is the mark is one', async () => {
    const told = await read(
      tarSplitOf([
        { path: 'a/.wh..wh..opq-not' },
        { path: 'b/.wh..wh..opq/file' },
        { path: 'c.wh..wh..opq' },
        { path: '../.wh..wh..opq' },
        { path: 'd/.wh..wh..opq/', type: '5' },
      ]),
    );
    expect(told.opaque).toEqual(['d']);
  });

  test('a name that is no UTF-8 is kept', async () => {
    const name = Buffer.from('d\xff/.wh..wh..opq', 'latin1').toString('base64');
    const packed = gzipSync(`{"type":1,"name_raw":"${name}","payload":null,"position":1}\n`);
    expect((await read(packed)).opaque).toEqual(['d\udcff']);
  });

  test('a text that a file only has in its name or in other records is none', async () => {
    const text = '30 SCHILY.xattr.security.capability=xx';
    const told = await read(tarSplitOf([{ path: 'file', records: { comment: text } }]));
    expect([told.capabilities.size, told.incomplete]).toEqual([0, undefined]);
  });

  test('lines across pieces are put together', async () => {
    const members = Array.from({ length: 3000 }, (_, index) => ({ path: `folder${index}/.wh..wh..opq` }));
    expect((await read(tarSplitOf(members))).opaque).toHaveLength(3000);
  });
});

describe('bad input', () => {
  test('a line that is no JSON or no header is told', async () => {
    for (const line of ['{"type":1,"name":"a/.wh..wh..opq"', '".wh..wh..opq"', '{"type":2,"payload":".wh..wh..opq"}']) {
      const told = await read(gzipSync(`${line}\n${tarSplitLines([{ path: 'b/.wh..wh..opq' }]).join('\n')}`));
      expect(told.opaque).toEqual(['b']);
      expect(told.incomplete?.en).toMatch(/make no sense/);
    }
  });

  test('a line that is too long is passed over and told', async () => {
    const long = `{"type":2,"payload":"${'A'.repeat(9 * 1024 ** 2)}"}`;
    const told = await read(gzipSync(`${long}\n{"type":1,"name":"b/.wh..wh..opq"}\n`));
    expect(told.opaque).toEqual(['b']);
    expect(told.incomplete?.en).toMatch(/too long/);
  });

  test('a record that is cut off or not packed is refused', async () => {
    const packed = tarSplitOf([{ path: 'a/.wh..wh..opq' }]);
    await expect(read(packed.subarray(0, packed.length - 9))).rejects.toThrow('unexpected end of file');
    await expect(read(Buffer.from('{"type":1}'))).rejects.toThrow('incorrect header check');
    await expect(readTarSplit('/nowhere/tar-split.json.gz')).rejects.toThrow('ENOENT');
  });

  test('whatever stands in the lines, reading ends', async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 600 }), async (bytes) => {
        const payload = Buffer.concat([Buffer.from('SCHILY.xattr.security.capability=x'), bytes]);
        const raw = gzipSync(Buffer.concat([Buffer.from('.wh..wh..opq'), bytes]));
        const coded = gzipSync(`{"type":2,"payload":"${payload.toString('base64')}"}`);
        await read(raw);
        await read(coded);
      }),
      { numRuns: 50 },
    );
  });
});
