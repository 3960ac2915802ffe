import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasOpenssl, makeCertificates } from '../../../test/certificates.ts';
import { failureOf } from '../../../test/failure.ts';
import { breakOff, type FakeMirror, startFakeMirror } from '../../../test/fake-mirror.ts';
import { redirect } from '../../../test/fake-registry.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { fakeClock } from '../../../test/waiting.ts';
import { usualPatience } from '../http/patience.ts';
import { downloadAll } from './download-all.ts';

/** What became of each file, by its name. */
async function fetched(
  folder: TemporaryFolder,
  addresses: readonly string[],
  authorityFile?: string,
  environment = {},
) {
  const wanted = addresses.map((address, index) => ({
    url: new URL(address),
    file: join(folder.path, `${index}/all.zip`),
    largest: 1000,
    verify: () => Promise.resolve(undefined),
  }));
  const outcomes = await downloadAll(wanted, {
    environment,
    patience: { ...usualPatience, idle: 5000 },
    clock: fakeClock(),
    ...(authorityFile === undefined ? {} : { authorityFile }),
  });
  return outcomes.map((each) => ('result' in each ? each.result.state : each.failure.message));
}

test('what fails keeps nothing else from being fetched', async () => {
  await using mirror = await startFakeMirror();
  using folder = temporaryFolder();
  mirror.put('b', 'content');
  const [first, second] = await fetched(folder, [`${mirror.address}a`, `${mirror.address}b`]);
  expect(first).toContain('status 404');
  expect(second).toBe('fetched');
});

test('a host that is not there is asked once', async () => {
  const gone = await startFakeMirror();
  await gone.close();
  await using mirror = await startFakeMirror();
  mirror.put('b', 'content');
  using folder = temporaryFolder();
  const [first, second, third] = await fetched(folder, [`${gone.address}a`, `${gone.address}b`, `${mirror.address}b`]);
  expect(first).toContain('nothing listens at 127.0.0.1');
  expect([second, third]).toEqual([first, 'fetched']);
});

test('a host that always breaks off is given up for good', async () => {
  await using mirror = await startFakeMirror();
  using folder = temporaryFolder();
  mirror.put('b', 'content');
  mirror.fail('a', ...Array.from({ length: 9 }, () => breakOff(Buffer.alloc(100), 0)));
  const [first, second] = await fetched(folder, [`${mirror.address}a`, `${mirror.address}b`]);
  expect(first).toContain('broke');
  expect(second).toBe(first);
  expect(mirror.requests.map(({ path }) => path)).toEqual(['a', 'a', 'a', 'a', 'a']);
});

test('an authority that is not there, or none, is an error', async () => {
  using folder = temporaryFolder({ 'none.pem': 'certificate' });
  const failure = await failureOf(() => fetched(folder, [], join(folder.path, 'ca.pem')));
  expect(failure.message).toContain('ca.pem cannot be read: ENOENT');
  const none = await failureOf(() => fetched(folder, [], join(folder.path, 'none.pem')));
  expect(none.message).toContain('none.pem has no certificate in it');
});

test('a proxy that is not there is what is told, without its password', async () => {
  const gone = await startFakeMirror();
  await gone.close();
  using folder = temporaryFolder();
  const HTTP_PROXY = gone.address.replace('://', '://me:hidden@');
  const [failure] = await fetched(folder, ['http://mirror.example/a'], undefined, { HTTP_PROXY });
  expect(failure).toBe('the proxy on the way to mirror.example cannot be reached (ECONNREFUSED)');
});

/** A mirror with TLS, whose authority is `ca.pem` in the folder. */
async function secure(folder: TemporaryFolder): Promise<FakeMirror> {
  const { server } = makeCertificates(folder.path);
  const mirror = await startFakeMirror({ cert: server.cert, key: server.key });
  mirror.put('a', 'content');
  mirror.put('b', 'content');
  return mirror;
}

describe.skipIf(!hasOpenssl)(`TLS${hasOpenssl ? '' : ' (needs openssl)'}`, () => {
  test('a certificate that nobody knows is not believed, one of an own authority is', async () => {
    using folder = temporaryFolder();
    await using mirror = await secure(folder);
    const [failure] = await fetched(folder, [`${mirror.address}a`]);
    expect(failure).toMatch(/^the certificate of 127\.0\.0\.1:\d+ is not trusted/);
    expect(mirror.requests).toEqual([]);
    expect(await fetched(folder, [`${mirror.address}a`], join(folder.path, 'ca.pem'))).toEqual(['fetched']);
  });

  test('a redirect away from TLS is refused', async () => {
    using folder = temporaryFolder();
    await using mirror = await secure(folder);
    mirror.fail('a', redirect(`${mirror.address.replace('https', 'http')}b`));
    const [failure] = await fetched(folder, [`${mirror.address}a`], join(folder.path, 'ca.pem'));
    expect(failure).toContain('a redirect away from TLS');
  });
});
