import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { githubToken } from '../github-token.ts';
import { tarOf, type WrittenMember } from '../tar-writer.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { plimsoll, program } from './plimsoll.ts';

const release = 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n';
const status = (version: string) =>
  `Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\nPackage: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc\nVersion: 2.41-12\n`;

const tree = {
  'root/etc/os-release': release,
  'root/var/lib/dpkg/status': status('5.2.37-2'),
  'root/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0","license":"WTFPL"}',
  'root/app/.env': `GITHUB_TOKEN=${githubToken()}\n`,
};

async function inFolder(files: Readonly<Record<string, string>>, use: (folder: TemporaryFolder) => Promise<void>) {
  using folder = temporaryFolder(files);
  await use(folder);
}

async function scanJson(folder: TemporaryFolder, args: readonly string[]): Promise<Report> {
  const { code, stderr, stdout } = await plimsoll(['scan', '--format', 'json', ...args], { folder: folder.path });
  if (code !== 0 || stderr !== '') throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

function purls({ contents = [] }: Report): string[] {
  return contents.flatMap(({ packages }) => packages.map(({ purl }) => purl));
}

/** The archive that `docker save` of 20.10 writes of an image with these layers. */
function savedImage(layers: readonly (readonly WrittenMember[])[], tag: string): Buffer {
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { User: 'web', Env: ['PATH=/usr/bin'] },
    history: layers.map((_, index) => ({ created_by: `step ${index}` })),
    rootfs: { type: 'layers', diff_ids: layers.map((members) => digestOf(tarOf(members))) },
  };
  const written = JSON.stringify(config);
  const name = `${digestOf(Buffer.from(written)).slice('sha256:'.length)}.json`;
  return tarOf([
    { path: name, content: written },
    ...layers.map((members, index) => ({ path: `${index}/layer.tar`, content: tarOf(members) })),
    {
      path: 'manifest.json',
      content: JSON.stringify([
        { Config: name, RepoTags: [tag], Layers: layers.map((_, index) => `${index}/layer.tar`) },
      ]),
    },
  ]);
}

function digestOf(bytes: Buffer): string {
  return `sha256:${process.getBuiltinModule('node:crypto').hash('sha256', bytes)}`;
}

const layers: readonly (readonly WrittenMember[])[] = [
  [
    { path: 'etc/os-release', content: release },
    { path: 'var/lib/dpkg/status', content: status('5.2.37-1') },
    { path: 'app/key.env', content: `TOKEN=${githubToken()}\n` },
  ],
  [
    { path: 'var/lib/dpkg/status', content: status('5.2.37-2') },
    { path: 'app/.wh.key.env', content: '' },
  ],
];

describe('a folder', () => {
  test('is told by its packages, and the report is as its schema says', async () => {
    await inFolder(tree, async (folder) => {
      const report = await scanJson(folder, ['./root']);
      expect(purls(report).toSorted()).toEqual([
        'pkg:deb/debian/bash@5.2.37-2?arch=amd64&distro=debian-13',
        'pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13',
        'pkg:npm/left-pad@1.3.0',
      ]);
      expect(report.contents?.[0]).toMatchObject({
        subject: 'image/./root',
        target: { kind: 'folder', source: expect.stringMatching(/root$/) },
        distribution: { id: 'debian', version: '13', life: { state: 'supported' } },
      });
      const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
      addFormats.default(ajv);
      const schema = readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8');
      ajv.validate(JSON.parse(schema) as object, report);
      expect(ajv.errors).toBe(null);
    });
  });

  test("a secret's value is in no format, and not in the cache", async () => {
    await inFolder(tree, async (folder) => {
      for (const format of ['terminal', 'json', 'sarif', 'junit', 'markdown', 'html', 'compact', 'cyclonedx', 'spdx']) {
        const run = await plimsoll(['scan', './root', '--format', format, '--cache-folder', 'cache'], {
          folder: folder.path,
        });
        expect(run.code).toBe(0);
        expect(run.stdout + run.stderr).not.toContain(githubToken().slice(4));
      }
      const kept = readdirSync(join(folder.path, 'cache')).filter((name) => name.includes('.sqlite'));
      expect(kept).not.toEqual([]);
      for (const name of kept) {
        expect(readFileSync(join(folder.path, 'cache', name)).includes(githubToken().slice(4))).toBe(false);
      }
    });
  });

  test.each(['cyclonedx', 'spdx'])('as %s, scanned again, has the same packages', async (format) => {
    await inFolder(tree, async (folder) => {
      const bill = await plimsoll(['scan', './root', '--format', format, '--output', 'bom.json'], {
        folder: folder.path,
      });
      expect(bill.code).toBe(0);
      expect(bill.stderr).not.toMatch(/error|notice/);
      const [before, after] = [await scanJson(folder, ['./root']), await scanJson(folder, ['bom.json'])];
      expect(after.contents?.[0]?.packages).toEqual(before.contents?.[0]?.packages);
      expect(after.contents?.[0]?.distribution).toEqual(before.contents?.[0]?.distribution);
    });
  });

  test('speaks Chinese', async () => {
    await inFolder(tree, async (folder) => {
      const { stdout } = await plimsoll(['scan', './root', '--lang', 'zh'], { folder: folder.path });
      expect(stdout).toMatch(/操作系统 +Debian GNU\/Linux 13/);
      expect(stdout).toMatch(/软件包 +3 · deb 2, npm 1/);
      expect(stdout).not.toMatch(/Packages|Secrets/);
    });
  });
});

describe('an archive of docker save', () => {
  test('has layers, and the secret that a later one deleted', async () => {
    await inFolder({}, async (folder) => {
      folder.write('shop.tar', savedImage(layers, 'shop/web:1'));
      const { contents = [] } = await scanJson(folder, ['shop.tar']);
      expect(contents[0]).toMatchObject({
        target: { kind: 'archive', tags: ['shop/web:1'], platform: 'linux/amd64' },
        layers: [
          { createdBy: 'step 0', packages: 1 },
          { createdBy: 'step 1', packages: 1 },
        ],
        secrets: [{ deleted: true, layer: 0, place: { path: '/app/key.env', line: 1 } }],
      });
    });
  });

  test('compressed, or cut, is read as far as it can be, and what is missing is said', async () => {
    await inFolder({}, async (folder) => {
      const saved = savedImage(layers, 'shop/web:1');
      folder.write('shop.tar.gz', gzipSync(saved));
      expect(purls(await scanJson(folder, ['shop.tar.gz']))).toHaveLength(2);
      folder.write('cut.tar', saved.subarray(0, 3000));
      const cut = await plimsoll(['scan', 'cut.tar'], { folder: folder.path });
      expect(cut.code).toBe(2);
      expect(cut.stderr).toMatch(/^error: .*cut\.tar/);
    });
  });

  test('with a layer of another digest is not taken for the image', async () => {
    await inFolder({}, async (folder) => {
      const saved = savedImage(layers, 'shop/web:1');
      const at = saved.indexOf('5.2.37-2');
      saved.write('9.9.99-9', at);
      folder.write('false.tar', saved);
      const { code, stderr, stdout } = await plimsoll(['scan', 'false.tar', '--strict'], { folder: folder.path });
      expect([code, stdout + stderr]).toEqual([
        expect.toSatisfy((each) => each === 2 || each === 3),
        expect.stringMatching(/digest/),
      ]);
      expect(stdout).not.toContain('9.9.99-9');
    });
  });

  test('is read once: the second scan comes from the cache, and says the same', async () => {
    await inFolder({}, async (folder) => {
      folder.write('shop.tar', savedImage(layers, 'shop/web:1'));
      const args = ['shop.tar', '--cache-folder', 'cache'];
      const first = await scanJson(folder, args);
      expect(existsSync(join(folder.path, 'cache/scans-3.sqlite'))).toBe(true);
      const second = await scanJson(folder, args);
      expect(second.contents).toEqual(first.contents);
      expect(
        await plimsoll(['scan', '--clear-cache', '--cache-folder', 'cache'], { folder: folder.path }),
      ).toMatchObject({ code: 0 });
      expect(readdirSync(join(folder.path, 'cache')).filter((name) => name.includes('sqlite'))).toEqual([]);
    });
  });
});

test('--diff says what came, went and changed, and gates on what is new', async () => {
  await inFolder({}, async (folder) => {
    folder.write('old.tar', savedImage(layers.slice(0, 1), 'shop/web:1'));
    folder.write('new.tar', savedImage(layers, 'shop/web:2'));
    const report = await scanJson(folder, ['--diff', 'old.tar', 'new.tar']);
    expect(report.difference).toMatchObject({
      before: { name: 'old.tar' },
      packages: { added: [], removed: [], changed: [{ name: 'bash', before: '5.2.37-1', after: '5.2.37-2' }] },
      files: { added: [], removed: [{ path: '/app/key.env' }], changed: [] },
      fileCount: { before: 3, after: 2 },
    });
    const { stdout, code } = await plimsoll(['scan', '--diff', 'old.tar', 'new.tar', '--fail-on-new'], {
      folder: folder.path,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('~ deb bash 5.2.37-1 → 5.2.37-2');
    expect(stdout).toContain('- /app/key.env');
  });
});

test('--diff says what of the first image was not read, and --strict fails on it', async () => {
  await inFolder({}, async (folder) => {
    const broken = [
      { path: 'var/lib/dpkg/status', content: 'Package: bash\nStatus: install ok installed\n' },
      ...(layers[0] ?? []).slice(0, 1),
    ];
    folder.write('old.tar', savedImage([broken], 'shop/web:1'));
    folder.write('new.tar', savedImage(layers, 'shop/web:2'));
    const { code, stdout } = await plimsoll(['scan', '--diff', 'old.tar', 'new.tar', '--strict', '--format', 'json'], {
      folder: folder.path,
    });
    expect((JSON.parse(stdout) as Report).coverage).toContainEqual(
      expect.objectContaining({ subject: 'image/old.tar', what: '/var/lib/dpkg/status', status: 'unreadable' }),
    );
    expect(code).toBe(3);
  });
});

describe('what cannot be scanned', () => {
  test.each([
    [[], /nothing to scan/],
    [['./gone'], /\.\/gone: there is no such file/],
    [['--diff', './root'], /--diff compares two targets/],
    [['./root', './root', '--format', 'spdx'], /describes one target/],
    [['./root', '--fail-on-new'], /needs --diff/],
    [['--diff', './root', './root', '--format', 'cyclonedx'], /describes one target/],
    [['./root', '--formt', 'json'], /--format/],
    [['rubbish.tar'], /rubbish\.tar/],
    [['rubbish.json'], /rubbish\.json/],
    [['archive:./root'], /root is a folder/],
    [['./root', '--platform', 'mars/mars/mars/mars'], /mars/],
    [['./root', '--platform', 'linux/arm64'], /one platform only/],
  ])('%j is said in one line, without a trace', async (args, message) => {
    await inFolder({ ...tree, 'rubbish.tar': 'rubbish '.repeat(200), 'rubbish.json': '{"a": 1}' }, async (folder) => {
      const { code, stderr, stdout } = await plimsoll(['scan', ...args], { folder: folder.path });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    });
  });

  test('an image of an engine that is not there is said, with how to fetch it', async () => {
    const environment = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const { code, stderr } = await plimsoll(['scan', 'alpine:3.20'], { environment });
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere\/docker\.sock/);
  });

  test('a cache that cannot be cleared is said', async () => {
    await inFolder({ cache: '' }, async (folder) => {
      const run = await plimsoll(['scan', '--clear-cache', '--cache-folder', 'cache'], { folder: folder.path });
      expect(run).toMatchObject({ code: 2, stdout: '', stderr: 'error: the cache cache cannot be cleared: ENOTDIR\n' });
    });
  });

  test('a cache that others may write to is not used, and the scan goes on', async () => {
    await inFolder(tree, async (folder) => {
      mkdirSync(join(folder.path, 'cache'), { mode: 0o777 });
      process.getBuiltinModule('node:fs').chmodSync(join(folder.path, 'cache'), 0o777);
      const run = await plimsoll(['scan', './root', '--cache-folder', 'cache'], { folder: folder.path });
      expect(run.code).toBe(0);
      expect(run.stderr).toMatch(/^notice: the cache cache .*not used/);
      expect(run.stdout).toContain('Packages');
    });
  });
});

test('a list of purls on standard input is a target', async () => {
  const input = 'pkg:npm/left-pad@1.3.0\n# a comment\npkg:deb/debian/bash@5.2.37-2?arch=amd64&distro=debian-13\n';
  const { code, stdout } = await plimsoll(['scan', '-', '--format', 'json'], { input });
  expect(code).toBe(0);
  expect(purls(JSON.parse(stdout) as Report)).toHaveLength(2);
});

test('two targets make one report', async () => {
  await inFolder(tree, async (folder) => {
    writeFileSync(join(folder.path, 'list.txt'), 'pkg:npm/a@1\n');
    const report = await scanJson(folder, ['./root', 'list.txt']);
    expect(report.subjects.map(({ id }) => id)).toEqual(['image/./root', 'image/list.txt']);
    expect(report.contents).toHaveLength(2);
  });
});

// Without it a digest would be taken all the same, and nobody would notice that it takes longer.
test('the thread that takes digests of large archives is part of the program', async () => {
  using folder = temporaryFolder({ archive: 'content' });
  const descriptor = openSync(join(folder.path, 'archive'), 'r');
  try {
    const task = { range: { descriptor, start: 0, size: 7 }, algorithm: 'sha256' };
    const worker = new Worker(join(dirname(program), '../dist/range-hash-worker.js'), { workerData: task });
    expect(await once(worker, 'message')).toEqual([createHash('sha256').update('content').digest('hex')]);
  } finally {
    closeSync(descriptor);
  }
});
