import { describe, expect, test } from 'vitest';
import type { Package } from '../../model/package.ts';
import { parsePurl } from '../../model/purl.ts';
import type { Vulnerability } from '../../model/vulnerability.ts';
import { applyVex } from './apply.ts';
import type { VexProduct, VexStatement, VexStatus } from './statement.ts';
import type { VexTarget } from './statement-index.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const now = 1_700_000_000;

function installed(purl: string, change: Partial<Package> = {}): Package {
  const { type = '', name = '', version = '' } = parsePurl(purl) ?? {};
  return {
    purl,
    type,
    name,
    version,
    licenses: [],
    state: 'installed',
    path: '/db',
    layer: 0,
    cataloger: 'x@1',
    ...change,
  };
}

const zlib = installed('pkg:deb/debian/zlib1g@1:1.2.13-1?arch=amd64&distro=debian-12', {
  architecture: 'amd64',
  source: { name: 'zlib', version: '1:1.2.13-1' },
});
const bind = installed('pkg:rpm/rhel/bind-libs@9.16.23-14.el9?arch=x86_64&distro=rhel-9.3&epoch=32', {
  version: '32:9.16.23-14.el9',
  architecture: 'x86_64',
  source: { name: 'bind', version: '32:9.16.23-14.el9' },
});
const nodejs = installed('pkg:rpm/rhel/nodejs@18.19.1-1.el8?arch=x86_64&distro=rhel-8.9', {
  modularity: 'nodejs:18:8090020231017:a75119d5',
});
const databind = installed('pkg:maven/com.fasterxml/databind@2.10.0', { path: '/app.jar!/databind.jar' });
const toml = installed('pkg:golang/github.com/BurntSushi/toml@v1.3.2', { path: '/bin/app' });
const app = installed('pkg:golang/example.com/app@v2.0.0', { path: '/bin/app' });
const packages = [zlib, bind, nodejs, databind, toml, app];

const image = {
  digests: [digest],
  references: ['registry.example/shop/web:1.2', `docker.io/library/nginx@sha256:${'cd'.repeat(32)}`, 'nginx:1.27'],
  architecture: 'amd64',
};

function found({ purl, path }: Package, change: Partial<Vulnerability> = {}): Vulnerability {
  return {
    id: 'CVE-2024-1',
    aliases: ['GHSA-aaaa-bbbb-cccc'],
    advisory: 'X-1',
    purl,
    path,
    layer: 0,
    status: 'affected',
    severity: { level: 'high', source: 'x' },
    summary: '',
    reason: { ecosystem: 'x', name: 'x', compared: 'package', version: '1', ordering: 'x', doubts: [] },
    ...change,
  };
}

interface Said extends Partial<Omit<VexStatement, 'products'>> {
  readonly products?: readonly (Partial<VexProduct> | string)[];
}

function said({ products = [zlib.purl], ...change }: Said = {}): VexStatement {
  return {
    vulnerability: 'CVE-2024-1',
    aliases: [],
    products: products.map((each) =>
      typeof each === 'string' ? { purl: each, subcomponents: [] } : { subcomponents: [], ...each },
    ),
    status: 'not-affected',
    author: 'somebody',
    source: 'vex.json',
    ...change,
  };
}

function statusOf(
  each: Package,
  statements: readonly VexStatement[],
  target: Partial<VexTarget> = {},
): VexStatus | undefined {
  return applyVex([found(each)], { packages, image, now, ...target }, statements).vulnerabilities[0]?.vex?.status;
}

describe('products that a package is', () => {
  test.each<[string, Package, string]>([
    ['in every version', zlib, 'pkg:deb/debian/zlib1g'],
    ['in its version', zlib, 'pkg:deb/debian/zlib1g@1:1.2.13-1'],
    ['without the epoch', zlib, 'pkg:deb/debian/zlib1g@1.2.13-1'],
    ['of its architecture', zlib, 'pkg:deb/debian/zlib1g?arch=amd64'],
    ['of its release', zlib, 'pkg:deb/debian/zlib1g?distro=debian-12'],
    ['built from a source package', zlib, 'pkg:deb/debian/zlib@1:1.2.13-1?arch=source'],
    ['with the source package among the qualifiers', zlib, 'pkg:deb/debian/zlib1g?upstream=zlib'],
    ['by vendor, with the epoch apart', bind, 'pkg:rpm/redhat/bind-libs@9.16.23-14.el9?arch=x86_64&epoch=32'],
    ['of a release of which there are smaller ones', bind, 'pkg:rpm/redhat/bind?arch=src&distro=rhel-9'],
    ['of its module', nodejs, 'pkg:rpm/redhat/nodejs?distro=rhel-8&rpmmod=nodejs:18'],
    ['of Maven, with the type that is meant anyway', databind, 'pkg:maven/com.fasterxml/databind@2.10.0?type=jar'],
    ['of Go in lower case, without the v', toml, 'pkg:golang/github.com/burntsushi/toml@1.3.2'],
  ])('%s', (_, each, purl) => {
    expect(statusOf(each, [said({ products: [purl] })])).toBe('not-affected');
  });

  test.each<[string, Package, string]>([
    ['another name', zlib, 'pkg:deb/debian/zlib'],
    ['another distribution', zlib, 'pkg:deb/ubuntu/zlib1g'],
    ['another type', databind, 'pkg:npm/com.fasterxml/databind@2.10.0'],
    ['another version', zlib, 'pkg:deb/debian/zlib1g@1:1.2.13-2'],
    ['another epoch', zlib, 'pkg:deb/debian/zlib1g@2:1.2.13-1'],
    ['another architecture', zlib, 'pkg:deb/debian/zlib1g?arch=arm64'],
    ['another release', bind, 'pkg:rpm/redhat/bind?arch=src&distro=rhel-8'],
    ['a release that begins alike', zlib, 'pkg:deb/debian/zlib1g?distro=debian-1'],
    ['another module', nodejs, 'pkg:rpm/redhat/nodejs?rpmmod=nodejs:1'],
    ['a module, and the package has none', bind, 'pkg:rpm/redhat/bind-libs?rpmmod=bind:9'],
    ['another source version', zlib, 'pkg:deb/debian/zlib@1.2.14-1?arch=source'],
    ['a qualifier that it does not have', databind, 'pkg:maven/com.fasterxml/databind?classifier=sources'],
    ['an upstream that begins alike', zlib, 'pkg:deb/debian/zlib1g?upstream=zlibng'],
  ])('not: %s', (_, each, purl) => {
    const statement = said({ products: [purl] });
    const { vulnerabilities, unmatched } = applyVex([found(each)], { packages, image, now }, [statement]);
    expect(vulnerabilities).toEqual([found(each)]);
    expect(unmatched).toEqual([statement]);
  });
});

describe('products that the image is', () => {
  test.each<[string, Partial<VexProduct>]>([
    ['by digest', { digest }],
    ['by digest, wherever it is from', { purl: `pkg:oci/other@${digest}?repository_url=mirror.example/x/other` }],
    ['by the digest of a reference', { purl: `pkg:oci/nginx@sha256:${'cd'.repeat(32)}` }],
    ['by name', { purl: 'pkg:oci/web' }],
    ['by address', { purl: 'pkg:oci/web?repository_url=registry.example/shop/web&tag=1.2' }],
    ['by address without the name', { purl: 'pkg:oci/web?repository_url=registry.example/shop' }],
    ['of Docker Hub, in another spelling', { purl: 'pkg:oci/nginx?repository_url=index.docker.io/library/nginx' }],
    ['as a purl of Docker', { purl: 'pkg:docker/nginx@1.27' }],
    ['as a purl of Docker with a registry', { purl: 'pkg:docker/shop/web?repository_url=registry.example' }],
    ['of its architecture', { purl: 'pkg:oci/web?arch=amd64' }],
  ])('%s', (_, product) => {
    expect(statusOf(zlib, [said({ products: [product] })])).toBe('not-affected');
    expect(statusOf(zlib, [said({ products: [{ ...product, subcomponents: ['pkg:deb/debian/zlib1g'] }] })])).toBe(
      'not-affected',
    );
    expect(statusOf(toml, [said({ products: [{ ...product, subcomponents: ['pkg:deb/debian/zlib1g'] }] })])).toBe(
      undefined,
    );
  });

  test.each<[string, Partial<VexProduct>]>([
    ['another digest', { digest: `sha256:${'ef'.repeat(32)}` }],
    ['another name', { purl: 'pkg:oci/shop' }],
    ['another address', { purl: 'pkg:oci/web?repository_url=other.example/shop/web' }],
    ['another tag', { purl: 'pkg:oci/web?tag=1.3' }],
    ['the tag of another name', { purl: 'pkg:oci/web?tag=1.27' }],
    ['another registry', { purl: 'pkg:docker/shop/web' }],
    ['another architecture', { purl: `pkg:oci/web@${digest}?arch=arm64` }],
    ['a qualifier that nobody knows', { purl: 'pkg:oci/web?flavour=slim' }],
  ])('not: %s', (_, product) => {
    expect(statusOf(zlib, [said({ products: [product] })])).toBe(undefined);
  });

  test('a folder is no image', () => {
    const { vulnerabilities } = applyVex([found(zlib)], { packages, now }, [
      said({ products: [{ purl: 'pkg:oci/web' }] }),
    ]);
    expect(vulnerabilities[0]?.vex).toBe(undefined);
  });
});

test('a package as a product counts for its parts, where it is there', () => {
  const part = { subcomponents: ['pkg:golang/github.com/BurntSushi/toml'] };
  expect(statusOf(toml, [said({ products: [{ purl: 'pkg:golang/example.com/app@v2.0.0', ...part }] })])).toBe(
    'not-affected',
  );
  expect(statusOf(toml, [said({ products: [{ purl: 'pkg:golang/example.com/app@v1.0.0', ...part }] })])).toBe(
    undefined,
  );
  expect(statusOf(app, [said({ products: [{ purl: 'pkg:golang/example.com/app@v2.0.0', ...part }] })])).toBe(undefined);
});

describe('names', () => {
  test.each([
    ['an alias of the vulnerability', { vulnerability: 'ghsa-aaaa-bbbb-cccc' }, 'not-affected'],
    ['an alias of the statement', { vulnerability: 'X', aliases: ['cve-2024-1'] }, 'not-affected'],
    ['another', { vulnerability: 'CVE-2024-11', aliases: ['X-1'] }, undefined],
  ])('%s', (_, names, status) => {
    expect(statusOf(zlib, [said(names)])).toBe(status);
  });
});

describe('of several statements', () => {
  const late = said({ status: 'affected', since: 200, products: ['pkg:deb/debian/zlib1g'] });
  const early = said({ since: 100 });
  const undated = said({ status: 'fixed' });
  const ofFuture = said({ status: 'fixed', since: now * 2 });

  test.each<[string, readonly VexStatement[], VexStatus]>([
    ['the latest counts, however exact an earlier one is', [early, late], 'affected'],
    ['one with a date before one without', [undated, early], 'not-affected'],
    ['one of the future is of now', [ofFuture, said({ status: 'affected', since: now })], 'affected'],
    ['a version before none', [said({ status: 'fixed', products: ['pkg:deb/debian/zlib1g'] }), said()], 'not-affected'],
    [
      'a part of this image before the image',
      [
        said({ status: 'fixed', products: [{ digest }] }),
        said({ products: [{ purl: 'pkg:oci/web', subcomponents: ['pkg:deb/debian/zlib1g'] }] }),
      ],
      'not-affected',
    ],
    [
      'this image before a package anywhere',
      [said({ status: 'fixed' }), said({ products: [{ digest }] })],
      'not-affected',
    ],
    [
      'a digest before a tag',
      [said({ status: 'fixed', products: [{ purl: 'pkg:oci/web?tag=1.2' }] }), said({ products: [{ digest }] })],
      'not-affected',
    ],
    [
      'of the same, what asks for more',
      [said(), said({ status: 'under-investigation' }), said({ status: 'fixed' })],
      'under-investigation',
    ],
  ])('%s', (_, statements, status) => {
    expect(statusOf(zlib, statements)).toBe(status);
    expect(statusOf(zlib, statements.toReversed())).toBe(status);
  });

  test('one that is outdone has its place nevertheless', () => {
    const elsewhere = said({ products: ['pkg:npm/a'] });
    const ofOthers = said({ vulnerability: 'CVE-1' });
    const { unmatched } = applyVex([found(zlib)], { packages, image, now }, [early, late, elsewhere, ofOthers]);
    expect(unmatched).toEqual([elsewhere]);
  });
});

test('nothing is taken away, and the verdict says who says so', () => {
  const statement = said({
    justification: 'component-not-present',
    impact: 'Not in.',
    author: 'a',
    source: 'b',
    since: 1,
  });
  const all = [found(zlib), found(toml), found(zlib, { id: 'CVE-2024-2', aliases: [] })];
  expect(applyVex(all, { packages, now }, [statement]).vulnerabilities).toEqual([
    {
      ...all[0],
      vex: {
        status: 'not-affected',
        justification: 'component-not-present',
        impact: 'Not in.',
        author: 'a',
        source: 'b',
      },
    },
    all[1],
    all[2],
  ]);
});

test('a vulnerability in a package that is not listed is judged by its purl', () => {
  expect(statusOf(zlib, [said()], { packages: [] })).toBe('not-affected');
});
