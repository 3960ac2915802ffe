import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { breakOff, type FakeMirror, servedHeaders, startFakeMirror } from '../../../test/fake-mirror.ts';
import { type Fault, hang, redirect, refuse, say } from '../../../test/fake-registry.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { type FakeClock, fakeClock } from '../../../test/waiting.ts';
import type { Text } from '../../model/text.ts';
import { usualContext } from '../http/authorities.ts';
import { usualPatience } from '../http/patience.ts';
import { openTransport } from '../http/transport.ts';
import { type DownloadOptions, downloadFile, type WantedFile } from './download.ts';
import { feedServer } from './feed-server.ts';

/** Larger than what one try must bring to count as a success. */
const content = randomBytes(300_000);
const place = 'Debian/all.zip';
const fine = () => Promise.resolve(undefined);
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Place extends Disposable {
  readonly folder: TemporaryFolder;
  readonly file: string;
  readonly clock: FakeClock;
  /** Names of what lies there. */
  readonly names: () => string[];
  readonly fetch: (mirror: FakeMirror, more?: Partial<WantedFile & DownloadOptions>) => ReturnType<typeof downloadFile>;
}

function openPlace(): Place {
  const folder = temporaryFolder();
  const file = join(folder.path, place);
  const clock = fakeClock();
  async function fetch(mirror: FakeMirror, more: Partial<WantedFile & DownloadOptions> = {}) {
    const url = new URL(place, mirror.address);
    const patience = more.patience ?? usualPatience;
    const transport = openTransport({
      endpoint: { host: url.host, insecure: false },
      trust: { own: usualContext, others: usualContext },
      kind: feedServer,
      environment: {},
      idle: patience.idle,
    });
    try {
      const wanted = { url, file, largest: 10_000_000, verify: fine, ...more };
      return await downloadFile(wanted, { transport, local: true, patience, clock, ...more });
    } finally {
      transport.close();
    }
  }
  const names = () => (existsSync(dirname(file)) ? readdirSync(dirname(file)).toSorted() : []);
  return { folder, file, clock, names, fetch, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

const whole = ['all.zip', 'all.zip.fetched.json'];
const partial = ['all.zip.part', 'all.zip.part.json'];

describe('what is there already', () => {
  test('is not fetched again', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    expect(await at.fetch(mirror)).toEqual({ state: 'fetched', digest: digestOf(content) });
    expect(readFileSync(at.file).equals(content)).toBe(true);
    at.clock.advance(3_600_000);
    expect(await at.fetch(mirror)).toEqual({ state: 'unchanged', digest: digestOf(content) });
    expect(at.names()).toEqual(whole);
    const { etag } = servedHeaders(content);
    expect(mirror.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, etag]);
    const note = JSON.parse(readFileSync(`${at.file}.fetched.json`, 'utf8')) as { readonly asked: string };
    expect(note.asked).toBe('2025-01-01T01:00:00.000Z');
  });

  test('is fetched again when it is changed', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, 'before');
    await at.fetch(mirror);
    mirror.put(place, content);
    expect(await at.fetch(mirror)).toMatchObject({ state: 'fetched' });
    expect(readFileSync(at.file).equals(content)).toBe(true);
  });

  test('is asked for by its date where it has no tag', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    const date = 'Wed, 01 Jan 2020 00:00:00 GMT';
    mirror.put(place, content, { 'last-modified': date });
    await at.fetch(mirror);
    mirror.fail(place, refuse(304));
    expect(await at.fetch(mirror)).toMatchObject({ state: 'unchanged' });
    expect(mirror.requests.at(-1)?.headers).toMatchObject({ 'if-modified-since': date });
  });

  test('is fetched again when it was damaged, or comes from elsewhere, unless it is in use', async () => {
    await using mirror = await startFakeMirror();
    await using other = await startFakeMirror();
    using at = openPlace();
    for (const each of [mirror, other]) each.put(place, content);
    await at.fetch(mirror);
    writeFileSync(at.file, 'damaged');
    expect(await at.fetch(mirror, { inUse: digestOf(content) })).toMatchObject({ state: 'unchanged' });
    expect(await at.fetch(mirror)).toMatchObject({ state: 'fetched' });
    expect(readFileSync(at.file).equals(content)).toBe(true);
    expect(await at.fetch(other)).toMatchObject({ state: 'fetched' });
    writeFileSync(`${at.file}.fetched.json`, '{"url":');
    expect(await at.fetch(other)).toMatchObject({ state: 'fetched' });
  });

  test('stays until the new one is whole and verified', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    const before = mirror.put(place, 'before');
    await at.fetch(mirror);
    mirror.put(place, content);
    const fault: Text = { en: 'it is no archive', zh: '不是归档' };
    const failure = await failureOf(() => at.fetch(mirror, { verify: () => Promise.resolve(fault) }));
    expect(failure.message).toMatch(
      /^127\.0\.0\.1:\d+ answered with a file that is not what it should be: it is no archive$/,
    );
    expect(readFileSync(at.file)).toEqual(before);
    expect(at.names()).toEqual(whole);
  });
});

describe('a download that breaks', () => {
  test('goes on where it was', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    mirror.fail(place, breakOff(content, 100_000), refuse(503), refuse(429, { 'retry-after': '7' }));
    await at.fetch(mirror);
    expect(readFileSync(at.file).equals(content)).toBe(true);
    expect(mirror.requests.map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=100000-',
      'bytes=100000-',
      'bytes=100000-',
    ]);
    expect(at.clock.waits).toEqual([375, 750, 7000]);
  });

  test('may break as often as it likes, as long as it comes further', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    const large = mirror.put(place, randomBytes(700_000));
    mirror.fail(place, ...always(breakOff(large, 70_000)));
    await at.fetch(mirror);
    expect(readFileSync(at.file).equals(large)).toBe(true);
    expect(mirror.requests).toHaveLength(10);
  });

  test('goes on in a later run', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    mirror.fail(place, breakOff(content, 100_000));
    const failure = await failureOf(() => at.fetch(mirror, { patience: { ...usualPatience, tries: 1 } }));
    expect(failure.message).toContain('broke');
    expect(at.names()).toEqual(partial);
    await at.fetch(mirror);
    expect(readFileSync(at.file).equals(content)).toBe(true);
    expect(mirror.requests.at(-1)?.headers).toMatchObject({
      range: 'bytes=100000-',
      'if-range': servedHeaders(content).etag,
    });
    expect(at.names()).toEqual(whole);
  });

  test('and was whole but for its place, is asked for its last byte', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    at.folder.write(`${place}.part`, content);
    const { etag } = servedHeaders(content);
    const url = `${mirror.address}${place}`;
    at.folder.write(`${place}.part.json`, JSON.stringify({ url, etag, validator: etag, size: content.length }));
    expect(await at.fetch(mirror)).toEqual({ state: 'fetched', digest: digestOf(content) });
    expect(mirror.requests[0]?.headers.range).toBe('bytes=299999-');
    expect(readFileSync(at.file).equals(content)).toBe(true);
  });

  test('is begun anew where nothing tells one file from another', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content, {});
    mirror.fail(place, breakOff(content, 100_000, { etag: 'W/"weak"' }));
    await at.fetch(mirror);
    expect(mirror.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
    expect(readFileSync(at.file).equals(content)).toBe(true);
  });

  test('is begun anew where only a date of this second does', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content, {});
    const date = 'Wed, 01 Jan 2020 00:00:00 GMT';
    const headers = { date, 'last-modified': date };
    mirror.fail(place, breakOff(content, 100_000, headers));
    await at.fetch(mirror);
    expect(mirror.requests.map((each) => each.headers.range)).toEqual([undefined, undefined]);
  });

  test('is begun anew where it was of another address', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    const { etag } = servedHeaders(content);
    at.folder.write(`${place}.part`, 'other');
    at.folder.write(`${place}.part.json`, JSON.stringify({ url: 'http://elsewhere.test/', validator: etag }));
    await at.fetch(mirror);
    expect(mirror.requests[0]?.headers.range).toBeUndefined();
    expect(readFileSync(at.file).equals(content)).toBe(true);
  });

  test('is not begun anew for ever', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    // Each time it is another file, of which as much comes as the time before.
    const changing = Array.from({ length: 50 }, (_, index) => breakOff(content, 100_000, { etag: `"${index}"` }));
    mirror.fail(place, ...changing);
    expect((await failureOf(() => at.fetch(mirror))).message).toContain('broke');
    expect(mirror.requests.length).toBeLessThan(10);
  });
});

/** After a break in the middle, the next answer is this one. */
async function resumedWith(answer: Fault) {
  const mirror = await startFakeMirror();
  const at = openPlace();
  mirror.put(place, content);
  mirror.fail(place, breakOff(content, 100_000), answer);
  const result = await at.fetch(mirror);
  const bytes = readFileSync(at.file);
  const ranges = mirror.requests.map(({ headers }) => headers.range);
  at[Symbol.dispose]();
  await mirror.close();
  return { result, bytes, ranges };
}

const { etag } = servedHeaders(content);
const rest = content.subarray(100_000);
const other = randomBytes(300_000);
const partOf = (range: string, body: Buffer, headers = {}) => say(body, { 'content-range': range, ...headers }, 206);

test.each<readonly [string, Fault]>([
  ['is told that there is nothing more', refuse(416)],
  [
    'is given a part of another file',
    partOf('bytes 100000-299999/300000', other.subarray(100_000), { etag: '"other"' }),
  ],
  ['is given a part of who knows what', partOf('bytes 100000-299999/300000', other.subarray(100_000))],
  ['is given a part of a longer file', partOf('bytes 100000-399999/400000', Buffer.alloc(300_000), { etag })],
  ['is given another part', partOf('bytes 0-199999/300000', content.subarray(0, 200_000), { etag })],
  ['is given less than the rest', partOf('bytes 100000-199999/300000', content.subarray(100_000, 200_000), { etag })],
  ['is given a part of an unknown length', partOf('bytes 100000-299999/*', rest, { etag })],
  ['is given a part without a word', say(rest, { etag }, 206)],
  ['is told two lengths', partOf('bytes 100000-299999/300000', rest, { etag, 'content-length': '5' })],
])('whoever asks for the rest and %s begins anew', async (_, answer) => {
  const { bytes, ranges } = await resumedWith(answer);
  expect(bytes.equals(content)).toBe(true);
  expect(ranges).toEqual([undefined, 'bytes=100000-', undefined]);
});

test('whoever asks for the rest may be given all, of whatever file', async () => {
  const same = await resumedWith(say(content, servedHeaders(content)));
  expect([same.bytes.equals(content), same.ranges.length]).toEqual([true, 2]);
  const changed = await resumedWith(say(other, servedHeaders(other)));
  expect(changed.bytes.equals(other)).toBe(true);
  expect(changed.result.digest).toBe(digestOf(other));
});

test('a part that was damaged meanwhile is found out by the sum of the whole, and fetched anew', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.put(place, content);
  mirror.fail(place, breakOff(content, 100_000));
  await failureOf(() => at.fetch(mirror, { patience: { ...usualPatience, tries: 1 } }));
  at.folder.write(`${place}.part`, Buffer.alloc(100_000));
  await at.fetch(mirror);
  expect(readFileSync(at.file).equals(content)).toBe(true);
  expect(mirror.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=100000-', undefined]);
});

const always = (fault: Fault) => Array.from({ length: 10 }, () => fault);

test.each<readonly [string, Fault, string, number]>([
  ['is not there', refuse(404), 'status 404: it has no such file', 1],
  ['may not be had', refuse(403), 'status 403: it refuses access', 1],
  ['is a page to log in', say('<html>', { 'content-type': 'text/html; charset=utf-8' }), 'a web page', 1],
  ['is said to be huge', say('', { 'content-length': '99999999999' }), 'more than 9 MiB, which no feed has', 1],
  ['is huge', say(Buffer.alloc(10_000_001), { 'transfer-encoding': 'chunked' }), 'more than 10000000 bytes', 1],
  [
    'has another MD5',
    say(content, { 'x-goog-hash': servedHeaders(other)['x-goog-hash'] }),
    'the MD5 that it should',
    1,
  ],
  ['is packed once more', say(content, { 'content-encoding': 'br' }), 'an encoding that was not asked for', 1],
  ['is a part', partOf('bytes 0-9/300000', content), 'a part where all was asked for', 1],
  ['is said to be as before', refuse(304), 'status 304, which was not asked for', 1],
  ['is a circle', redirect(`/${place}`), 'more than 5 redirects', 6],
  ['is a file here', redirect('file:///etc/passwd'), 'a redirect to something that is not HTTP', 1],
  ['is never ready', refuse(503), 'status 503', 5],
  ['is asked for too often', refuse(429, { 'retry-after': '4000' }), 'too many requests, none for 4000 s', 1],
  ['always ends too early', breakOff(content, 10), 'broke', 5],
])('a file that %s is an error', async (_, fault, message, requests) => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.put(place, content);
  mirror.fail(place, ...always(fault));
  const failure = await failureOf(() => at.fetch(mirror));
  expect(failure.message).toContain(message);
  expect(failure.advice).toBeDefined();
  expect(mirror.requests).toHaveLength(requests);
  expect(existsSync(at.file)).toBe(false);
});

test('a server that claims less than it sends is found out by what it sent', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.fail(place, (_, response) => {
    response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${'x'.repeat(200)}`);
  });
  const seen: number[] = [];
  const verify = (path: string) => {
    seen.push(readFileSync(path).length);
    return Promise.resolve<Text>({ en: 'cut', zh: '不完整' });
  };
  expect((await failureOf(() => at.fetch(mirror, { verify }))).message).toContain('cut');
  expect(seen).toEqual([100]);
  expect(at.names()).toEqual([]);
});

test('what fails first and is fine then is fine', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.put(place, content);
  mirror.fail(place, refuse(500), breakOff(content, 0));
  expect(await at.fetch(mirror)).toEqual({ state: 'fetched', digest: digestOf(content) });
});

test('a server that falls silent is given up', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.fail(place, hang, hang);
  const failure = await failureOf(() => at.fetch(mirror, { patience: { ...usualPatience, idle: 50, tries: 2 } }));
  expect(failure).toMatchObject({ code: 'feeds-unreachable', message: expect.stringContaining('silent') as string });
});

test('a server that sends a byte now and then is given up, one that is slow is not', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  mirror.put(place, content);
  const drip: Fault = (_, response) => {
    response.writeHead(200, servedHeaders(content));
    response.write(content.subarray(0, 1));
  };
  mirror.fail(place, drip, drip, drip, drip, drip);
  const late = () => at.clock.advance(61_000);
  const failure = await failureOf(() => at.fetch(mirror, { onProgress: late }));
  expect(failure.message).toContain('1 bytes in 60 s, which is too slow');
  expect(mirror.requests).toHaveLength(5);
  let told = 0;
  const slowly = (bytes: number) => {
    if (bytes < told + 70_000) return;
    told = bytes;
    at.clock.advance(61_000);
  };
  await at.fetch(mirror, { onProgress: slowly });
  expect(told).toBeGreaterThan(70_000);
  expect(mirror.requests).toHaveLength(6);
});

test('what is compressed itself may be called a compressed text', async () => {
  await using mirror = await startFakeMirror();
  using at = openPlace();
  const path = 'epss_scores-current.csv.gz';
  mirror.put(path, content, { 'content-encoding': 'gzip' });
  await at.fetch(mirror, { url: new URL(path, mirror.address) });
  expect(readFileSync(at.file).equals(content)).toBe(true);
});

test('a password is shown to whom it is for', async () => {
  await using mirror = await startFakeMirror();
  await using elsewhere = await startFakeMirror();
  using at = openPlace();
  elsewhere.put('there', content);
  mirror.fail(place, redirect(`${elsewhere.address}there`));
  await at.fetch(mirror, { authorization: 'Basic c2VjcmV0' });
  expect(mirror.requests[0]?.headers.authorization).toBe('Basic c2VjcmV0');
  expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
});

describe('the disk', () => {
  test('is full: that is said, and what was begun makes room', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    mirror.put(place, content);
    at.folder.write('Debian/x', '');
    symlinkSync('/dev/full', `${at.file}.part`);
    const failure = await failureOf(() => at.fetch(mirror));
    expect(failure.message).toBe(`no room is left in ${dirname(at.file)}`);
    expect(at.names()).toEqual(['x']);
    expect(mirror.requests).toHaveLength(1);
  });

  test('cannot be written', async () => {
    await using mirror = await startFakeMirror();
    using at = openPlace();
    at.folder.write('Debian', 'a file');
    expect((await failureOf(() => at.fetch(mirror))).message).toMatch(/all\.zip cannot be written: E/);
  });
});
