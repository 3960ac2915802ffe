import { describe, expect, test } from 'vitest';
import { fileEntry } from '../../test/cataloged.ts';
import { githubToken } from '../../test/github-token.ts';
import { memoryLayer, openedImage, type WrittenLayer } from '../../test/memory-layer.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { unreadable, type UnreadableFact } from '../model/fact.ts';
import type { OpenedLayer } from '../model/opened-image.ts';
import { openScanStore } from '../store/scan-store.ts';
import { lookInside } from './look-inside.ts';

const release = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';

function installed(...packages: readonly string[]): string {
  return packages
    .map((each) => {
      const [name = '', version = ''] = each.split(' ');
      return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`;
    })
    .join('\n');
}

function layersOf(...written: readonly WrittenLayer[]): OpenedLayer[] {
  return written.map((each, index) => ({
    digest: digestOf(index),
    createdBy: `step ${index}`,
    source: memoryLayer(each),
  }));
}

function digestOf(index: number): string {
  return `sha256:${String(index).padStart(64, '0')}`;
}

function look(layers: readonly OpenedLayer[], thorough = false) {
  return lookInside(openedImage(layers), { thorough }).then(({ contents }) => contents);
}

describe('packages of several layers', () => {
  test('each is told once, with the layer since which it is there in this version', async () => {
    const { packages, distribution } = await look(
      layersOf(
        { files: { 'etc/os-release': release, 'var/lib/dpkg/status': installed('bash 1', 'curl 1', 'gone 1') } },
        { files: { 'var/lib/dpkg/status': installed('bash 1', 'curl 2') } },
        { files: { 'var/lib/dpkg/status': installed('bash 1', 'curl 2', 'new 1') } },
      ),
    );
    expect(distribution).toMatchObject({ known: true, value: { id: 'debian', version: '12' } });
    expect(packages.map(({ purl, layer }) => [purl, layer])).toEqual([
      ['pkg:deb/debian/bash@1?arch=amd64&distro=debian-12', 0],
      ['pkg:deb/debian/curl@2?arch=amd64&distro=debian-12', 1],
      ['pkg:deb/debian/new@1?arch=amd64&distro=debian-12', 2],
    ]);
  });

  test('a package that was away for a layer came with the layer that brought it back', async () => {
    const { packages } = await look(
      layersOf(
        { files: { 'var/lib/dpkg/status': installed('bash 1') } },
        { files: { 'var/lib/dpkg/status': installed('other 1') } },
        { files: { 'var/lib/dpkg/status': installed('bash 1') } },
      ),
    );
    expect(packages.map(({ name, layer }) => [name, layer])).toEqual([['bash', 2]]);
  });

  test('none is left of a database that was deleted', async () => {
    const status = { files: { 'var/lib/dpkg/status': installed('bash 1') } };
    expect((await look(layersOf(status, { removed: ['var/lib/dpkg'] }))).packages).toEqual([]);
    expect((await look(layersOf(status, { opaque: ['var/lib'] }))).packages).toEqual([]);
  });

  test("a language's package that a system package brought is marked, not dropped", async () => {
    const { packages } = await look(
      layersOf({
        files: {
          'var/lib/dpkg/status': installed('python3-six 1.16.0-4'),
          'var/lib/dpkg/info/python3-six.list': '/usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA\n',
          'usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA': 'Name: six\nVersion: 1.16.0\n',
          'usr/local/lib/python3/site-packages/six-1.17.0.dist-info/METADATA': 'Name: six\nVersion: 1.17.0\n',
        },
      }),
    );
    const six = packages.filter(({ type }) => type === 'pypi');
    expect(six.map(({ version, ownedBy }) => [version, ownedBy])).toEqual([
      ['1.16.0', expect.stringContaining('pkg:deb/debian/python3-six@1.16.0-4')],
      ['1.17.0', undefined],
    ]);
  });

  test('a file that is owned by the path of before /usr was merged is still owned', async () => {
    const { files } = await look(
      layersOf({
        entries: [fileEntry('bin', { kind: 'symbolic-link', target: 'usr/bin' })],
        files: {
          'var/lib/dpkg/status': installed('mount 2'),
          'var/lib/dpkg/info/mount.list': '/bin/mount\n',
          'var/lib/dpkg/info/mount.md5sums': `${'0'.repeat(32)}  bin/mount\n`,
          'usr/bin/mount': 'program',
        },
        changes: { 'usr/bin/mount': { mode: 0o4755 } },
      }),
    );
    expect(files).toContainEqual(
      expect.objectContaining({
        kind: 'changed-package-file',
        path: '/usr/bin/mount',
        ownedBy: expect.stringContaining('mount@2'),
      }),
    );
  });
});

describe("files that are not as their package's checksums say", () => {
  const good = '5eb63bbbe01eeed093cb22bb8f5acdc3';
  const base: WrittenLayer = {
    files: {
      'var/lib/dpkg/status': installed('tool 1'),
      'var/lib/dpkg/info/tool.list': '/usr/bin/tool\n',
      'var/lib/dpkg/info/tool.md5sums': `${good}  usr/bin/tool\n`,
      'usr/bin/tool': 'hello world',
    },
  };

  test('one that a later layer replaced is told, one that it restored is not', async () => {
    const replaced = await look(layersOf(base, { files: { 'usr/bin/tool': 'trojan' } }));
    expect(replaced.files).toMatchObject([{ kind: 'changed-package-file', path: '/usr/bin/tool', layer: 1 }]);
    const restored = await look(layersOf(base, { files: { 'usr/bin/tool': 'hello world' } }));
    expect(restored.files).toEqual([]);
  });

  test('one that was written after its package is told', async () => {
    const changed = {
      ...base,
      files: { ...base.files, 'usr/bin/tool': 'trojan' },
      changes: { 'usr/bin/tool': { modified: Date.UTC(2027, 1, 1) } },
    };
    expect((await look(layersOf(changed))).files).toMatchObject([{ path: '/usr/bin/tool' }]);
  });

  test('one that only pretends to be as old is told by a thorough look', async () => {
    const disguised = { ...base, files: { ...base.files, 'usr/bin/tool': 'trojan' } };
    expect((await look(layersOf(disguised))).files).toEqual([]);
    expect((await look(layersOf(disguised), true)).files).toMatchObject([{ path: '/usr/bin/tool' }]);
  });

  test('one in whose place stands a hard link to another is told', async () => {
    const linked: WrittenLayer = {
      files: { 'srv/trojan': 'trojan', 'usr/bin/tool': 'trojan' },
      changes: { 'usr/bin/tool': { kind: 'hard-link', target: 'srv/trojan', size: 0 } },
    };
    expect((await look(layersOf(base, linked))).files).toMatchObject([
      { kind: 'changed-package-file', path: '/usr/bin/tool', layer: 1, size: 6 },
    ]);
  });

  test('one that is listed again and again is read once', async () => {
    const md5sums = `${good}  usr/bin/tool\n`.repeat(1000);
    const layer = memoryLayer({ files: { ...base.files, 'var/lib/dpkg/info/tool.md5sums': md5sums } });
    let opened = 0;
    const source = {
      ...layer,
      open(path: string) {
        if (path === 'usr/bin/tool') opened += 1;
        return layer.open?.(path);
      },
    };
    await look([{ digest: digestOf(0), source }], true);
    // Once more for secrets.
    expect(opened).toBe(2);
  });

  test('a layer that cannot be read again leaves the question open, and says so', async () => {
    const layers = [base, { files: { 'usr/bin/tool': 'trojan' } }].map((each, index) => ({
      digest: digestOf(index),
      source: memoryLayer(each, false),
    }));
    const { files, gaps } = await look(layers);
    expect(files).toEqual([]);
    expect(gaps).toMatchObject([{ path: 'checksums of packages' }]);
  });
});

describe('secrets', () => {
  const key = githubToken();

  test('in a deleted file are in the image all the same', async () => {
    const { secrets } = await look(layersOf({ files: { 'app/.env': `TOKEN=${key}\n` } }, { removed: ['app/.env'] }));
    expect(secrets).toMatchObject([{ layer: 0, deleted: true, place: { kind: 'file', path: '/app/.env', line: 1 } }]);
    expect(JSON.stringify(secrets)).not.toContain(key);
  });

  test('in a file that a package brought are not of this image, but for a thorough look', async () => {
    const layers = layersOf({
      files: {
        'var/lib/dpkg/status': installed('doc 1'),
        'var/lib/dpkg/info/doc.list': '/usr/share/doc/a.txt\n/etc/app.conf\n',
        'usr/share/doc/a.txt': `token ${key}\n`,
        'etc/app.conf': `token ${key}\n`,
      },
    });
    expect((await look(layers)).secrets).toMatchObject([{ place: { path: '/etc/app.conf' } }]);
    expect((await look(layers, true)).secrets).toHaveLength(2);
  });

  test('in a file that cannot be opened may be there: it is said', async () => {
    const layer = memoryLayer({ files: { 'app/.env': `TOKEN=${key}\n` } });
    const { secrets, gaps } = await look([{ source: { ...layer, open: () => undefined } }]);
    expect(secrets).toEqual([]);
    expect(gaps).toMatchObject([{ path: '/app/.env', reason: { en: 'it could not be opened' } }]);
  });

  test('in a thousand files that cannot be opened are told of by a few names and a number', async () => {
    const files = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`app/${index}.env`, 'A=b\n']));
    const { gaps } = await look([{ source: { ...memoryLayer({ files }), open: () => undefined } }]);
    expect(gaps).toHaveLength(51);
    expect(gaps.at(-1)?.reason.en).toBe('950 more files could not be searched for secrets');
  });

  test('a path that stands in a tar a thousand times is searched once', async () => {
    const entries = Array.from({ length: 1000 }, () => fileEntry('app/.env', { size: 10 }));
    const layer = memoryLayer({ entries, files: { 'app/.env': `TOKEN=${key}\n` } });
    let opened = 0;
    const open = (path: string) => {
      opened += 1;
      return layer.open?.(path);
    };
    expect((await look([{ source: { ...layer, open } }])).secrets).toHaveLength(1);
    expect(opened).toBe(1);
  });

  test('are the same ones, whether the layer can be opened or only passes by', async () => {
    const written = {
      files: {
        'usr/share/doc/a.txt': `token ${key}\n`,
        'srv/a.txt': `token ${key}\n`,
        'var/lib/dpkg/info/doc.list': '/usr/share/doc/a.txt\n',
      },
    };
    const [opened, streamed] = await Promise.all(
      [true, false].map((canOpen) => look([{ digest: digestOf(0), source: memoryLayer(written, canOpen) }])),
    );
    expect(streamed?.secrets).toEqual(opened?.secrets);
    expect(streamed?.secrets).toHaveLength(1);
  });
});

describe('what is kept', () => {
  const written = { files: { 'var/lib/dpkg/status': installed('bash 1') } };

  test('spares the second scan every layer, also in another image', async () => {
    using folder = temporaryFolder();
    const store = openScanStore({ folder: folder.path });
    const [lower, upper, other] = [memoryLayer(written), memoryLayer({}), memoryLayer({ files: { a: 'b' } })];
    const first = [
      { digest: digestOf(0), source: lower },
      { digest: digestOf(1), source: upper },
    ];
    const before = await lookInside(openedImage(first), { thorough: false, store });
    expect(await lookInside(openedImage(first), { thorough: false, store })).toEqual(before);
    await lookInside(openedImage([...first, { digest: digestOf(2), source: other }]), { thorough: false, store });
    expect([lower.reads(), upper.reads(), other.reads()]).toEqual([1, 1, 1]);
    store.close();
  });

  test('says nothing of the place from which the image was read: what is wrong there is said each time', async () => {
    using folder = temporaryFolder();
    const store = openScanStore({ folder: folder.path });
    const layers = [{ digest: digestOf(0), source: memoryLayer(written) }];
    const gap = unreadable('file', 'b.tar', { en: 'damaged', zh: '已损坏' }, { en: 'a whole one', zh: '完整文件' });
    const gapsOf = async (gaps: readonly UnreadableFact[]) =>
      (await lookInside(openedImage(layers, { gaps }), { thorough: false, store })).contents.gaps;
    expect(await gapsOf([])).toEqual([]);
    expect(await gapsOf([gap])).toEqual([gap]);
    expect(await gapsOf([])).toEqual([]);
    store.close();
  });

  test('does not leave open what can be known where the layers can be opened', async () => {
    using folder = temporaryFolder();
    const store = openScanStore({ folder: folder.path });
    const files = {
      'var/lib/dpkg/status': installed('tool 1'),
      'var/lib/dpkg/info/tool.md5sums': `${'0'.repeat(32)}  usr/bin/tool\n`,
      'usr/bin/tool': 'program',
    };
    const changes = { 'usr/bin/tool': { mode: 0o4755 } };
    const lookAt = async (canOpen: boolean) => {
      const layers = [{ digest: digestOf(0), source: memoryLayer({ files, changes }, canOpen) }];
      return (await lookInside(openedImage(layers), { thorough: false, store })).contents;
    };
    expect((await lookAt(false)).gaps).toMatchObject([{ path: 'checksums of packages' }]);
    const opened = await lookAt(true);
    expect(opened.gaps).toEqual([]);
    expect(opened.files).toContainEqual(expect.objectContaining({ kind: 'changed-package-file' }));
    store.close();
  });

  test('is nothing of a layer that was read only in part', async () => {
    using folder = temporaryFolder();
    const store = openScanStore({ folder: folder.path });
    const broken = memoryLayer(written);
    const why = unreadable(
      'file',
      'layer',
      { en: 'it ends too soon', zh: '提前结束' },
      { en: 'all of it', zh: '完整文件' },
    );
    const source = {
      ...broken,
      read: (visitor: Parameters<typeof broken.read>[0]) => {
        visitor.gap(why);
        return broken.read(visitor);
      },
    };
    const layers = [{ digest: digestOf(0), source }];
    const { contents } = await lookInside(openedImage(layers), { thorough: false, store });
    expect(contents.gaps).toContainEqual(why);
    await lookInside(openedImage(layers), { thorough: false, store });
    expect(broken.reads()).toBe(2);
    store.close();
  });

  test('is nothing of a folder, which nothing names', async () => {
    using folder = temporaryFolder();
    const store = openScanStore({ folder: folder.path });
    const source = memoryLayer(written);
    await lookInside(openedImage([{ source }]), { thorough: false, store });
    await lookInside(openedImage([{ source }]), { thorough: false, store });
    expect(source.reads()).toBe(2);
    store.close();
  });
});

test('layers that come in one stream, in any order, are put in theirs', async () => {
  const written: readonly WrittenLayer[] = [
    { files: { 'var/lib/dpkg/status': installed('bash 1') } },
    { files: { 'var/lib/dpkg/status': installed('bash 2') } },
  ];
  const image = openedImage(
    written.map((_, index) => ({ digest: digestOf(index) })),
    {
      async stream(begin, end) {
        for (const index of [1, 0]) {
          const visitor = begin();
          await memoryLayer(written[index] ?? {}).read(visitor);
          end(digestOf(index), visitor);
        }
      },
    },
  );
  const { contents } = await lookInside(image, { thorough: false });
  expect(contents.packages.map(({ version, layer }) => [version, layer])).toEqual([['2', 1]]);
});

test('beside a stream, what a container changed is read by itself, and a layer that does not come is said', async () => {
  const status = { files: { 'var/lib/dpkg/status': installed('bash 1') } };
  const image = openedImage(
    [
      { digest: digestOf(0) },
      { digest: digestOf(1) },
      { ofContainer: true, source: memoryLayer({ removed: ['etc'], files: { 'srv/new': 'x' } }) },
    ],
    {
      async stream(begin, end) {
        const visitor = begin();
        await memoryLayer(status).read(visitor);
        end(digestOf(0), visitor);
      },
    },
  );
  const { contents } = await lookInside(image, { thorough: false });
  expect(contents).toMatchObject({ fileCount: 2, layers: [{}, { unread: {} }, { ofContainer: true }] });
  expect(contents.gaps).toMatchObject([{ path: digestOf(1) }]);
});

test('a layer that is not read is said, and the others are', async () => {
  const unread = unreadable('file', digestOf(0), { en: 'foreign', zh: '外部层' }, { en: 'the layer', zh: '该层' });
  const { layers, gaps, packages } = await look([
    { digest: digestOf(0), unread },
    ...layersOf({}, { files: { 'var/lib/dpkg/status': installed('bash 1') } }).slice(1),
  ]);
  expect(layers[0]).toMatchObject({ unread });
  expect(gaps).toContainEqual(unread);
  expect(packages).toMatchObject([{ name: 'bash', layer: 1 }]);
});

test('a database by the name of a hard link is read through it', async () => {
  const { packages } = await look(
    layersOf({
      files: { 'srv/status': installed('bash 1') },
      entries: [fileEntry('var/lib/dpkg/status', { kind: 'hard-link', target: 'srv/status' })],
    }),
  );
  expect(packages).toMatchObject([{ name: 'bash' }]);
});

test('hard links that lead to more than there is reason for are left out, and said', async () => {
  const status = installed('bash 1');
  const layer = memoryLayer({
    files: { 'srv/status': status },
    entries: Array.from({ length: 3 }, (_, index) =>
      fileEntry(`var/lib/dpkg/status.d/${index}`, { kind: 'hard-link', target: 'srv/status' }),
    ),
  });
  const open = (path: string) => {
    const opened = layer.open?.(path);
    return opened && { ...opened, size: 600 * 1024 ** 2 };
  };
  const { gaps } = await look([{ source: { ...layer, open } }]);
  expect(gaps.filter(({ reason }) => reason.en.includes('lead to more than 1 GiB'))).toHaveLength(2);
});

test('packages do not belong to the one whose file their database is', async () => {
  const { packages } = await look(
    layersOf({
      files: {
        'var/lib/dpkg/status': installed('dpkg 1', 'bash 1'),
        'var/lib/dpkg/info/dpkg.list': '/var/lib/dpkg/status\n',
      },
    }),
  );
  expect(packages.map(({ name, ownedBy }) => [name, ownedBy])).toEqual([
    ['bash', undefined],
    ['dpkg', undefined],
  ]);
});

test('a database that is a device, a folder or a link is none, and harms nothing', async () => {
  const { packages } = await look(
    layersOf({
      entries: (['device', 'folder', 'symbolic-link', 'pipe'] as const).map((kind) =>
        fileEntry('var/lib/dpkg/status', { kind, ...(kind === 'symbolic-link' ? { target: '/etc/passwd' } : {}) }),
      ),
    }),
  );
  expect(packages).toEqual([]);
});
