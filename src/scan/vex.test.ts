import { expect, test } from 'vitest';
import { vulnerability, vulnerableImage, vulnerablePurl } from '../../test/vulnerable-image.ts';
import { exemplarContents } from '../model/exemplar-contents.ts';
import type { ImageFacts } from '../model/image.ts';
import { bareImage, type Scanned } from './scan-target.ts';
import { withVex } from './vex.ts';
import { openVexOf } from './vex-claims.ts';
import { readVex } from '../advisories/vex/read-vex.ts';

const now = new Date('2026-07-01T12:00:00Z');
const [configuration, manifest] = [`sha256:${'c0'.repeat(32)}`, `sha256:${'1a'.repeat(32)}`];

function scanned(target: Partial<Scanned['target']>, facts: Partial<ImageFacts>): Scanned {
  const { contents = exemplarContents, ...image } = vulnerableImage([vulnerability()]);
  return {
    target: { kind: 'archive', name: 'web.tar', source: '', ...target },
    image: { ...image, id: '', tags: [], digests: [], ...facts },
    contents,
  };
}

/** Whether a statement about this image as a whole counts for what is in it. */
function counts(product: string, here: Scanned): boolean {
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.org/vex/1',
    author: 'maker',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2024-1' },
        products: [{ '@id': product, subcomponents: [{ '@id': vulnerablePurl }] }],
        status: 'fixed',
      },
    ],
  };
  const { contents } = withVex(here, readVex(JSON.stringify(document), 'vex.json'), now);
  return contents.vulnerabilities?.found[0]?.vex !== undefined;
}

const pulled = scanned(
  { kind: 'engine', name: 'shop/web', platform: 'linux/amd64' },
  { id: configuration, tags: ['registry.example/shop/web:1'], digests: [`registry.example/shop/web@${manifest}`] },
);

test.each([
  ['its configuration', `pkg:oci/web@${configuration}`, pulled, true],
  ['the manifest that it was pulled by', `pkg:oci/web@${manifest}`, pulled, true],
  ['its repository', 'pkg:oci/web?repository_url=registry.example/shop/web', pulled, true],
  ['its own platform', `pkg:oci/web@${manifest}?arch=amd64`, pulled, true],
  ['another platform under the same digest', `pkg:oci/web@${manifest}?arch=arm64`, pulled, false],
  ['another platform under the same tag', 'pkg:oci/web?arch=arm64&tag=1', pulled, false],
  ['another digest', `pkg:oci/web@sha256:${'00'.repeat(32)}`, pulled, false],
  ['another repository', 'pkg:oci/web?repository_url=registry.example/shop/db', pulled, false],
  [
    'the name that it has in a registry',
    'pkg:oci/web?repository_url=registry.example/shop/web&tag=1',
    scanned({ kind: 'registry', name: 'registry.example/shop/web:1' }, {}),
    true,
  ],
  [
    'what a bill of materials is about',
    `pkg:oci/web@${configuration}`,
    scanned({ kind: 'bill', name: 'web.cdx.json' }, { ...bareImage, id: configuration }),
    true,
  ],
  ['what a file happens to be called', 'pkg:oci/web.tar', scanned({}, {}), false],
])('whether a statement is about the image by %s', (_, product, here, expected) => {
  expect(counts(product, here)).toBe(expected);
});

test('what is written of an image that only a bill tells of is read again', () => {
  const here = scanned({ kind: 'bill', name: 'web.cdx.json' }, { ...bareImage, id: configuration });
  const { vulnerabilities } = here.contents;
  if (!vulnerabilities) throw new Error('there are some');
  const found = [vulnerability({ status: 'not-affected' })];
  const text = openVexOf(
    [{ ...here, contents: { ...here.contents, vulnerabilities: { ...vulnerabilities, found } } }],
    '0.1.0',
    now,
  );
  const { contents } = withVex(here, readVex(text ?? '', 'out.json'), now);
  expect(contents.vulnerabilities?.found[0]?.vex?.status).toBe('not-affected');
});
