import { assert, property, uint8Array, nat } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elfFile, fatFile, machOFile, madeAddress, portableExecutableFile } from '../../../test/binary-files.ts';
import { catalogedFile } from '../../../test/cataloged.ts';
import type { FileContent } from '../../model/file-tree.ts';
import { goBinary } from './go-binary.ts';

const lines = `path\texample.com/shop/cmd/server
mod\texample.com/shop\tv1.4.0\th1:abc=
dep\tgithub.com/BurntSushi/toml\tv1.3.2\th1:abc=
dep\tgolang.org/x/net\tv0.17.0\th1:abc=
=>\tgithub.com/example/net\tv0.17.1\th1:def=
dep\texample.com/local\tv0.1.0
=>\t./local\t(devel)\t
build\t-compiler=gc
`;

function counted(text: Buffer): Buffer {
  const bytes: number[] = [];
  let rest = text.length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.concat([Buffer.from([...bytes, rest]), text]);
}

function marked(modules: string): Buffer {
  return modules === ''
    ? Buffer.alloc(0)
    : Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modules), Buffer.alloc(16, 0xf9)]);
}

/** Build info as Go 1.18 and later write it. */
function inline(version: string, modules = lines): Buffer {
  const header = Buffer.concat([Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'), Buffer.alloc(16)]);
  return Buffer.concat([header, counted(Buffer.from(version)), counted(marked(modules))]);
}

/** Build info as Go 1.13 to 1.17 write it, for a section that is put into memory at `address`. */
function pointing(version: string, size: 4 | 8, isLittleEndian: boolean, address: number): Buffer {
  const pointer = (value: number): Buffer => {
    const bytes = Buffer.alloc(size);
    if (isLittleEndian) bytes.writeUIntLE(value, 0, Math.min(size, 6));
    else bytes.writeUIntBE(value, size - Math.min(size, 6), Math.min(size, 6));
    return bytes;
  };
  const modules = marked(lines);
  const strings = address + 32;
  const texts = strings + 4 * size;
  return Buffer.concat([
    Buffer.from('\xff Go buildinf:', 'latin1'),
    Buffer.from([size, isLittleEndian ? 0 : 1]),
    pointer(strings),
    pointer(strings + 2 * size),
    Buffer.alloc(16 - 2 * size),
    pointer(texts),
    pointer(version.length),
    pointer(texts + version.length),
    pointer(modules.length),
    Buffer.from(version),
    modules,
  ]);
}

function read(bytes: Buffer) {
  return goBinary.read(catalogedFile('srv/server', bytes));
}

function names(bytes: Buffer): readonly string[] {
  return (read(bytes).packages ?? []).map(
    ({ namespace, name, version }) => `${namespace === undefined ? '' : `${namespace}/`}${name}@${version}`,
  );
}

const everything = [
  'stdlib@1.22.1',
  'example.com/shop@v1.4.0',
  'github.com/BurntSushi/toml@v1.3.2',
  'github.com/example/net@v0.17.1',
  'example.com/local@',
];

const filler = { name: '.data', bytes: Buffer.alloc(5000, 7) };
const section = { name: '.go.buildinfo', bytes: inline('go1.22.1') };

function versionOf(version: string, modules = lines): readonly string[] {
  return names(elfFile({ sections: [{ name: '.go.buildinfo', bytes: inline(version, modules) }] }));
}

/** The main module of a program that was built from a working copy with these flags. */
function developed(flags: string): string | undefined {
  const modules = `path\texample.com/shop\nmod\texample.com/shop\t(devel)\t\nbuild\t-ldflags=${flags}\nbuild\tvcs.revision=abc\n`;
  return versionOf('go1.22.1', modules)[1];
}

function reasons(bytes: Buffer): readonly string[] {
  return (read(bytes).gaps ?? []).map(({ reason }) => reason.en);
}

describe('a program of Go', () => {
  test('tells its standard library, its main module, and its dependencies as they were replaced', () => {
    expect(read(elfFile({ sections: [filler, section] })).gaps).toEqual([]);
    expect(names(elfFile({ sections: [filler, section] }))).toEqual(everything);
  });

  test('is read in every format', () => {
    expect(names(portableExecutableFile([{ ...section, name: '.data' }]))).toEqual(everything);
    expect(names(machOFile([filler, { ...section, name: '__go_buildinfo' }]))).toEqual(everything);
  });

  test('for several architectures is one program', () => {
    const one = machOFile([{ ...section, name: '__go_buildinfo' }]);
    const other = machOFile([{ name: '__go_buildinfo', bytes: inline('go1.22.2') }]);
    expect(names(fatFile([one, one, other]))).toEqual([...everything, 'stdlib@1.22.2']);
  });

  test.each([
    [8, true],
    [8, false],
    [4, true],
    [4, false],
  ] as const)('before Go 1.18 is read through its pointers (%i bytes, little-endian: %s)', (size, isLittleEndian) => {
    const shape = { isWide: size === 8, isLittleEndian };
    // The only section begins where the headers end.
    const address = madeAddress + (size === 8 ? 128 : 96);
    const bytes = pointing('go1.17.2', size, isLittleEndian, address);
    expect(names(elfFile({ ...shape, sections: [{ name: '.go.buildinfo', bytes }] }))).toEqual([
      'stdlib@1.17.2',
      ...everything.slice(1),
    ]);
  });

  test('without a table of sections is searched, piece by piece', () => {
    for (const before of [0, 1024 ** 2 - 128 - 16, 3 * 1024 ** 2 + 48]) {
      const bytes = Buffer.concat([Buffer.alloc(before), inline('go1.22.1')]);
      expect(names(elfFile({ sections: [{ name: '', bytes }], isStripped: true }))).toEqual(everything);
    }
  });

  test('whose section was merged into another is found by the other marks of Go', () => {
    const bytes = Buffer.concat([Buffer.alloc(1024 ** 2 + 64, 1), inline('go1.22.1')]);
    const data = elfFile({
      sections: [
        { name: '.gopclntab', bytes: Buffer.alloc(16) },
        { name: '.data', bytes },
      ],
    });
    expect(names(data)).toEqual(everything);
  });

  test('is not taken for one because it speaks of the format', () => {
    const bytes = Buffer.concat([Buffer.from('\xff Go buildinf:', 'latin1'), Buffer.alloc(64, 0xff)]);
    expect(
      names(
        elfFile({
          sections: [{ name: '.go.buildinfo', bytes: Buffer.concat([bytes, Buffer.alloc(2), inline('go1.22.1')]) }],
        }),
      ),
    ).toEqual(everything);
  });

  test('of a large file costs some reads', () => {
    const bytes = elfFile({ sections: [section, { name: '.rodata', bytes: Buffer.alloc(4 * 1024 ** 2) }] });
    let count = 0;
    const content: FileContent = {
      size: bytes.length,
      read: (offset, length) => {
        count += length;
        return bytes.subarray(offset, offset + length);
      },
    };
    expect(goBinary.read({ ...catalogedFile('a', ''), content }).packages).toHaveLength(5);
    expect(count).toBeLessThan(10_000);
  });
});

describe('versions', () => {
  test.each([
    ['go1.21rc2', '1.21rc2'],
    ['go1.21.13 (Red Hat 1.21.13-2.el9)', '1.21.13 (Red Hat 1.21.13-2.el9)'],
    ['go1.22.1 X:boringcrypto', '1.22.1 X:boringcrypto'],
    ['devel go1.23-3f2ad1b Tue Feb 13', 'devel go1.23-3f2ad1b Tue Feb 13'],
  ])('of the toolchain are kept as they are: %s', (written, kept) => {
    expect(versionOf(written)[0]).toBe(`stdlib@${kept}`);
  });

  test('that were obscured are a gap', () => {
    const bytes = elfFile({ sections: [{ name: '.go.buildinfo', bytes: inline('unknown') }] });
    expect(names(bytes)[0]).toBe('example.com/shop@v1.4.0');
    expect(read(bytes).gaps).toHaveLength(1);
  });

  test.each([
    ['"-s -w -X main.version=1.2.3"', 'v1.2.3'],
    [`"-X 'main.Version=v1.2.3-rc1'"`, 'v1.2.3-rc1'],
    [`"-X=example.com/shop/internal/version.Version=2.0.1"`, 'v2.0.1'],
    ['"-X main.goVersion=1.22.1"', ''],
    ['"-X main.version=dev"', ''],
    ['"-X github.com/other/library.Version=9.9.9"', ''],
    ['"-X main.version=1.2.3 -X main.Version=1.2.4"', ''],
    ['"-X main.version=1.2.3 -X example.com/shop/api.Version=4.0.0"', 'v1.2.3'],
    ['"-X main.version"', ''],
  ])('of the main module may be told by the flags of the build: %s', (flags, version) => {
    expect(developed(flags)).toBe(`example.com/shop@${version}`);
  });
});

describe('what is not known', () => {
  test('a program that was built without modules has its repository, where the path says it', () => {
    const flags = '"-X \\"github.com/docker/docker/dockerversion.Version=20.10.24\\""';
    const modules = `path\tgithub.com/docker/docker/cmd/dockerd\nbuild\t-ldflags=${flags}\n`;
    const bytes = elfFile({ sections: [{ name: '.go.buildinfo', bytes: inline('go1.19.8', modules) }] });
    expect(names(bytes)).toEqual(['stdlib@1.19.8', 'github.com/docker/docker@v20.10.24']);
    expect(reasons(bytes)).toEqual([expect.stringContaining('without modules')]);
  });

  test('a program of Go without build information is a gap', () => {
    const table = { name: '.gopclntab', bytes: Buffer.alloc(64) };
    expect(reasons(elfFile({ sections: [table] }))).toEqual(['a Go program without build information']);
    const code = {
      name: '.text',
      bytes: Buffer.from('\xff Go build ID: "abc"\n \xff', 'latin1'),
      isExecutable: true as const,
    };
    expect(reasons(portableExecutableFile([code]))).toEqual(['a Go program without build information']);
  });

  test('what UPX packed is a gap', () => {
    const packed = elfFile({ sections: [{ name: '', bytes: Buffer.from('1234UPX!5678') }], isStripped: true });
    expect(reasons(packed)).toEqual([expect.stringContaining('UPX')]);
    expect(reasons(portableExecutableFile([{ name: 'UPX0', bytes: Buffer.alloc(8) }]))).toEqual([
      expect.stringContaining('UPX'),
    ]);
  });

  test('programs in other languages say nothing', () => {
    expect(read(elfFile({ sections: [filler] }))).toEqual({ packages: [], gaps: [] });
    expect(read(Buffer.from('MZ'))).toEqual({ packages: [], gaps: [] });
  });
});

describe('whatever the bytes', () => {
  const good = [
    elfFile({ sections: [filler, section] }),
    elfFile({ sections: [section], isWide: false, isLittleEndian: false }),
    portableExecutableFile([{ ...section, name: '.data' }]),
    fatFile([machOFile([{ ...section, name: '__go_buildinfo' }])]),
  ];

  test('a file that was cut off or changed is read as far as it goes', () => {
    assert(
      property(nat(good.length - 1), nat(), nat(255), nat(), (which, place, byte, end) => {
        const bytes = Buffer.from(good[which] ?? '');
        bytes[place % bytes.length] = byte;
        const cut = bytes.subarray(0, end % 2 === 0 ? bytes.length : end % bytes.length);
        for (const { name } of read(cut).packages ?? []) expect(name).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  test('rubbish after a magic number is no program', () => {
    assert(
      property(nat(3), uint8Array({ maxLength: 400 }), (which, rubbish) => {
        read(Buffer.concat([(good[which] ?? Buffer.alloc(0)).subarray(0, 8), rubbish]));
      }),
    );
  });
});
