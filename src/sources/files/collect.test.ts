import { chmodSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { collectFiles } from './collect.ts';

const pod = 'apiVersion: v1\nkind: Pod\n';

test('a folder gives the files of every kind that is ours, and says nothing of others', () => {
  using folder = temporaryFolder({ Dockerfile: 'FROM x\n', 'a/pod.yaml': pod, 'b.yaml': 'x: 1\n', 'c.json': '{}' });
  const { files, problems } = collectFiles([folder.path], {});
  expect(files.map(({ kind, file }) => [kind, relative(folder.path, file.name)])).toEqual([
    ['dockerfile', 'Dockerfile'],
    ['kubernetes', 'a/pod.yaml'],
  ]);
  expect(problems).toEqual([]);
});

test('a kind picks files of a folder, and names that of a file', () => {
  using folder = temporaryFolder({ Dockerfile: 'FROM x\n', 'pod.yaml': pod, script: 'docker run x\n' });
  expect(collectFiles([folder.path], { kind: 'kubernetes' }).files).toHaveLength(1);
  expect(collectFiles([join(folder.path, 'pod.yaml')], { kind: 'run' }).files).toMatchObject([{ kind: 'run' }]);
});

test('a file that is named twice is read once', () => {
  using folder = temporaryFolder({ 'pod.yaml': pod });
  const path = join(folder.path, 'pod.yaml');
  expect(collectFiles([path, path, folder.path], {}).files).toHaveLength(1);
});

describe('what cannot be read', () => {
  test.each<[string, Buffer]>([
    ['none of ours', Buffer.from('hello\n')],
    ['binary', Buffer.from([0x7f, 0x45, 0, 1])],
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x46, 0])],
    ['too large', Buffer.alloc(11 * 1024 ** 2, 'x')],
  ])('%s: an error where the file was named', (_, bytes) => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'thing.yaml');
    writeFileSync(path, bytes);
    const { files, problems } = collectFiles([path], {});
    expect(files).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'error', file: path }]);
  });

  test('in a folder a large file is only mentioned', () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'data.yaml'), Buffer.alloc(11 * 1024 ** 2, 'x'));
    expect(collectFiles([folder.path], {}).problems).toMatchObject([{ kind: 'notice' }]);
  });

  test('a path that does not exist is an error of the call', async () => {
    const error = await failureOf(() => collectFiles(['/nowhere/at/all'], {}));
    expect(error).toMatchObject({ code: 'file-unreadable' });
    expect(error.text.en).toContain('/nowhere/at/all');
  });

  test.skipIf(process.getuid?.() === 0)('a file without permission', () => {
    using folder = temporaryFolder({ 'pod.yaml': pod });
    chmodSync(join(folder.path, 'pod.yaml'), 0);
    expect(collectFiles([folder.path], {}).problems).toMatchObject([{ kind: 'error' }]);
  });
});

test('a byte-order mark is not part of the text, and is kept', () => {
  using folder = temporaryFolder({ 'pod.yaml': `\uFEFF${pod}` });
  expect(collectFiles([folder.path], {}).files).toMatchObject([{ file: { text: pod, mark: '\uFEFF' } }]);
});
