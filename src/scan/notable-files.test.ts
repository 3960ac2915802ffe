import { expect, test } from 'vitest';
import { memoryLayer, openedImage, type WrittenLayer } from '../../test/memory-layer.ts';
import { lookInside } from './look-inside.ts';

async function filesIn(...written: readonly WrittenLayer[]) {
  const layers = written.map((each) => ({ source: memoryLayer(each) }));
  return (await lookInside(openedImage(layers), { thorough: false })).contents.files;
}

const cache = (name: string) => `var/cache/apt/archives/${name}.deb`;

test('a folder of downloads is told once, with all that is in it', async () => {
  const files = { [cache('a')]: 'x'.repeat(10), [cache('b')]: 'x'.repeat(30), [cache('c')]: 'x'.repeat(5) };
  expect(await filesIn({ files })).toEqual([
    { kind: 'package-cache', path: '/var/cache/apt', layer: 0, detail: 'apt', size: 45 },
  ]);
});

test('what a later layer deleted of it takes up room all the same, and what two layers brought is told of each', async () => {
  const first = { files: { [cache('a')]: 'x'.repeat(10) } };
  const second = { files: { [cache('b')]: 'x'.repeat(30) }, removed: [cache('a')] };
  expect(await filesIn(first, second)).toMatchObject([
    { path: '/var/cache/apt', layer: 0, size: 10, deleted: true },
    { path: '/var/cache/apt', layer: 1, size: 30 },
  ]);
});

test('a repository that a later layer deleted is gone, a key is not', async () => {
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\n';
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0\0\0\0\u0004none\0\0\0\u0004none', 'latin1'),
    Buffer.from(Array.from({ length: 200 }, (_, at) => (at * 37) % 251)),
  ]).toString('base64');
  const written = { 'app/.git/HEAD': 'ref', 'root/.ssh/id_rsa': `${key}${body}\n-----END OPENSSH PRIVATE KEY-----\n` };
  expect(await filesIn({ files: written })).toHaveLength(2);
  expect(await filesIn({ files: written }, { removed: ['app/.git', 'root/.ssh'] })).toMatchObject([
    { kind: 'private-key', path: '/root/.ssh/id_rsa', detail: 'OpenSSH', deleted: true },
  ]);
});

test('a layer with more of them than can be told says so', async () => {
  const changes: Record<string, { mode: number }> = {};
  const files: Record<string, string> = {};
  for (let index = 0; index < 10_001; index += 1) {
    files[`a/${index}`] = 'x';
    changes[`a/${index}`] = { mode: 0o666 };
  }
  const layers = [{ source: memoryLayer({ files, changes }) }];
  const { contents } = await lookInside(openedImage(layers), { thorough: false });
  expect(contents.files).toHaveLength(10_000);
  expect(contents.gaps).toMatchObject([{ path: 'notable files' }]);
});
