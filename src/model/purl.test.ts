import { array, assert, constantFrom, dictionary, oneof, option, property, record, string } from 'fast-check';
import { PackageURL } from 'packageurl-js';
import { describe, expect, test } from 'vitest';
import { parsePurl, writePurl } from './purl.ts';

/** The canonical form; undefined for what is none. */
function canonical(text: string): string | undefined {
  const purl = parsePurl(text);
  return purl && writePurl(purl);
}

describe('the canonical form', () => {
  test.each([
    [
      'the order of qualifiers',
      'pkg:deb/debian/curl@7.50.3-1?distro=jessie&arch=i386',
      'pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie',
    ],
    [
      'an epoch stays as it is, a plus does not',
      'pkg:deb/debian/attr@1%3A2.4.47-2+b1',
      'pkg:deb/debian/attr@1:2.4.47-2%2Bb1',
    ],
    ['a plus in a qualifier is no space', 'pkg:generic/a?x=a+b', 'pkg:generic/a?x=a%2Bb'],
    ['a scope', 'pkg:npm/@angular/animation@12.3.1', 'pkg:npm/%40angular/animation@12.3.1'],
    ['a scope without a version', 'pkg:npm/@angular/animation', 'pkg:npm/%40angular/animation'],
    ['slashes after the scheme', 'pkg:///maven//org.apache.commons/io/@1.3.4', 'pkg:maven/org.apache.commons/io@1.3.4'],
    ['case of the type and of the scheme', 'PKG:Maven/org.apache.commons/IO', 'pkg:maven/org.apache.commons/IO'],
    ['names of Debian', 'pkg:deb/Debian/Curl@7', 'pkg:deb/debian/curl@7'],
    ['rpm: only whose it is', 'pkg:rpm/Fedora/ImageMagick@7', 'pkg:rpm/fedora/ImageMagick@7'],
    ['Composer', 'pkg:composer/Laravel/Framework@5', 'pkg:composer/laravel/framework@5'],
    [
      'PyPI takes dashes, dots and underscores for the same',
      'pkg:pypi/Zope.Interface_x@1',
      'pkg:pypi/zope-interface-x@1',
    ],
    ['NuGet keeps its case', 'pkg:nuget/EnterpriseLibrary.Common@6', 'pkg:nuget/EnterpriseLibrary.Common@6'],
    ['so do Go', 'pkg:golang/github.com/BurntSushi/toml@v1.3.2', 'pkg:golang/github.com/BurntSushi/toml@v1.3.2'],
    ['and npm, where it tells packages apart', 'pkg:npm/JSONStream@1.3.5', 'pkg:npm/JSONStream@1.3.5'],
    [
      'an image',
      'pkg:oci/debian@sha256%3A244f?repository_url=docker.io/library/debian&tag=latest',
      'pkg:oci/debian@sha256:244f?repository_url=docker.io%2Flibrary%2Fdebian&tag=latest',
    ],
    [
      'a path within, without dots',
      'pkg:golang/google.golang.org/genproto#/googleapis/../api/./',
      'pkg:golang/google.golang.org/genproto#googleapis/api',
    ],
    ['qualifiers without a value', 'pkg:generic/a?x=&Y=1', 'pkg:generic/a?y=1'],
  ])('%s', (_, written, expected) => {
    expect(canonical(written)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });
});

test.each([
  '',
  'pkg:',
  'pkg:npm',
  'pkg:npm/',
  'pkg:npm/%zz',
  'pkg:1npm/a',
  'pkg:n pm/a',
  'http://npm/a',
  'npm/a',
  'pkg:npm/a?x=%',
])('%j is no purl', (text) => expect(parsePurl(text)).toBeUndefined());

test('names keep what they are made of', () => {
  expect(parsePurl('pkg:golang/github.com/a/b@v1.0.0?__proto__=x&type=module#sub/path')).toEqual({
    type: 'golang',
    namespace: 'github.com/a',
    name: 'b',
    version: 'v1.0.0',
    qualifiers: new Map([
      ['__proto__', 'x'],
      ['type', 'module'],
    ]),
    subpath: 'sub/path',
  });
});

const text = oneof(
  string({ unit: 'binary' }),
  string({ unit: 'grapheme' }),
  constantFrom('__proto__', '%2F', 'a b', '@', '?#'),
);

test('whatever is written can be read again, and is written in the same way', () => {
  const anyPurl = record({
    type: oneof(constantFrom('deb', 'npm', 'pypi'), text),
    namespace: option(text, { nil: undefined }),
    name: text,
    version: option(text, { nil: undefined }),
    qualifiers: dictionary(text, text).map((all) => new Map(Object.entries(all))),
    subpath: option(text, { nil: undefined }),
  });
  assert(
    property(anyPurl, (purl) => {
      const written = writePurl(purl);
      expect(written).toMatch(/^pkg:[a-z.+-][a-z\d.+-]*\/[\w.~:%/@?=&#-]+$/);
      const read = parsePurl(written);
      if (!read) throw new Error(`not read again: ${written}`);
      expect(writePurl(read)).toBe(written);
      expect(read.type !== 'npm' || read.name === (purl.name === '' ? '?' : purl.name)).toBe(true);
    }),
  );
});

test('reads whatever it is given', () => {
  assert(
    property(
      array(oneof(text, constantFrom('pkg:', '/', '@', '?', '=', '&', '#', '%')), { maxLength: 12 }),
      (parts) => {
        const first = canonical(parts.join(''));
        expect(first === undefined ? undefined : canonical(first)).toBe(first);
      },
    ),
  );
});

test('another reader takes it apart in the same way', () => {
  // That one cuts blanks off, and decodes qualifiers twice.
  const word = string({ unit: 'grapheme-ascii', minLength: 1 }).filter((each) => each.trim() === each);
  assert(
    property(
      word,
      word,
      word.filter((each) => !each.includes('%')),
      (name, version, value) => {
        const read = PackageURL.fromString(
          writePurl({ type: 'generic', name, version, qualifiers: new Map([['x', value]]) }),
        );
        expect(read).toMatchObject({ type: 'generic', name, version, qualifiers: { x: value } });
      },
    ),
  );
});
