import { describe, expect, test } from 'vitest';
import { readBill } from './read-bill.ts';

const base = { bomFormat: 'CycloneDX', specVersion: '1.5' };

function read(document: object) {
  return readBill(JSON.stringify({ ...base, ...document }), 'bill.json');
}

function properties(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

describe('Trivy', () => {
  const document = {
    metadata: {
      component: {
        type: 'container',
        name: 'shop:1',
        properties: [
          { name: 'aquasecurity:trivy:ImageID', value: 'sha256:aa' },
          { name: 'aquasecurity:trivy:DiffID', value: 'sha256:11' },
          { name: 'aquasecurity:trivy:DiffID', value: 'sha256:22' },
        ],
      },
    },
    components: [
      { type: 'operating-system', name: 'redhat', version: '8.10' },
      {
        type: 'library',
        name: 'nodejs',
        version: '1:18.20.2-1.module+el8',
        purl: 'pkg:rpm/redhat/nodejs@18.20.2-1.module%2Bel8?arch=x86_64&distro=redhat-8.10&epoch=1',
        properties: properties({
          'aquasecurity:trivy:SrcName': 'nodejs',
          'aquasecurity:trivy:SrcVersion': '18.20.2',
          'aquasecurity:trivy:SrcRelease': '1.module+el8',
          'aquasecurity:trivy:SrcEpoch': '1',
          'aquasecurity:trivy:Modularitylabel': 'nodejs:18:8100020240501:489197e6',
          'aquasecurity:trivy:LayerDiffID': 'sha256:22',
        }),
      },
      {
        'bom-ref': 'lock',
        type: 'application',
        name: 'app/package-lock.json',
        properties: properties({ 'aquasecurity:trivy:Type': 'npm' }),
      },
      { 'bom-ref': 'a', type: 'library', name: 'JSONStream', version: '1.3.5', purl: 'pkg:npm/jsonstream@1.3.5' },
    ],
    dependencies: [{ ref: 'lock', dependsOn: ['a'] }],
  };

  test('its properties say what purls leave out', () => {
    const { packages, layers, distribution, target, gaps } = read(document);
    expect(packages[0]).toEqual({
      purl: 'pkg:rpm/redhat/nodejs@18.20.2-1.module%2Bel8?arch=x86_64&distro=redhat-8.10&epoch=1',
      type: 'rpm',
      namespace: 'redhat',
      name: 'nodejs',
      version: '1:18.20.2-1.module+el8',
      architecture: 'x86_64',
      source: { name: 'nodejs', version: '1:18.20.2-1.module+el8' },
      modularity: 'nodejs:18:8100020240501:489197e6',
      licenses: [],
      state: 'installed',
      path: 'bill.json',
      layer: 1,
      cataloger: 'cyclonedx@1',
    });
    expect(layers.map(({ digest }) => digest)).toEqual(['sha256:11', 'sha256:22']);
    expect(distribution).toMatchObject({ id: 'rhel', version: '8.10' });
    expect(target).toMatchObject({ name: 'shop:1', digest: 'sha256:aa' });
    expect(gaps).toEqual([]);
  });

  test('a lock file is the place of what hangs on it, and a name keeps its case', () => {
    expect(read(document).packages[1]).toMatchObject({
      name: 'JSONStream',
      purl: 'pkg:npm/JSONStream@1.3.5',
      path: '/app/package-lock.json',
    });
  });
});

describe('Syft', () => {
  const { packages, distribution } = read({
    components: [
      {
        type: 'library',
        name: 'libc6',
        version: '2.36-9+deb12u7',
        publisher: 'GNU Libc Maintainers',
        purl: 'pkg:deb/debian/libc6@2.36-9%2Bdeb12u7?arch=amd64&distro=debian-12&upstream=glibc',
        properties: properties({
          'syft:package:type': 'deb',
          'syft:location:0:path': '/var/lib/dpkg/status',
          'syft:location:0:layerID': 'sha256:11',
          'syft:metadata:source': 'glibc',
        }),
      },
      {
        type: 'library',
        name: 'bash',
        version: '5.2.15-2+b7',
        purl: 'pkg:deb/debian/bash@5.2.15-2%2Bb7?arch=amd64&distro=debian-12&upstream=bash%405.2.15-2',
      },
      {
        type: 'library',
        name: 'busybox-binsh',
        purl: 'pkg:apk/alpine/busybox-binsh@1.36.1-r29?distro=alpine-3.20.1',
        properties: properties({ 'syft:metadata:originPackage': 'busybox' }),
      },
      {
        type: 'library',
        name: 'openssl-libs',
        version: '1:3.0.7-24.el9',
        purl: 'pkg:rpm/rocky/openssl-libs@3.0.7-24.el9?arch=x86_64&distro=rocky-9.3&upstream=openssl-3.0.7-24.el9.src.rpm',
      },
      {
        type: 'operating-system',
        name: 'debian',
        version: '12',
        properties: properties({
          'syft:distro:id': 'debian',
          'syft:distro:idLike:0': 'unix',
          'syft:distro:prettyName': 'Debian GNU/Linux 12 (bookworm)',
          'syft:distro:versionCodename': 'bookworm',
          'syft:distro:versionID': '12',
        }),
      },
    ],
  });

  test.each([
    ['libc6', { source: { name: 'glibc', version: '2.36-9+deb12u7' }, path: '/var/lib/dpkg/status' }],
    ['bash', { source: { name: 'bash', version: '5.2.15-2' } }],
    ['busybox-binsh', { source: { name: 'busybox', version: '1.36.1-r29' } }],
    ['openssl-libs', { version: '1:3.0.7-24.el9', source: { name: 'openssl', version: '3.0.7-24.el9' } }],
  ])('the source of %s', (name, expected) => {
    expect(packages.find((each) => each.name === name)).toMatchObject(expected);
  });

  test('the distribution is in properties', () => {
    expect(distribution).toEqual({
      id: 'debian',
      version: '12',
      name: 'Debian GNU/Linux 12 (bookworm)',
      codename: 'bookworm',
      idLike: ['unix'],
    });
  });
});

describe('without a system among the components, packages tell it', () => {
  test.each([
    ['debian-12', 'pkg:deb/debian/a@1?distro=debian-12', { id: 'debian', version: '12' }],
    ['a codename', 'pkg:deb/debian/a@1?distro=bookworm', { id: 'debian', version: '', codename: 'bookworm' }],
    ['a name with a dash', 'pkg:rpm/opensuse/a@1?distro=opensuse-leap-15.6', { id: 'opensuse-leap', version: '15.6' }],
    ['what scanners call it', 'pkg:rpm/amazon/a@1?distro=amazon-2023', { id: 'amzn', version: '2023' }],
  ])('%s', (_, purl, expected) => {
    expect(read({ components: [{ name: 'a', purl }] }).distribution).toMatchObject(expected);
  });

  test('other packages do not', () => {
    expect(read({ components: [{ name: 'a', purl: 'pkg:npm/a@1?distro=debian-12' }] }).distribution).toBeUndefined();
  });
});

test('components inside of components, and of what the bill is of, count', () => {
  const inner = { type: 'library', name: 'b', purl: 'pkg:npm/b@1' };
  const { packages } = read({
    metadata: { component: { name: 'x', purl: 'pkg:npm/x@1', components: [{ name: 'a', purl: 'pkg:npm/a@1' }] } },
    components: [{ type: 'framework', name: 'c', purl: 'pkg:npm/c@1', components: [inner, inner] }],
  });
  expect(packages.map(({ name }) => name)).toEqual(['a', 'c', 'b']);
});

test('what only tests need is told by npm and by the scope', () => {
  const { packages } = read({
    components: [
      { name: 'a', purl: 'pkg:npm/a@1', properties: properties({ 'cdx:npm:package:development': 'true' }) },
      { name: 'b', purl: 'pkg:npm/b@1', scope: 'excluded' },
      { name: 'c', purl: 'pkg:npm/c@1', scope: 'required' },
    ],
  });
  expect(packages.map(({ development }) => development ?? false)).toEqual([true, true, false]);
});

describe('what is not understood is a gap with a name', () => {
  test('no purl, a broken one', () => {
    const { packages, gaps } = read({
      components: [
        { type: 'library', name: 'nameless', cpe: 'cpe:2.3:a:x:nameless:1:*:*:*:*:*:*:*' },
        { type: 'library', name: 'broken', purl: 'pkg:npm' },
        { type: 'file', name: '/etc/passwd' },
        { type: 'library', name: 'good', purl: 'pkg:npm/good@1' },
      ],
    });
    expect(packages).toHaveLength(1);
    expect(gaps.every(({ hidesPackages }) => hidesPackages)).toBe(true);
    expect(gaps.map(({ reason }) => reason.en)).toEqual([
      expect.stringContaining('nameless'),
      expect.stringContaining('pkg:npm'),
    ]);
  });

  test('entries that are none, and a list that is none', () => {
    const good = { type: 'library', name: 'good', purl: 'pkg:npm/good@1' };
    const { packages, gaps } = read({ components: ['x', good, null, { ...good, components: 'x' }] });
    expect(packages).toHaveLength(1);
    expect(gaps).toMatchObject([{ hidesPackages: true }]);
    expect(gaps[0]?.reason.en).toBe('3 entries are not written as a package: components[0], components[2], components');
    expect(read({ components: null }).gaps).toEqual([]);
  });

  test('ten thousand of them are one gap', () => {
    const { gaps } = read({ components: Array.from({ length: 10_000 }, (_, index) => ({ name: `a${index}` })) });
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.reason.en).toMatch(/^10000 entries/);
    expect(gaps[0]?.reason.en.length).toBeLessThan(500);
  });

  test('a hundred thousand levels of components', () => {
    const levels = 100_000;
    const text = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":${'[{"name":"a","purl":"pkg:npm/a@1","components":'.repeat(levels)}[]${'}]'.repeat(levels)}}`;
    const { packages, gaps } = readBill(text, 'deep.json');
    expect(packages).toHaveLength(1);
    expect(gaps[0]?.reason.en).toContain('too deep');
  });

  test('a version of the format that is not known', () => {
    expect(readBill('{"bomFormat":"CycloneDX","specVersion":"2.0"}', 'new.json').gaps).toHaveLength(1);
  });
});

test('names that objects have of their own are names', () => {
  const text = `{"bomFormat":"CycloneDX","specVersion":"1.6","__proto__":{"components":[{"name":"x","purl":"pkg:npm/x@1"}]},
    "components":[{"name":"__proto__","purl":"pkg:npm/__proto__@1","properties":[{"name":"__proto__","value":"1"},{"name":"constructor"}]}]}`;
  expect(readBill(text, 'bill.json').packages).toMatchObject([{ name: '__proto__', purl: 'pkg:npm/__proto__@1' }]);
});
