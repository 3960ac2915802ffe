import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../model/json.ts';
import { readVex } from './read-vex.ts';

function named(id: string, helper: object = {}) {
  return { product_id: id, name: id, product_identification_helper: helper };
}

function relation(component: string, within: string, id = `${within}:${component}`) {
  return {
    category: 'default_component_of',
    full_product_name: { product_id: id, name: id },
    product_reference: component,
    relates_to_product_reference: within,
  };
}

const tree = {
  full_product_names: [
    named('rhel-9', { cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' }),
    named('rhel-8', { cpe: 'cpe:/a:redhat:enterprise_linux:8::appstream' }),
    named('openshift', { cpe: 'cpe:/a:redhat:openshift:4.12::el8' }),
    named('somewhere'),
    named('image', { purl: 'pkg:oci/web@sha256:ab' }),
    named('nodejs:18', { purl: 'pkg:rpmmod/redhat/nodejs@18:8090020231017:a75119d5' }),
    named('nodejs:20/nodejs', { purl: 'pkg:rpm/redhat/nodejs' }),
  ],
  branches: [
    {
      category: 'vendor',
      name: 'Red Hat',
      branches: [
        { category: 'product_version', name: 'bash', product: named('bash', { purl: 'pkg:rpm/redhat/bash?arch=src' }) },
        { category: 'product_version', name: 'nodejs', product: named('nodejs', { purl: 'pkg:rpm/redhat/nodejs' }) },
        {
          category: 'product_version',
          name: 'bind',
          product: named('bind', { purl: 'pkg:rpm/redhat/bind@9.16.23-14.el8?arch=x86_64&epoch=32' }),
        },
        { category: 'product_version', name: 'telnet', product: named('telnet') },
      ],
    },
  ],
  relationships: [
    relation('bash', 'rhel-9'),
    relation('bash', 'rhel-8'),
    relation('bash', 'somewhere'),
    relation('bash', 'openshift'),
    relation('bind', 'openshift'),
    relation('bash', 'image'),
    relation('telnet', 'rhel-9'),
    relation('nodejs:18', 'rhel-8', 'rhel-8:nodejs:18'),
    relation('nodejs', 'rhel-8:nodejs:18'),
    relation('nodejs:20/nodejs', 'rhel-8'),
    relation('turn', 'bash', 'round'),
    relation('round', 'bash', 'turn'),
  ],
  product_groups: [{ group_id: 'group', product_ids: ['rhel-9:bash', 'image:bash'] }],
};

function read(vulnerability: object, change: object = {}) {
  const document = {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      publisher: { category: 'vendor', name: 'Red Hat Product Security' },
      tracking: { initial_release_date: '2024-01-01T00:00:00Z', current_release_date: '2024-02-01T00:00:00+00:00' },
    },
    product_tree: { ...tree, ...change },
    vulnerabilities: [{ cve: 'CVE-2024-1', ids: [{ system_name: 'x', text: 'X-1' }], ...vulnerability }],
  };
  return readVex(JSON.stringify(document), 'cve-2024-1.json');
}

function productsOf(id: string): JsonValue {
  const { statements, gaps } = read({ product_status: { fixed: [id] } });
  return [statements[0]?.products ?? gaps.map(({ reason }) => reason.en)].flat() as unknown as JsonValue;
}

test('what is said of one product, with its reasons', () => {
  const { statements, gaps } = read({
    product_status: {
      known_not_affected: ['rhel-9:bash'],
      known_affected: ['rhel-8:bash'],
      under_investigation: ['image:bash'],
    },
    flags: [{ label: 'vulnerable_code_not_present', group_ids: ['group'] }],
    threats: [
      { category: 'impact', details: 'Not compiled in.', product_ids: ['rhel-9:bash'] },
      { category: 'exploit_status', details: 'None', product_ids: ['rhel-9:bash'] },
    ],
    remediations: [
      { category: 'workaround', details: 'Do not use it.', product_ids: ['rhel-8:bash'] },
      { category: 'vendor_fix', details: 'Update.', product_ids: ['rhel-8:bash', 'rhel-9:bash'] },
    ],
  });
  expect(gaps).toEqual([]);
  const rest = {
    vulnerability: 'CVE-2024-1',
    aliases: ['X-1'],
    since: Date.UTC(2024, 1, 1) / 1000,
    author: 'Red Hat Product Security',
    source: 'cve-2024-1.json',
  };
  expect(statements).toEqual([
    {
      ...rest,
      status: 'affected',
      action: 'Update.',
      products: [{ purl: 'pkg:rpm/redhat/bash?arch=src&distro=rhel-8', subcomponents: [] }],
    },
    {
      ...rest,
      status: 'under-investigation',
      products: [{ purl: 'pkg:oci/web@sha256:ab', subcomponents: ['pkg:rpm/redhat/bash?arch=src'] }],
    },
    {
      ...rest,
      status: 'not-affected',
      justification: 'vulnerable-code-not-present',
      impact: 'Not compiled in.',
      products: [{ purl: 'pkg:rpm/redhat/bash?arch=src&distro=rhel-9', subcomponents: [] }],
    },
  ]);
});

describe('products', () => {
  test.each([
    [
      'of a module',
      'rhel-8:nodejs:18:nodejs',
      'pkg:rpm/redhat/nodejs?distro=rhel-8&rpmmod=nodejs:18:8090020231017:a75119d5',
    ],
    [
      'of a module that only the id tells',
      'rhel-8:nodejs:20/nodejs',
      'pkg:rpm/redhat/nodejs?distro=rhel-8&rpmmod=nodejs:20',
    ],
    [
      'in their version, of another product',
      'openshift:bind',
      'pkg:rpm/redhat/bind@9.16.23-14.el8?arch=x86_64&distro=rhel-8&epoch=32',
    ],
    ['by themselves', 'bash', 'pkg:rpm/redhat/bash?arch=src'],
  ])('%s', (_, id, purl) => {
    expect(productsOf(id)).toEqual([{ purl, subcomponents: [] }]);
  });

  test.each([
    ['without a version, of another product', 'openshift:bash', 'platform'],
    ['of something unknown', 'somewhere:bash', 'platform'],
    ['without a purl', 'rhel-9:telnet', 'package URL'],
    ['that are nowhere', 'nothing', 'leads to nothing'],
    ['in a circle', 'round', 'circle'],
  ])('%s: a gap', (_, id, reason) => {
    expect(productsOf(id)).toEqual([expect.stringContaining(reason)]);
    expect(productsOf(id)).toEqual([expect.stringContaining(`vulnerabilities[0].product_status ${id}`)]);
  });
});

describe('lists of status', () => {
  test.each([
    ['first_affected', 'affected'],
    ['known_affected', 'affected'],
    ['last_affected', 'affected'],
    ['known_not_affected', 'not-affected'],
    ['first_fixed', 'fixed'],
    ['fixed', 'fixed'],
    ['under_investigation', 'under-investigation'],
  ])('%s', (key, status) => {
    expect(read({ product_status: { [key]: ['bash'] } }).statements).toMatchObject([{ status }]);
  });

  test('of two that contradict each other, what asks for most counts', () => {
    const both = { known_not_affected: ['bash'], known_affected: ['bash'] };
    expect(read({ product_status: both }).statements).toMatchObject([{ status: 'affected' }]);
  });

  test('what is only recommended has no status', () => {
    const { statements, gaps } = read({ product_status: { fixed: ['bind'], recommended: ['bash', 'bind'] } });
    expect(statements).toHaveLength(1);
    expect(gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('recommended bash')]);
  });
});

test('branches that are too deep are left out', () => {
  let branch: object = { product: named('deep', { purl: 'pkg:npm/a' }) };
  for (let depth = 0; depth < 5000; depth++) branch = { name: 'b', branches: [branch] };
  const { statements, gaps } = read(
    { product_status: { fixed: ['deep', 'bash'] } },
    { branches: [branch, ...tree.branches] },
  );
  expect(statements[0]?.products).toHaveLength(1);
  expect(gaps.map(({ reason }) => reason.en).join()).toContain('too deep');
});

test('what one product is made of does not depend on which was asked for before', () => {
  const levels = Array.from({ length: 50_000 }, (_, level) =>
    relation(`level-${level}`, 'image', `level-${level + 1}`),
  );
  const { statements, gaps } = read(
    { product_status: { fixed: ['level-50000', 'level-7', 'level-8', 'level-1'] } },
    {
      relationships: levels,
      full_product_names: [named('level-0', { purl: 'pkg:npm/a' }), ...tree.full_product_names],
    },
  );
  expect(statements[0]?.products).toEqual([{ purl: 'pkg:oci/web@sha256:ab', subcomponents: ['pkg:npm/a'] }]);
  expect(gaps.map(({ reason }) => reason.en)).toEqual([expect.stringMatching(/level-50000, .*level-8$/)]);
});

test('relationships that double with each level end soon', () => {
  const levels = Array.from({ length: 60 }, (_, level) =>
    relation(`level-${level}`, `level-${level}`, `level-${level + 1}`),
  );
  const { statements, gaps } = read(
    { product_status: { fixed: ['level-60', 'level-2', 'bash'] } },
    { relationships: levels, full_product_names: [named('level-0', { purl: 'pkg:npm/a' })] },
  );
  expect(statements[0]?.products).toHaveLength(2);
  expect(gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('level-60')]);
});
